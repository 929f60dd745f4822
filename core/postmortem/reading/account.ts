import { type Audience, audiences } from '../../stream/audience.ts';
import type { Postmortem } from '../postmortem.ts';
import { type NamedSeverities, ownName } from './classification-words.ts';
import type { Fact } from './facts/fact.ts';
import type { Account, Reading, Recognised, SentField } from './reading.ts';
import type { SentFields } from './sent-fields.ts';

/**
 * What the author is told of each fact: its name, its value, and the field that it was read from.
 */
interface Told {
  readonly what: string;
  readonly field: string;
  readonly value: (postmortem: Postmortem, named: NamedSeverities | undefined) => string | undefined;
}
const told: readonly Told[] = [
  { what: 'title', field: 'title', value: ({ title }) => title },
  {
    what: 'severity',
    field: 'severity',
    value: ({ severity }, named) => (severity === 'unclassified' ? undefined : ownName(severity, named)),
  },
  { what: 'status', field: 'status', value: ({ status }) => status },
  { what: 'start', field: 'startedAt', value: ({ startedAt }) => startedAt },
  { what: 'detection', field: 'detectedAt', value: ({ detectedAt }) => detectedAt },
  { what: 'mitigation', field: 'mitigatedAt', value: ({ mitigatedAt }) => mitigatedAt },
  { what: 'end', field: 'resolvedAt', value: ({ resolvedAt }) => resolvedAt },
  { what: 'publication', field: 'publishedAt', value: ({ publishedAt }) => publishedAt },
  { what: 'services', field: 'services', value: ({ services }) => listed(services) },
  { what: 'team', field: 'owningTeam', value: ({ owningTeam }) => owningTeam },
  { what: 'authors', field: 'authors', value: ({ authors }) => listed(authors) },
  { what: 'customers affected', field: 'customersAffected', value: ({ customerImpact }) => customerImpact?.customersAffected?.toString() },
  { what: 'regions', field: 'regions', value: ({ customerImpact }) => listed(customerImpact?.regions ?? []) },
  { what: 'next news', field: 'nextNewsAt', value: ({ support }) => support?.nextNewsAt },
  { what: 'merged into', field: 'mergedInto', value: ({ mergedInto }) => mergedInto },
  { what: 'timeline', field: 'timeline', value: ({ timeline }) => counted(timeline.length, 'entry', 'entries') },
  { what: 'actions', field: 'actionItems', value: ({ actionItems }) => counted(actionItems.length, 'action', 'actions') },
];
const listed = (names: readonly string[]): string | undefined => (names.length === 0 ? undefined : names.join(', '));
const counted = (n: number, one: string, many: string): string | undefined => (n === 0 ? undefined : `${n} ${n === 1 ? one : many}`);

/**
 * What was recognised and where each value was found, what a good postmortem has and this one has
 * not, and the one change that would help most.
 */
export function accountOf(
  postmortem: Postmortem,
  found: { fields: SentFields; chosen: readonly Fact[]; named: NamedSeverities | undefined },
  { unread }: Reading,
): Account {
  const missing = gaps.filter(({ isMissing }) => isMissing(postmortem)).map((gap) => ({ ...gap, what: gap.what(postmortem) }));
  const names = missing.map(({ what, fields }) => {
    const written = unread.find(({ field }) => fields.includes(field));
    return written === undefined ? what : `${what} (written as "${written.written}" and not understood)`;
  });
  const [first] = missing;
  return { recognised: recognisedIn(postmortem, found), missing: names, ...(first && { advice: first.advice }) };
}

const recognisedIn = (postmortem: Postmortem, { fields, chosen, named }: Parameters<typeof accountOf>[1]): Recognised[] =>
  told.flatMap(({ what, field, value }) => {
    const said = value(postmortem, named);
    const facts = chosen.filter((fact) => fact.field === field);
    const sent = fields.get(field)?.[0];
    if (said === undefined || (facts.length === 0 && sent === undefined)) return [];
    const isAssumed = facts.some((fact) => fact.zone !== undefined);
    return [{ what, value: isAssumed ? `${said} (${facts[0]?.zone} assumed)` : said, from: placeOf(facts, sent, field) }];
  });

const structural = new Set(['title', 'timeline', 'actionItems']);
function placeOf(facts: readonly Fact[], sent: SentField | undefined, field: string): string {
  const places = [...new Set(facts.flatMap(({ place }) => place ?? []))];
  if (places.length > 0) return places.join(' and ');
  if (sent === undefined) return 'the text';
  if (!structural.has(field)) return `the field "${sent.as}"`;
  return field === 'title' && sent.as === 'title' ? 'the title' : `"${sent.as}"`;
}

