/**
 * Writes docs/postmortem.schema.json and docs/distribution.schema.json from the schemas that are
 * checked with. Run by `npm run schema`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { Distribution } from '../core/distribution/distribution.ts';
import { Postmortem, severities } from '../core/postmortem/postmortem.ts';

/** What each field is for, for people who write one by hand. */
const descriptions: Readonly<Record<string, string>> = {
  id: 'Stays the same in every revision: it is in links and tells postmortems apart. Made of the name or the title if it is left out.',
  title: 'What broke, in one line. Taken from the text if it is left out.',
  severity: 'One of sev1, sev2, sev3, sev4 and unclassified, or a name that the distribution file gives to one of them, such as P1.',
  status: 'draft: kept, and sent to nobody. preliminary: sent, and marked as such. retracted: taken back.',
  restricted: 'true: kept, and shown to nobody.',
  services: 'Services that were affected, as the distribution file names them.',
  owningTeam: 'The team that answers for it. The team of the services if it is left out.',
  authors: 'Names of people, never addresses.',
  tags: 'Readers can follow them.',
  summary: 'What happened, in two or three sentences. It is all that many people read.',
  customerImpact: 'Who noticed what, how many, and where.',
  rootCauses: 'Why it could happen.',
  contributingFactors: 'What made it likelier or worse.',
  trigger: 'What set it off.',
  detection: 'How it was found.',
  resolution: 'What ended it.',
  lessons: 'What went well, what went wrong, and where you were lucky.',
  actionItems: 'What was promised. To close one, send it again with the status done.',
  support: 'What colleagues may tell customers, and what not.',
  external: 'The version for customers.',
  mergedInto: 'Id of the postmortem that tells of the incident instead. This one is then retracted.',
  links: 'Tickets, dashboards and other documents.',
};

const momentExamples = ['2026-11-17T13:05:00+01:00', '2026-11-17T12:05:00Z', '2026-11-17'];
const momentDescriptions: Readonly<Record<string, string>> = {
  startedAt: 'When the incident began.',
  detectedAt: 'When it was noticed.',
  mitigatedAt: 'When it no longer hurt.',
  resolvedAt: 'When it was over.',
  publishedAt: 'When the postmortem was published. Without it, it counts as published now.',
  nextNewsAt: 'When they hear more.',
};
const momentOf = (name: string) => ({
  type: 'string',
  description: `${momentDescriptions[name]} An instant with any offset, or a day if the hour is not known.`,
  examples: momentExamples,
});

/**
 * The JSON Schema of what may be sent under the wire names, as text. It is wider than what is
 * stored: an instant may have any offset, and a severity a name of the organisation. Aliases are
 * not in it: new producers need none.
 */
export function postmortemSchema(): string {
  const { properties = {}, required, ...schema } = z.toJSONSchema(Postmortem, { io: 'input' });
  const told = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      if (name in momentDescriptions) return [name, momentOf(name)];
      if (name === 'support' && typeof property === 'object')
        return [
          name,
          { ...property, properties: { ...property.properties, nextNewsAt: momentOf('nextNewsAt') }, description: descriptions[name] },
        ];
      if (name === 'actionItems') return [name, withAssignee({ ...Object(property), description: descriptions[name] })];
      if (name === 'severity')
        return [name, { type: 'string', default: 'unclassified', description: descriptions[name], examples: [...severities] }];
      return [name, typeof property === 'object' && name in descriptions ? { ...property, description: descriptions[name] } : property];
    }),
  );
  const whole = {
    ...schema,
    title: 'Postmortem',
    description:
      'What Afterword takes by PUT /postmortems/{id} and POST /postmortems. The id may be left out: it is in the address, or is derived from the title. ' +
      'A title may be left out where there is text to take one from. Texts are Markdown. Other keys are kept as text, with a warning. ' +
      'The JSON of incident tools is taken as well (docs/adr/042).',
    properties: {
      ...told,
      body: { type: 'string', description: 'The whole document as one text of Markdown, in place of the fields or beside them.' },
    },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** An address is sent, and its hash is kept. */
function withAssignee(actions: z.core.JSONSchema._JSONSchema): z.core.JSONSchema._JSONSchema {
  const items = typeof actions === 'object' ? actions.items : undefined;
  if (typeof actions !== 'object' || typeof items !== 'object' || Array.isArray(items)) return actions;
  const { assigneeHash: _, ...properties } = items.properties ?? {};
  const assignee = {
    type: 'string' as const,
    format: 'email',
    description: 'The address of its owner, so that reminders reach them. Only its hash is kept, and it is shown to nobody.',
  };
  return { ...actions, items: { ...items, properties: { ...properties, assignee } } };
}

/**
 * The JSON Schema of the distribution file, as text, for editors that complete and check YAML with
 * it. What lies between fields, `afterword check` says.
 */
export function distributionSchema(): string {
  const { properties, required, ...schema } = z.toJSONSchema(Distribution, { io: 'input', unrepresentable: 'any' });
  const whole = {
    ...schema,
    title: 'Distribution file',
    description:
      'Who gets what, when, from whom. Every field is explained in samples/distribution.yaml; `afterword check` says more than this schema can.',
    properties,
    required,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('postmortem.schema.json', import.meta.url), postmortemSchema());
  writeFileSync(new URL('distribution.schema.json', import.meta.url), distributionSchema());
}
