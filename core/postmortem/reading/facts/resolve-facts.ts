import { Temporal } from 'temporal-polyfill';
import { dayMs, minuteMs, weekMs } from '../../../shared/duration.ts';
import { hasTime, type Moment, toInstant } from '../../../shared/instant.ts';
import { findSeverity, findStatus, knownStatuses, readFlag, type SeverityNames } from '../classification-words.ts';
import { isAhead } from '../moments/dates.ts';
import type { DateOrder, MomentContext } from '../moments/moments.ts';
import { readMoments } from '../moments/read-moments.ts';
import type { WrittenZone } from '../moments/zones.ts';
import { short } from '../read-values.ts';
import type { Reading, SentField } from '../reading.ts';
import type { SentFields } from '../sent-fields.ts';
import { isFieldOfVisibility, saysSomething } from '../sent-fields.ts';
import { type Fact, furtherLine, trusts } from './fact.ts';
import { isBareDate as isBareName } from './label-names.ts';
import { nameIn } from './labelled.ts';
import { isBareDate } from './publication-date.ts';
import { isClock, momentFields } from './read-value.ts';
import { toldMoments } from './told-moments.ts';
import { toldSeverity } from './told-severity.ts';
import { lengthIn } from './written-length.ts';
import { severityNameIn } from './written-words.ts';

/** What the fields of a document say, after the best of several values was chosen. */
export interface Resolved {
  readonly fields: SentFields;
  /** The values that were chosen in a body, and where each was found. */
  readonly chosen: readonly Fact[];
  /** Lines of the body that were taken as facts, to be kept where their words are not stored. */
  readonly taken: readonly Fact[];
}

interface ResolverContext extends SeverityNames {
  /** IANA zone of the organisation. */
  readonly zone: string;
  readonly since: Date;
  readonly near?: Date;
  readonly order?: DateOrder;
  readonly stated?: WrittenZone;
}

/** Of these one value is taken; of the others all that were found. */
const single = new Set([
  'severity',
  'status',
  'owningTeam',
  'incidentId',
  'customersAffected',
  'title',
  'contact',
  'nextNewsAt',
  'mergedInto',
]);

/**
 * Joins the fields that were sent with the facts of the body. What was sent takes precedence, then
 * the more trusted place, then the earlier one. Notes contradictions, and what could not be read,
 * as warnings. See docs/adr/040.
 */
export function resolveFacts(sent: SentFields, facts: readonly Fact[], context: ResolverContext, reading: Reading): Resolved {
  const fields = new Map([...sent].map(([field, values]) => [field, [...values]]));
  for (const field of ofIncident) {
    for (const one of sent.get(field) ?? []) if (readFlag(one.value) !== undefined) reading.noted.push({ ...one, shape: '' });
  }
  const isTold = (field: string) => (fields.get(field) ?? []).some(saysSomething);
  const chosen: Fact[] = [];
  const add = (fact: Fact) => fields.set(fact.field, [...(fields.get(fact.field) ?? []), fact.sent]);

  for (const fact of facts) if (fact.trust === undefined && fact.field !== furtherLine) add(fact);
  const labelled = [...facts, ...toldSeverity(facts, context.aliases)].filter(
    (fact) => fact.trust !== undefined && fact.unread === undefined && !momentFields.includes(fact.field),
  );
  for (const [field, several] of Map.groupBy(labelled, (fact) => fact.field)) {
    const ranked = several.toSorted((a, b) => (b.trust ?? 0) - (a.trust ?? 0));
    if (field === 'severity' || field === 'status') tellContradiction(field, sent.get(field) ?? [], ranked, context, reading);
    if (isTold(field) && !isFieldOfVisibility(field) && !(field === 'title' && !sent.has('title'))) continue;
    const taken = single.has(field) ? ranked.slice(0, 1) : several;
    for (const fact of taken) add(fact);
    chosen.push(...taken);
  }
  const moments = resolveMoments(sent, facts, context, reading);
  for (const [field, values] of moments.fields) fields.set(field, values);
  for (const { field, sent: written, unread } of [...facts, ...moments.withoutDay]) {
    if (unread === undefined || isTold(field)) continue;
    reading.unread.push({ field, written: short(`${written.as}: ${String(written.value)}`), why: unread });
  }
  tellUnread(reading);
  const taken = facts.filter(({ source }) => source !== undefined);
  return {
    fields,
    chosen: [...chosen, ...moments.chosen],
    taken: taken.map((fact) => (moments.outvoted.has(fact) ? { ...fact, field: furtherLine } : fact)),
  };
}

