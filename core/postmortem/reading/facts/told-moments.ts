import { toInstant } from '../../../shared/instant.ts';
import { findMoments } from '../moments/find-moments.ts';
import type { MomentContext } from '../moments/read-moments.ts';
import { isRecord } from '../sent-fields.ts';
import { momentsOfTimeline } from '../timeline/moments-of-timeline.ts';
import { type Fact, trusts } from './fact.ts';

/**
 * Start and end as the timeline and the prose of the summary tell them. They are trusted less than
 * any label.
 */
export const toldMoments = (facts: readonly Fact[], context: MomentContext, now: Date): Fact[] => [
  ...fromTimeline(facts, context),
  ...fromProse(facts, context, now),
];

function fromTimeline(facts: readonly Fact[], context: MomentContext): Fact[] {
  const sent = facts.filter(({ field }) => field === 'timeline').flatMap((fact) => (Array.isArray(fact.sent.value) ? fact.sent.value : []));
  const entries = sent.flatMap((entry) =>
    isRecord(entry) && typeof entry.event === 'string'
      ? [typeof entry.at === 'string' ? { at: entry.at, event: entry.event } : { event: entry.event }]
      : [],
  );
  const { start, end } = momentsOfTimeline(entries, context);
  const fact = (field: string, value: string, place: string): Fact => ({
    field,
    sent: { value, as: 'timeline' },
    place,
    trust: trusts.timeline,
  });
  return [
    ...(start === undefined ? [] : [fact('startedAt', start.moment, 'the first entry of the timeline')]),
    ...(end === undefined ? [] : [fact('resolvedAt', end.moment, 'the last entry of the timeline')]),
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
  if (told === undefined) return [];
  const fact = (field: string, at: string): Fact => ({ field, sent: { value: at, as: 'text' }, place, trust: trusts.prose });
  const { start, end } = told.found;
  return [fact('startedAt', start), ...(end === undefined ? [] : [fact('resolvedAt', end)])];
}