interface Gap {
  readonly what: (postmortem: Postmortem) => string;
  readonly fields: readonly string[];
  readonly isMissing: (postmortem: Postmortem) => boolean;
  readonly advice: string;
  /** Whom it would tell something. */
  readonly matters: readonly Audience[];
}
const everybody = audiences;
const staff: readonly Audience[] = ['engineering', 'leadership'];

/** What is missing of a good postmortem, most useful first, each with what to do about it. */
export const gapsIn = (
  postmortem: Postmortem,
): { readonly what: string; readonly advice: string; readonly matters: readonly Audience[] }[] =>
  gaps.filter(({ isMissing }) => isMissing(postmortem)).map(({ what, advice, matters }) => ({ what: what(postmortem), advice, matters }));

const always = (what: string) => () => what;
const open = ({ actionItems }: Postmortem) => actionItems.filter(({ status }) => status === 'open' || status === 'in-progress');
const ofActions = (count: number, { actionItems }: Postmortem, what: string): string =>
  `${what} of ${count === actionItems.length ? 'every action' : `${count} of ${actionItems.length} actions`}`;
const unowned = (postmortem: Postmortem) => open(postmortem).filter(({ owner, team }) => owner === undefined && team === undefined).length;
const undue = (postmortem: Postmortem) => open(postmortem).filter(({ due }) => due === undefined).length;

/** What a good postmortem has, most useful first. */
const gaps: readonly Gap[] = [
  {
    what: always('severity'),
    fields: ['severity'],
    isMissing: ({ severity }) => severity === 'unclassified',
    advice: 'Say how severe it was, in a line such as "Severity: SEV-2" below the title: alerts and digests go by it.',
    matters: everybody,
  },
  {
    what: always('start'),
    fields: ['startedAt'],
    isMissing: ({ startedAt }) => startedAt === undefined,
    advice: 'Say when it began, in a line such as "Start: 2026-11-17 13:05 UTC" below the title: without it the publication counts.',
    matters: everybody,
  },
  {
    what: always('summary'),
    fields: ['summary'],
    isMissing: ({ summary }) => summary === undefined,
    advice: 'Begin with a summary of two or three sentences under the heading "Summary": mails print it.',
    matters: staff,
  },
  {
    what: always('cause'),
    fields: ['rootCauses'],
    isMissing: ({ rootCauses, contributingFactors, trigger, sections }) =>
      rootCauses.length + contributingFactors.length === 0 &&
      trigger === undefined &&
      !sections.some(({ heading }) => heading === 'Five whys'),
    advice: 'Say why it happened under the heading "Root cause": digests print it.',
    matters: staff,
  },
  {
    what: always('actions'),
    fields: ['actionItems'],
    isMissing: ({ actionItems }) => actionItems.length === 0,
    advice: 'List what will be done under the heading "Action items", each with an owner and a day.',
    matters: staff,
  },
  {
    what: (postmortem) => ofActions(unowned(postmortem), postmortem, 'the owner'),
    fields: [],
    isMissing: (postmortem) => unowned(postmortem) > 0,
    advice: 'Give every action an owner, as in "- Add an alert (Rosa Lind, 2026-12-04)".',
    matters: staff,
  },
  {
    what: (postmortem) => ofActions(undue(postmortem), postmortem, 'the due day'),
    fields: [],
    isMissing: (postmortem) => undue(postmortem) > 0,
    advice: 'Give every action a due day, as in "- Add an alert (Rosa Lind, 2026-12-04)": without one it is never overdue.',
    matters: staff,
  },
  {
    what: always('end'),
    fields: ['resolvedAt'],
    isMissing: ({ resolvedAt, mitigatedAt }) => resolvedAt === undefined && mitigatedAt === undefined,
    advice: 'Say when it was over, in a line such as "End: 2026-11-17 13:31 UTC".',
    matters: everybody,
  },
  {
    what: always('impact'),
    fields: ['impactText'],
    isMissing: ({ customerImpact }) => customerImpact?.text === undefined && customerImpact?.customersAffected === undefined,
    advice: 'Say who was affected and how, under the heading "Impact".',
    matters: everybody,
  },
  {
    what: always('services'),
    fields: ['services'],
    isMissing: ({ services }) => services.length === 0,
    advice: 'Name the services, in a line such as "Services: checkout, cart": people follow them.',
    matters: ['engineering', 'cross-functional'],
  },
  {
    what: always('timeline'),
    fields: ['timeline'],
    isMissing: ({ timeline }) => timeline.length === 0,
    advice: 'List what happened when, under the heading "Timeline".',
    matters: ['engineering'],
  },
];