/** A warning for each date and status in a body that was not understood. */
function tellUnread({ unread, warnings }: Reading): void {
  for (const { field, written, why } of unread) {
    if (momentFields.includes(field)) warnings.push(`It says "${written}", which was not taken as a time of the incident. ${why}`);
    if (field === 'status') warnings.push(`It says "${written}", which ${why}: it counts as published. Use one of ${knownStatuses}.`);
  }
}

/** One warning for each field that is said in two ways. */
function tellContradiction(
  field: 'severity' | 'status',
  sent: readonly SentField[],
  ranked: readonly Fact[],
  { aliases }: ResolverContext,
  { warnings }: Reading,
): void {
  const meaning = (value: unknown) =>
    field === 'severity' ? findSeverity(severityNameIn(String(value), aliases) ?? '', aliases) : findStatus(String(value));
  const [first] = [...sent.filter(saysSomething).map((one) => ({ sent: one, place: `the field "${one.as}"` })), ...ranked];
  const other = ranked.find(
    (fact) => first !== undefined && meaning(first.sent.value) !== undefined && meaning(fact.sent.value) !== meaning(first.sent.value),
  );
  if (first === undefined || other === undefined || (other.trust ?? 0) < trusts.title) return;
  warnings.push(
    `The ${field} is "${short(String(first.sent.value))}" in ${first.place} and "${short(String(other.sent.value))}" in ${other.place}: the first one counts. Remove the other if it is wrong.`,
  );
}

/** A reading of when something was. */
interface Candidate {
  readonly field: string;
  readonly at: Moment;
  readonly trust: number;
  readonly sent: SentField;
  /** What the author should know of the reading. */
  readonly remark?: string;
  /** No zone is written, and that of the organisation was taken. */
  readonly isAssumed?: boolean;
  /** The day of a time in the zone of the document, else in that of the organisation. */
  readonly localDay?: string;
  /** Absent for a field that was sent. */
  readonly fact?: Fact;
}

const ofIncident = ['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt'] as const;
const inWords: Readonly<Record<string, string>> = {
  startedAt: 'start',
  detectedAt: 'detection',
  mitigatedAt: 'mitigation',
  resolvedAt: 'end',
};

function resolveMoments(
  sent: SentFields,
  facts: readonly Fact[],
  context: ResolverContext,
  reading: Reading,
): { fields: Map<string, SentField[]>; chosen: Fact[]; withoutDay: readonly Fact[]; outvoted: ReadonlySet<Fact> } {
  const fields = new Map<string, SentField[]>();
  const labelled = [...sentCandidates(sent, context), ...bodyCandidates(facts, context)];
  const all = [...labelled, ...bodyCandidates(toldMoments(facts, contextOf(labelled, context), reading.now), context)];
  const ahead = all.filter(({ fact, field, at }) => fact !== undefined && isOfIncident(field) && isAhead(at, reading.now));
  tellAhead(ahead, reading);
  const found = all.filter((one) => !ahead.includes(one));
  const best = new Map<string, Candidate>();
  const publication = publicationDate(sent, found, reading.now) ?? dateOfReport(found)?.sent;
  for (const field of ofIncident) {
    const candidate = bestOf(found.filter((one) => one.field === field && one.sent !== publication));
    if (candidate !== undefined) best.set(field, candidate);
  }
  const outvoted = new Set<Fact>();
  for (const [field, first] of best) {
    const others = found.filter((one) => one.field === field && one.sent !== publication && isOtherThan(first, one, context.zone));
    for (const { fact } of others) if (fact !== undefined) outvoted.add(fact);
    if (field === 'startedAt' || field === 'resolvedAt') tellTwoTimes(first, others, reading);
  }
  for (const field of ofIncident.slice(1)) agree(field, best, found, reading);
  const end = endByLength(facts, best, reading.now);
  if (end !== undefined && !ofEnd.some((field) => best.has(field) || sent.get(field)?.some(saysSomething))) best.set('resolvedAt', end);
  if (!sent.get('publishedAt')?.some(saysSomething)) {
    const published =
      publication === undefined ? bestOf(found.filter((one) => one.field === 'publishedAt' && isPast(one.at, reading.now))) : undefined;
    if (publication !== undefined) fields.set('publishedAt', [publication]);
    else if (published !== undefined) best.set('publishedAt', published);
  }
  for (const [field, { at, sent: written, fact, remark, isAssumed }] of best) {
    if (remark !== undefined) reading.warnings.push(remark);
    fields.set(field, fact === undefined ? [written] : [{ value: isAssumed ? withoutZone(at, context.zone) : at, as: written.as }]);
  }
  for (const field of ofIncident) {
    const left = (sent.get(field) ?? []).filter((one) => one !== publication && readFlag(one.value) === undefined);
    if (!best.has(field) && sent.has(field)) fields.set(field, left);
  }
  const hasDay = found.some(({ field, at }) => field === 'startedAt' && at.length >= 10);
  const clocks = facts.filter(
    ({ field, sent: one, unread }) => momentFields.includes(field) && unread === undefined && isClock(String(one.value)),
  );
  return {
    withoutDay: hasDay ? [] : clocks.map((fact) => ({ ...fact, unread: 'It has no day. Write dates as in 2026-11-17 13:05 UTC.' })),
    fields,
    outvoted,
    chosen: [...best].flatMap(([field, { fact, at, isAssumed }]) =>
      fact === undefined ? [] : [{ ...fact, field, sent: { ...fact.sent, value: at }, ...(isAssumed && { zone: context.zone }) }],
    ),
  };
}
const isOfIncident = (field: string): boolean => ofIncident.some((one) => one === field);

