import { isWithin, type Period } from '../calendar/period.ts';
import type { PeriodKind } from '../calendar/recurring.ts';
import type { Postmortem, Severity } from '../postmortem/postmortem.ts';
import { median } from './incident-time.ts';

/** How many periods a chart shows, including the reported one. */
export const chartPeriods: Readonly<Record<PeriodKind, number>> = { week: 8, month: 7 };
const usualWeeks = 4;
const fewestToCompare = 2;

export interface Counted extends Pick<Postmortem, 'severity' | 'publishedAt'> {
  /** From the start to the mitigation. Absent if the document gives none. */
  readonly minutesToMitigate?: number | undefined;
}

export interface PeriodCounts {
  readonly period: Period;
  readonly total: number;
  readonly of: (...severities: Severity[]) => number;
  /** Only of incidents for which it is known. */
  readonly minutesToMitigate: readonly number[];
}

/** How many postmortems were published in each of the periods. */
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
 * The average of the four periods before, rounded. Periods before the first postmortem ever do not
 * count. Undefined if fewer than two of them had any, because nothing is usual yet. `earlier`:
 * oldest first, without the reported period.
 */
export function usualTotal(earlier: readonly PeriodCounts[]): number | undefined {
  const first = earlier.findIndex(({ total }) => total > 0);
  const known = first < 0 ? [] : earlier.slice(first).slice(-usualWeeks);
  if (known.filter(({ total }) => total > 0).length < fewestToCompare) return undefined;
  return Math.round(known.reduce((sum, { total }) => sum + total, 0) / known.length);
}

/**
 * The median of the four periods before, in minutes. Undefined if fewer than two incidents give it.
 * `earlier` as above.
 */
export const usualMinutesToMitigate = (earlier: readonly PeriodCounts[]): number | undefined =>
  medianOfSeveral(earlier.slice(-usualWeeks).flatMap(({ minutesToMitigate }) => minutesToMitigate));

/** A median of one value would only repeat it. */
export const medianOfSeveral = (values: readonly number[]): number | undefined =>
  values.length >= fewestToCompare ? median(values) : undefined;
