/**
 * Writes docs/postmortem.schema.json and docs/distribution.schema.json from the schemas that are
 * checked with. Run by `npm run schema`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { Distribution } from '../core/distribution/distribution.ts';
import { Postmortem } from '../core/postmortem/postmortem.ts';

/** The JSON Schema of the wire names, as text. Aliases are not in it: new producers need none. */
export function postmortemSchema(): string {
  const { properties, required, ...schema } = z.toJSONSchema(Postmortem, {
    io: 'input',
    override({ jsonSchema }) {
      // The schema only leaves unknown fields out, but intake refuses them.
      if (jsonSchema.type === 'object') jsonSchema.additionalProperties = false;
    },
  });
  const whole = {
    ...schema,
    title: 'Postmortem',
    description:
      'What Afterword takes by PUT /postmortems/{id} and POST /postmortems. The id may be left out: it is in the address, or is derived from the title. ' +
      'A title may be left out where there is text to take one from. Texts are Markdown. Instants may have any offset. The times of the incident may be days.',
    properties,
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
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