/** One warning for each time that is still to come. */
function tellAhead(ahead: readonly Candidate[], { warnings }: Reading): void {
  for (const one of new Map(ahead.map((candidate) => [candidate.fact, candidate])).values())
    warnings.push(`The ${inWords[one.field]} ${written(one)} is in the future, so it was left out. Correct it.`);
}

const ofEnd = ['mitigatedAt', 'resolvedAt'];

/** The end of an incident of which the hour of its start and its exact length are written. */
function endByLength(facts: readonly Fact[], best: ReadonlyMap<string, Candidate>, now: Date): Candidate | undefined {
  const start = best.get('startedAt');
  if (start === undefined || isDay(start.at)) return undefined;
  for (const fact of facts) {
    const length = fact.field === furtherLine && fact.source !== undefined ? lengthIn(fact.source) : undefined;
    if (length === undefined) continue;
    const at = toInstant(new Date(Date.parse(start.at) + length));
    const sent = { value: at, as: 'Duration' };
    const place = 'the start and the duration';
    return isAhead(at, now) ? undefined : { field: 'resolvedAt', at, trust: start.trust, sent, fact: { field: 'resolvedAt', sent, place } };
  }
  return undefined;
}

/** The day and the publication that labels tell: texts and timelines leave them out. */
function contextOf(labelled: readonly Candidate[], context: ResolverContext): MomentContext {
  const start = bestOf(labelled.filter(({ field }) => field === 'startedAt'));
  const published = bestOf(labelled.filter(({ field }) => field === 'publishedAt'));
  const near = context.near ?? (published === undefined ? undefined : new Date(published.at));
  return { ...context, ...(near && { near }), ...(start !== undefined && isDay(start.at) && { day: start.at.slice(0, 10) }) };
}
/** As it was written: an id made from it does not depend on the zone of the organisation. */
const withoutZone = (at: Moment, zone: string): string => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime().toString();

/** A publication in the future would be refused. */
const isPast = (at: Moment, now: Date): boolean => Date.parse(at) <= now.getTime();

/** What was sent. `date` may be the day of publication, so it is trusted less. */
const sentCandidates = (sent: SentFields, context: ResolverContext): Candidate[] =>
  ofIncident.flatMap((field) =>
    (sent.get(field) ?? []).flatMap((one) =>
      typeof one.value === 'string'
        ? readingsOf(one.value, { field, trust: isBareDate(one) ? trusts.bareDay : trusts.sent, sent: one }, context)
        : [],
    ),
  );

