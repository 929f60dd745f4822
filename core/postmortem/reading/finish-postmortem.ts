import * as z from 'zod';
import { isEarlier } from '../../calendar/period.ts';
import { Refused } from '../../shared/errors.ts';
import type { Moment } from '../../shared/instant.ts';
import { deriveId } from '../derive-id.ts';
import { keptId } from '../id-from-name.ts';
import { excerpt } from '../plain-text.ts';
import { longestExternal, Postmortem, PostmortemId } from '../postmortem.ts';
import { accountOf } from './account.ts';
import type { SeverityNames } from './classification-words.ts';
import type { Fact } from './facts/fact.ts';
import { keptLines } from './facts/kept-lines.ts';
import { resolveFacts } from './facts/resolve-facts.ts';
import { wireName } from './field-names.ts';
import type { OwnHeadings } from './headings/heading-map.ts';
import { markdownFlaws } from './markdown-limits.ts';
import { isAhead, readInstant } from './moments/dates.ts';
import { type Draft, readFields } from './read-fields.ts';
import { readLine, short } from './read-values.ts';
import { type Reading, type ReadPostmortem, refuseFlawed } from './reading.ts';
import { isRecord, type SentFields } from './sent-fields.ts';
import { withoutSurplus } from './surplus.ts';
import { furtherSection, tellUnknownFields } from './unknown-fields.ts';

/** What a reader function gets besides the text. */
export interface Given extends SeverityNames {
  /** From the URL. Takes precedence over an id in the document. */
  readonly id?: string;
  readonly now: Date;
  /** IANA zone of the organisation, in which times without a zone are read. UTC if absent. */
  readonly zone?: string;
  /** Headings that the organisation uses besides the known ones. */
  readonly headings?: OwnHeadings;
}

/** A field that a reader made and the schema does not have is a fault of ours. */
const Whole = z.strictObject(Postmortem.shape);

/**
 * Makes a postmortem of what was sent as fields and of the facts of its body, or throws `Refused`
 * with everything that is wrong.
 */
export function finishPostmortem(
  sent: SentFields,
  facts: readonly Fact[],
  given: Given,
  reading: Reading,
): Omit<ReadPostmortem, 'sections'> {
  const { fields, chosen, taken } = resolveFacts(
    sent,
    facts,
    { ...given, zone: reading.zone, since: given.now, ...reading.dates },
    reading,
  );
  const { draft, surplus } = withoutSurplus(readFields(fields, given, reading), reading);
  const heavy = markdownFlaws(textsIn(draft));
  if (heavy.length > 0) throw new Refused('content', heavy);
  const title = readTitle(fields, draft, taken, reading);
  checkTimes(draft, fields, reading);
  checkExternal(draft, fields, reading);
  tellUnknownFields(reading);
  const id =
    readId(fields, given.id, reading) ?? (title === undefined ? undefined : deriveId({ title, startedAt: startForId(draft, fields) }));
  const ending = endedBy(draft, id, fields, reading);
  refuseFlawed(reading);

  const named = { id, title, ...draft, ...ending };
  keepNumber(fields, id, reading);
  const further = furtherSection(reading, keptLines(taken, named));
  const sections = [...(Array.isArray(draft.sections) ? draft.sections : []), ...surplus, ...further];
  const whole = Whole.safeParse(withoutNothing({ ...named, sections }));
  if (!whole.success)
    throw new Refused(
      'content',
      whole.error.issues.slice(0, 50).map((issue) => flawOf(issue, fields)),
    );
  return {
    postmortem: whole.data,
    ...accountOf(whole.data, { fields, chosen, named: given.named }, reading),
    warnings: few([...new Set(reading.warnings)]),
  };
}

/** Nobody reads more than this, and one mistake often repeats throughout a document. */
const mostWarnings = 10;
const few = (warnings: readonly string[]): string[] =>
  warnings.length <= mostWarnings
    ? [...warnings]
    : [...warnings.slice(0, mostWarnings - 1), `And ${warnings.length - mostWarnings + 1} more such remarks.`];

/** All texts in a draft. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];

/**
 * The start as an id is made from it: a time without a zone counts as UTC, whatever the zone of the
 * organisation is. So ids stay the same when the organisation changes its zone.
 */
function startForId({ startedAt }: Draft, fields: SentFields): Moment | undefined {
  if (typeof startedAt !== 'string') return undefined;
  const written = fields.get('startedAt')?.map(({ value }) => (typeof value === 'string' ? readInstant(value) : undefined));
  return written?.find((instant) => instant !== undefined) ?? startedAt;
}

