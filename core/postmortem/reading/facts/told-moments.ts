import { dayMs } from '../../../shared/duration.ts';
import { toInstant } from '../../../shared/instant.ts';
import { findMoments } from '../moments/find-moments.ts';
import { type MomentContext, readMoments } from '../moments/read-moments.ts';
import { isRecord } from '../sent-fields.ts';
import { type Fact, trusts } from './fact.ts';

/** An entry that is further away is a later remark: a review, a promise that was kept. */
const longestDays = 14;

/**
 * Start and end as the timeline and the prose of the summary tell them. They are trusted less than
 * any label.
 */
export const toldMoments = (facts: readonly Fact[], context: MomentContext, now: Date): Fact[] => [
  ...fromTimeline(facts, context),
  ...fromProse(facts, context, now),
];

/** The first and the last entry with a whole day and a time. */
function fromTimeline(facts: readonly Fact[], context: MomentContext): Fact[] {
  const entries = facts.filter(({ field }) => field === 'timeline').flatMap(({ sent }) => (Array.isArray(sent.value) ? sent.value : []));
  const times = entries.flatMap((entry) => {
    const at = isRecord(entry) && typeof entry.at === 'string' ? entry.at : '';
    const read = at === '' ? undefined : readMoments(at, context);
    return read?.kind === 'moments' && read.start.length > 10 ? [{ at, from: read.start, to: read.end ?? read.start }] : [];
  });
  const [first] = times;
  if (first === undefined) return [];
  const from = Date.parse(first.from);
  const last = times.findLast(({ to }) => Date.parse(to) > from && Date.parse(to) - from <= longestDays * dayMs);
  const fact = (field: string, value: string, place: string): Fact => ({
    field,
    sent: { value, as: 'timeline' },
    place,
    trust: trusts.timeline,
  });
  return [
    fact('startedAt', first.from, 'the first entry of the timeline'),
    ...(last === undefined ? [] : [fact('resolvedAt', last.to, 'the last entry of the timeline')]),
  ];
}

/** The first time that the summary tells, or the first text if there is no summary. */
function fromProse(facts: readonly Fact[], context: MomentContext, now: Date): Fact[] {
  const texts = ['summary', 'sections', 'impactText'].flatMap((field) => facts.filter((fact) => fact.field === field));
  const [first] = texts;
  const value = isRecord(first?.sent.value) ? first.sent.value.body : first?.sent.value;
  if (first === undefined || typeof value !== 'string') return [];
  const told = findMoments(value, { ...context, latest: toInstant(now) });
  const place = first.field === 'summary' ? 'the summary' : `the text "${first.sent.as}"`;
  return told === undefined ? [] : [{ field: 'startedAt', sent: { value: told.text, as: 'text' }, place, trust: trusts.prose }];
}