/** The reading of a text, and for a range below the name of a start its end. */
function readingsOf(text: string, base: Omit<Candidate, 'at'>, context: MomentContext): Candidate[] {
  const read = readMoments(text, context);
  if (read.kind !== 'moments') return [];
  const told = {
    ...base,
    ...(read.remark !== undefined && { remark: read.remark }),
    isAssumed: read.zone === 'assumed' || base.fact?.zone !== undefined,
  };
  const day = localDayOf(read.start, context);
  if (base.field !== 'startedAt') return [{ ...told, at: read.end !== undefined && base.field === 'resolvedAt' ? read.end : read.start }];
  const end =
    read.end === undefined
      ? []
      : [{ ...told, field: 'resolvedAt', at: read.end, trust: base.trust - 1, sent: { ...base.sent, value: read.end } }];
  return [{ ...told, at: read.start, ...(day !== undefined && { localDay: day }) }, ...end];
}

/** The day of a time in the zone that the document states, else in that of the organisation. */
function localDayOf(at: Moment, { zone, stated }: MomentContext): string | undefined {
  if (!hasTime(at)) return undefined;
  const offset = stated?.kind === 'offset' ? stated.minutes : undefined;
  if (offset !== undefined) return new Date(Date.parse(at) + offset * minuteMs).toISOString().slice(0, 10);
  const place = stated?.kind === 'place' ? stated.place : zone;
  return Temporal.Instant.from(at).toZonedDateTimeISO(place).toPlainDate().toString();
}

/** The readings in a body. A time without a day is one of the day of the incident. */
function bodyCandidates(facts: readonly Fact[], context: ResolverContext): Candidate[] {
  const written = facts.filter(({ field, trust, unread }) => momentFields.includes(field) && trust !== undefined && unread === undefined);
  const whole = written.filter(({ sent }) => !isClock(String(sent.value))).flatMap((fact) => candidatesOf(fact, context));
  const start = bestOf(whole.filter(({ field }) => field === 'startedAt'));
  if (start === undefined) return whole;
  const clocks = written
    .filter(({ sent }) => isClock(String(sent.value)))
    .flatMap((fact) => candidatesOf(fact, { ...context, day: start.at.slice(0, 10) }));
  const first = bestOf(clocks.filter(({ field }) => field === 'startedAt'));
  return [...whole, ...clocks.map((one) => (first !== undefined && isBefore(one.at, first.at) ? { ...one, at: nextDay(one.at) } : one))];
}
const candidatesOf = (fact: Fact, context: MomentContext): Candidate[] =>
  readingsOf(String(fact.sent.value), { field: fact.field, trust: fact.trust ?? 0, sent: fact.sent, fact }, context);
const nextDay = (at: Moment): Moment => toInstant(new Date(Date.parse(at) + dayMs));

/** The most trusted reading; on the same day one with a time of day. */
function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  const [first, ...others] = candidates.toSorted((a, b) => b.trust - a.trust);
  if (first === undefined || !isDay(first.at)) return first;
  return others.find((one) => !isDay(one.at) && daysOf(one).includes(first.at.slice(0, 10))) ?? first;
}
/** The day of a time in UTC, and as it is written where it was found. */
const daysOf = ({ at, localDay }: Candidate): readonly string[] => [at.slice(0, 10), ...(localDay === undefined ? [] : [localDay])];
/** A day, or a midnight in UTC as a day was stored by earlier releases. */
const isDay = (at: Moment): boolean => !hasTime(at) || at.endsWith('T00:00:00Z');

/** Whether one is surely before the other. A day is compared with the other's day. */
const isBefore = (a: Moment, b: Moment): boolean =>
  isDay(a) || isDay(b) ? a.slice(0, 10) < b.slice(0, 10) : Date.parse(a) < Date.parse(b);

/** Whether two readings differ. A day and an instant of that day agree. */
function isOtherThan(a: Candidate, b: Candidate, zone: string): boolean {
  if (!isDay(a.at) && !isDay(b.at)) return Date.parse(a.at) !== Date.parse(b.at);
  const days = (at: Moment) => (isDay(at) ? [at.slice(0, 10)] : [at.slice(0, 10), withoutZone(at, zone).slice(0, 10)]);
  return !days(a.at).some((day) => days(b.at).includes(day));
}

