import type { Instant } from '../shared/instant.ts';
import { monthBefore, monthOf, monthsUpTo } from './month.ts';
import type { Period } from './period.ts';
import { weekBefore, weekOf, weeksUpTo } from './week.ts';

/** The kind of period that an edition covers. */
export type PeriodKind = 'week' | 'month';

/** The period that an instant falls in. */
export const periodOf = (kind: PeriodKind, at: Date, zone: string): Period => (kind === 'week' ? weekOf(at, zone) : monthOf(at, zone));

/** The last period that had ended by an instant. An edition composed at that instant covers it. */
export const periodBefore = (kind: PeriodKind, at: Date, zone: string): Period =>
  kind === 'week' ? weekBefore(at, zone) : monthBefore(at, zone);

/** `count` consecutive periods, ending with the given one. */
export const periodsUpTo = (kind: PeriodKind, last: Period, count: number, zone: string): Period[] =>
  kind === 'week' ? weeksUpTo(last, count, zone) : monthsUpTo(new Date(last.start), count, zone);

/**
 * `periodOf` for thousands of instants. Works out each period once, because calendar arithmetic in
 * a zone is slow and takes memory.
 */
export function periodFinder(kind: PeriodKind, zone: string): (instant: Instant) => Period {
  const known: { readonly start: number; readonly end: number; readonly period: Period }[] = [];
  return (instant) => {
    const at = Date.parse(instant);
    const found = known.find(({ start, end }) => at >= start && at < end);
    if (found) return found.period;
    const period = periodOf(kind, new Date(at), zone);
    known.push({ start: Date.parse(period.start), end: Date.parse(period.end), period });
    return period;
  };
}
