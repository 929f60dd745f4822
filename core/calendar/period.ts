import { Temporal } from 'temporal-polyfill';
import { hasTime, type Instant, type Moment, toInstant } from '../shared/instant.ts';

/**
 * A week or a month in a zone, from local midnight to local midnight. Its length in hours depends
 * on clock changes.
 */
export interface Period {
  /**
   * `2026-W47` or `2026-10`. A week has its ISO year, which near New Year may differ from the year
   * of the day.
   */
  readonly id: string;
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  /** For a heading: `16–22 November 2026`, `October 2026`. */
  readonly label: string;
  /** Under a bar of a chart, where the year is clear: `W47`, `Oct`. */
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

/** The day in a zone on which something was. */
export const dayOf = (moment: Moment, zone: string): Temporal.PlainDate =>
  hasTime(moment) ? localDay(new Date(moment), zone) : Temporal.PlainDate.from(moment);

/** Of a day its midnight in the zone, of an instant itself. */
export const beginOf = (moment: Moment, zone: string): Instant => (hasTime(moment) ? moment : midnight(dayOf(moment, zone), zone));

/**
 * Whether one moment was before another. Moments on the same day are not, unless both have a time.
 */
export const isEarlier = (one: Moment, other: Moment, zone: string): boolean =>
  hasTime(one) && hasTime(other)
    ? Date.parse(one) < Date.parse(other)
    : Temporal.PlainDate.compare(dayOf(one, zone), dayOf(other, zone)) < 0;

const months = 'January February March April May June July August September October November December'.split(' ');

/**
 * `November`. From a list, because `toLocaleString` makes a formatter for each call, which takes
 * too much memory for thousands of dates.
 */
export const monthName = ({ month }: Pick<Temporal.PlainDate, 'month'>): string => months[month - 1] ?? '';
