import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../shared/instant.ts';

/**
 * A week or a month in a zone, from local midnight to local midnight. Its length in hours follows
 * the clocks.
 */
export interface Period {
  /**
   * `2026-W47` or `2026-10`; the year of a week is its own, which near New Year is not the day's.
   */
  readonly id: string;
  readonly start: Instant;
  /** The first instant that is no longer in it. */
  readonly end: Instant;
  /** For a heading: `16–22 November 2026`, `October 2026`. */
  readonly label: string;
  /** Under a bar of a chart, where the year is not in doubt: `W47`, `Oct`. */
  readonly short: string;
}

export const isWithin = (period: Pick<Period, 'start' | 'end'>, instant: Instant): boolean => {
  const at = Date.parse(instant);
  return at >= Date.parse(period.start) && at < Date.parse(period.end);
};

export const localDay = (at: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();

export const midnight = (day: Temporal.PlainDate, zone: string): Instant =>
  toInstant(new Date(day.toZonedDateTime(zone).epochMilliseconds));

const months = 'January February March April May June July August September October November December'.split(' ');

/**
 * `November`. From a list: `toLocaleString` makes a formatter for each call, which thousands of
 * dates pay for in memory.
 */
export const monthName = ({ month }: Pick<Temporal.PlainDate, 'month'>): string => months[month - 1] ?? '';