function readTitle(fields: SentFields, draft: Draft, taken: readonly Fact[], reading: Reading): string | undefined {
  for (const sent of fields.get('title') ?? []) {
    const flawed = reading.flaws.length;
    const title = readLine(sent, reading);
    if (title !== undefined || reading.flaws.length > flawed) return title;
  }
  const title = firstSentence([...spoken.flatMap((field) => textsOfMany(draft[field])), ...taken.map(({ source = '' }) => source)]);
  if (title === undefined) {
    reading.flaws.push({ field: 'title', problem: 'is missing, and there is no text to take one from', remedy: 'Give a title.' });
  } else {
    reading.warnings.push(`There was no title: "${short(title)}" was taken from the text.`);
  }
  return title;
}

/** The fields that a title may be taken from, best first. */
const spoken = [
  'summary',
  'sections',
  'customerImpact',
  'rootCauses',
  'trigger',
  'detection',
  'resolution',
  'timeline',
  'external',
  'lessons',
];

function firstSentence(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const bare = text.replace(/<\/?[a-z][^<>]{0,1000}>/gi, ' ');
    const sentence = sentenceIn(excerpt(bare, 600)) ?? excerpt(bare, 200);
    const title = excerpt(sentence.replace(/[.。]$/, ''), 200);
    if (title !== '') return title;
  }
  return undefined;
}

const abbreviated =
  /(?:^|[\s(])(?:\p{L}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|etc|inc|ltd|corp|co|mr|mrs|ms|dr|prof|st|no|nr|vs|approx|ca|z\.b|d\.h|bzw|usw|sra?|dra?|p\.ej|max|min|fig|ver|vol)\.$/iu;

/** The first sentence of a text. An abbreviation does not end it, and neither does a number. */
function sentenceIn(text: string): string | undefined {
  for (const { index, 0: end } of text.matchAll(/[.!?](?=\s+[^\s\p{Ll}\d]|\s*$)|[。！？]/gu)) {
    const sentence = text.slice(0, index + end.length);
    if (index >= 9 && !(end === '.' && abbreviated.test(sentence.slice(-12)))) return sentence;
  }
  return undefined;
}

/**
 * All texts in a field, including those in its lists and objects, without names, times and
 * headings.
 */
function textsOfMany(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOfMany);
  if (!isRecord(value)) return [];
  return ['text', 'body', 'event', 'wentWrong', 'wentWell', 'gotLucky'].flatMap((name) => textsOfMany(value[name]));
}

/**
 * An id of the postmortem in the document must agree with the URL. One that cannot be kept is made
 * into one that can. The incident's id is used only if there is no other.
 */
function readId(fields: SentFields, fromUrl: string | undefined, reading: Reading): string | undefined {
  const own = fields.get('id')?.[0];
  const written = own === undefined ? undefined : readLine(own, reading);
  const inside = written === undefined ? undefined : keptId(written);
  if (fromUrl !== undefined && !PostmortemId.safeParse(fromUrl).success) reading.flaws.push(badId('id'));
  if (own !== undefined && written !== undefined) {
    if (inside === undefined) reading.flaws.push(badId(own.as));
    else if (fromUrl !== undefined && inside !== fromUrl && !isToolsNumber(inside, reading)) {
      const remedy = 'Send it to the address of that id, or leave the id out.';
      reading.flaws.push({ field: own.as, problem: `is ${inside}, but the address says ${short(fromUrl)}`, remedy });
    } else if (inside !== written.toLowerCase())
      reading.warnings.push(
        `The id "${short(written)}" has other signs than letters, digits and hyphens, or is too long: ${inside} is used.`,
      );
  }
  const ofIncident = (fields.get('incidentId') ?? [])
    .map(({ value }) => PostmortemId.safeParse(String(value).trim().toLowerCase()).data)
    .filter((id) => id !== undefined);
  // Two tools may give the same number.
  return fromUrl ?? inside ?? ofIncident.find((id) => /[a-z]/.test(id)) ?? ofIncident[0];
}
/** Keeps the number of the incident in JSON as text if the id is another, so that it is found. */
function keepNumber(fields: SentFields, id: string | undefined, { source, noted }: Reading): void {
  const [number] = (fields.get('incidentId') ?? []).filter(({ as, value }) => spokenNumbers.test(as) && typeof value === 'string');
  if (source === 'json' && number !== undefined && String(number.value).trim().toLowerCase() !== id) noted.push({ ...number, shape: '' });
}
/** Names of numbers that people say to each other. */
const spokenNumbers = /^(?:reference|number|key)$/i;
/** A tool's JSON has the number of its record, which says nothing against an address. */
const isToolsNumber = (id: string, { source }: Reading): boolean => source === 'json' && /^\d+$/.test(id);
const badId = (field: string) => ({
  field,
  problem: 'is not an id that we can keep',
  remedy: 'Use lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit.',
});