/**
 * One warning if labels tell two starts or two ends. A bare date may be that of the document, and
 * titles, timelines and texts tell times in passing.
 */
function tellTwoTimes(first: Candidate, others: readonly Candidate[], { warnings, now }: Reading): void {
  const isStated = ({ trust, sent, fact }: Candidate) =>
    trust >= trusts.day - 1 && !isBareDate(sent) && !(fact !== undefined && isBareName(nameIn(sent.as)));
  const other = isStated(first) ? others.find(isStated) : undefined;
  if (other === undefined) return;
  const [age, otherAge] = [first, other].map(({ at }) => Math.floor((now.getTime() - Date.parse(at)) / dayMs));
  const isApart = age !== undefined && otherAge !== undefined && age > alertDays !== otherAge > alertDays;
  const ages = isApart ? `, also for alerts, although it is ${daysAgo(age)} by the first and ${daysAgo(otherAge)} by the second` : '';
  warnings.push(
    `The ${inWords[first.field]} is ${written(first)} and ${written(other)}: the first one counts${ages}. Remove the other if it is wrong.`,
  );
}
const daysAgo = (days: number): string => (days < 0 ? 'in the future' : days === 1 ? '1 day ago' : `${days} days ago`);
/** An incident longer ago than this is alerted nowhere by default. */
const alertDays = 7;

/** Drops the less trusted of a start and an end before it. What was sent is refused elsewhere. */
function agree(field: string, best: Map<string, Candidate>, found: readonly Candidate[], { warnings }: Reading): void {
  const [start, end] = [best.get('startedAt'), best.get(field)];
  if (start === undefined || end === undefined || !isBefore(end.at, start.at) || (start.fact === undefined && end.fact === undefined))
    return;
  const [kept, dropped] = end.trust > start.trust ? [end, start] : [start, end];
  const fits = (one: Candidate) => (dropped === end ? !isBefore(one.at, start.at) : !isBefore(end.at, one.at));
  const next = bestOf(found.filter((one) => one.field === dropped.field && one !== dropped && fits(one)));
  if (next === undefined) best.delete(dropped.field);
  else best.set(dropped.field, next);
  if (dropped.trust <= trusts.timeline) return;
  warnings.push(
    `The ${inWords[field]} (${written(end)}) is before the start (${written(start)}): the ${inWords[kept.field]} counts and the ${inWords[dropped.field]} was left out. Correct one of them.`,
  );
}
const placeOf = ({ fact, sent }: Candidate): string => fact?.place ?? `the field "${sent.as}"`;
const written = (one: Candidate): string => `"${short(String(one.sent.value))}" in ${placeOf(one)}`;

/**
 * A bare `Date` in a body that is days later than the start told elsewhere is that of the report.
 */
function dateOfReport(found: readonly Candidate[]): Candidate | undefined {
  const starts = found.filter(({ field }) => field === 'startedAt');
  const bare = starts.find(({ fact, sent }) => fact !== undefined && isBareName(nameIn(sent.as)));
  const told = bestOf(starts.filter((one) => one !== bare && !isBareName(nameIn(one.sent.as)) && one.trust <= trusts.title));
  if (bare === undefined || told === undefined || found.some(({ field }) => field === 'publishedAt')) return undefined;
  const [day, start] = [Date.parse(bare.at.slice(0, 10)), Date.parse(told.at.slice(0, 10))];
  return day > start && day - start <= longestWriting && starts.every((one) => one === bare || one.at.slice(0, 10) < bare.at.slice(0, 10))
    ? bare
    : undefined;
}
/** A report is written within half a year. */
const longestWriting = 26 * weekMs;

/** A `date` beside a start from elsewhere, on a later day, is that of publication. */
function publicationDate(sent: SentFields, found: readonly Candidate[], now: Date): SentField | undefined {
  const dates = found.filter((one) => one.fact === undefined && one.field === 'startedAt' && isBareDate(one.sent));
  const start = bestOf(found.filter((one) => one.field === 'startedAt' && !dates.includes(one)));
  if (start === undefined || sent.get('publishedAt')?.some(saysSomething)) return undefined;
  return dates.find(({ at }) => at.slice(0, 10) > start.at.slice(0, 10) && isPast(at, now))?.sent;
}
