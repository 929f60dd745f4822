import { isWithin, type Week } from '../calendar/week.ts';
import type { Postmortem, Severity } from '../postmortem/postmortem.ts';

/** The weeks that a chart shows, the told one among them. */
export const chartWeeks = 8;
const usualWeeks = 4;
const fewestToCompare = 2;

export type Counted = Pick<Postmortem, 'severity' | 'publishedAt'>;

export interface WeekCounts {
  readonly week: Week;
  readonly total: number;
  readonly of: (...severities: Severity[]) => number;
}

/** How many were published in each of the weeks. */
export const countByWeek = (weeks: readonly Week[], published: readonly Counted[]): WeekCounts[] =>
  weeks.map((week) => {
    const own = published.filter(({ publishedAt }) => publishedAt && isWithin(week, publishedAt));
    return { week, total: own.length, of: (...severities) => own.filter(({ severity }) => severities.includes(severity)).length };
  });

/**
 * What the four weeks before had on average, rounded; weeks before the first postmortem of all are not known and do not count.
 * Undefined where fewer than two of them had any: nothing is usual yet. `earlier`: oldest first, without the told week.
 */
export function usualTotal(earlier: readonly WeekCounts[]): number | undefined {
  const first = earlier.findIndex(({ total }) => total > 0);
  const known = first < 0 ? [] : earlier.slice(first).slice(-usualWeeks);
  if (known.filter(({ total }) => total > 0).length < fewestToCompare) return undefined;
  return Math.round(known.reduce((sum, { total }) => sum + total, 0) / known.length);
}