function checkTimes(draft: Draft, fields: SentFields, reading: Reading): void {
  const spelled = (name: string) => fields.get(name)?.[0]?.as ?? name;
  const { startedAt, mitigatedAt, resolvedAt, publishedAt } = draft;
  for (const [name, at] of Object.entries({ mitigatedAt, resolvedAt })) {
    if (typeof startedAt === 'string' && typeof at === 'string' && isEarlier(at, startedAt, reading.zone)) {
      const problem = `is before the incident began (${startedAt})`;
      reading.flaws.push({ field: spelled(name), problem, remedy: `Mend it or ${spelled('startedAt')}, or leave out what is not known.` });
    }
  }
  for (const name of ['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt']) {
    const at = draft[name];
    if (typeof at !== 'string' || !isAhead(at, reading.now)) continue;
    reading.flaws.push({
      field: spelled(name),
      problem: `is in the future (${at})`,
      remedy: 'Correct it, or leave out what is not known.',
    });
  }
  if (typeof publishedAt === 'string' && typeof startedAt === 'string' && isEarlier(publishedAt, startedAt.slice(0, 10), reading.zone)) {
    reading.warnings.push(
      `It says that it was published on ${publishedAt.slice(0, 10)}, before the incident began (${startedAt}). Correct one of them.`,
    );
  }
  if (typeof publishedAt === 'string' && isAhead(publishedAt, reading.now)) {
    const remedy = `Send it again once it is published, or leave ${spelled('publishedAt')} out.`;
    reading.flaws.push({ field: spelled('publishedAt'), problem: `is in the future (${publishedAt})`, remedy });
  }
}

/** Who asks for approval is told at once what lacks. */
function checkExternal({ external }: Draft, fields: SentFields, { flaws }: Reading): void {
  if (!isRecord(external)) return;
  const spelled = (name: string, wire: string) => fields.get(name)?.[0]?.as ?? wire;
  const { title, body, ready } = external;
  if (typeof body !== 'string') {
    const [first] = Object.keys(flatNames).flatMap((path) =>
      path.startsWith('external.') ? (fields.get(flatNames[path] ?? '')?.[0] ?? []) : [],
    );
    const remedy = 'Write it under the heading "External message", or leave the fields of the external version out.';
    flaws.push({ field: first?.as ?? 'external', problem: 'stands without the text that customers would read', remedy });
    return;
  }
  if (ready !== true) return;
  if (title === undefined) {
    const remedy = `Give customers a title of its own, "external title" in front matter, or leave ${spelled('externalReady', 'external.ready')} out.`;
    flaws.push({ field: 'external.title', problem: 'is missing, and nobody can approve a notice without one', remedy });
  }
  if (body.length > longestExternal) {
    const problem = `has ${body.length} characters, and ${longestExternal} is the most that customers are sent`;
    const remedy = 'Shorten it, or link to a public page that has the rest.';
    flaws.push({ field: spelled('external', 'external.body'), problem, remedy });
  }
}

/** Another postmortem tells of the incident, so this one is taken back. */
function endedBy({ mergedInto, status }: Draft, id: string | undefined, fields: SentFields, reading: Reading): Draft {
  if (typeof mergedInto !== 'string') return {};
  const as = fields.get('mergedInto')?.[0]?.as ?? 'mergedInto';
  if (mergedInto === id) {
    const remedy = 'Give the id of the postmortem that tells of the incident instead, or leave it out.';
    reading.flaws.push({ field: as, problem: 'is the id of this postmortem itself', remedy });
  } else if (status !== 'retracted')
    reading.warnings.push(`"${short(as)}" says ${mergedInto}, so this one counts as retracted: nobody is told of it any more.`);
  return { status: 'retracted' };
}

function flawOf(issue: { path: readonly PropertyKey[]; message: string; code?: string | undefined }, fields: SentFields) {
  const [top = '', ...rest] = issue.path.map(String);
  const inner = flatNames[`${top}.${rest[0]}`];
  const spelled = fields.get(inner ?? flatNames[top] ?? top)?.[0]?.as ?? wireName(top);
  const field = [spelled, ...(inner === undefined ? rest : rest.slice(1))].filter(Boolean).join('.');
  const tooMuch = issue.code === 'too_big';
  return {
    field,
    problem: issue.message,
    remedy: tooMuch ? 'Shorten it, or link to a document that holds the rest.' : 'See docs/postmortem.schema.json.',
  };
}

/** Fields inside a group, by their path in the schema. */
const flatNames: Readonly<Record<string, string>> = {
  'customerImpact.text': 'impactText',
  'customerImpact.customersAffected': 'customersAffected',
  'customerImpact.regions': 'regions',
  'lessons.wentWell': 'wentWell',
  'lessons.wentWrong': 'wentWrong',
  'lessons.gotLucky': 'gotLucky',
  'support.say': 'say',
  'support.doNotSay': 'doNotSay',
  'support.workaround': 'workaround',
  'support.doing': 'doing',
  'support.contact': 'contact',
  'support.nextNewsAt': 'nextNewsAt',
  'external.title': 'externalTitle',
  'external.body': 'external',
  'external.change': 'externalChange',
  'external.products': 'externalProducts',
  'external.writtenBy': 'externalWriters',
  'external.ready': 'externalReady',
};

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .map(([key, v]) => [key, withoutNothing(v)]),
  );
}
