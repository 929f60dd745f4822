import { isWithin, type Period } from '../calendar/period.ts';
import type { PeriodKind } from '../calendar/recurring.ts';
import type { Postmortem, Severity } from '../postmortem/postmortem.ts';
import { median } from './incident-time.ts';

/** The periods that a chart shows, the told one among them. */
export const chartPeriods: Readonly<Record<PeriodKind, number>> = { week: 8, month: 7 };
const usualWeeks = 4;
const fewestToCompare = 2;

export interface Counted extends Pick<Postmortem, 'severity' | 'publishedAt'> {
  /** From its start to the end of the harm; absent where that is not told. */
  readonly minutesToMitigate?: number | undefined;
}

export interface PeriodCounts {
  readonly period: Period;
  readonly total: number;
  readonly of: (...severities: Severity[]) => number;
  /** Of those where it is known. */
  readonly minutesToMitigate: readonly number[];
}

/** How many were published in each of the periods. */
export const countByPeriod = (periods: readonly Period[], published: readonly Counted[]): PeriodCounts[] =>
  periods.map((period) => {
    const own = published.filter(({ publishedAt }) => publishedAt && isWithin(period, publishedAt));
    return {
      period,
      total: own.length,
      of: (...severities) => own.filter(({ severity }) => severities.includes(severity)).length,
      minutesToMitigate: own.flatMap(({ minutesToMitigate }) => minutesToMitigate ?? []),
    };
  });

/**
 * What the four weeks before had on average, rounded; weeks before the first postmortem of all are
 * not known and do not count. Undefined where fewer than two of them had any: nothing is usual yet.
 * `earlier`: oldest first, without the told week.
 */
export function usualTotal(earlier: readonly PeriodCounts[]): number | undefined {
  const first = earlier.findIndex(({ total }) => total > 0);
  const known = first < 0 ? [] : earlier.slice(first).slice(-usualWeeks);
  if (known.filter(({ total }) => total > 0).length < fewestToCompare) return undefined;
  return Math.round(known.reduce((sum, { total }) => sum + total, 0) / known.length);
}

/**
 * The median of the four weeks before, in minutes; undefined where fewer than two incidents tell
 * it. `earlier` as above.
 */
export const usualMinutesToMitigate = (earlier: readonly PeriodCounts[]): number | undefined =>
  medianOfSeveral(earlier.slice(-usualWeeks).flatMap(({ minutesToMitigate }) => minutesToMitigate));

/** A median of one would only repeat it. */
export const medianOfSeveral = (values: readonly number[]): number | undefined =>
  values.length >= fewestToCompare ? median(values) : undefined;
