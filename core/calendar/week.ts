import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../shared/instant.ts';

/** An ISO week in a zone: Monday 00:00 local to the next. Its length in hours follows the clocks. */
export interface Week {
  /** `2026-W47`; the year is the week's own, which near New Year is not the day's. */
  readonly id: string;
  readonly start: Instant;
  /** The first instant that is no longer in it. */
  readonly end: Instant;
  /** For a heading: `16–22 November 2026`. */
  readonly label: string;
}

/** The week that an instant falls in. */
export const weekOf = (at: Date, zone: string): Week => weekFrom(mondayOf(localDay(at, zone)), zone);

/** The last week that had ended by an instant: what a digest composed then tells of. */
export const weekBefore = (at: Date, zone: string): Week => weekFrom(mondayOf(localDay(at, zone)).subtract({ weeks: 1 }), zone);

/** The week of an id; undefined for a week that does not exist (`2026-W54`). */
export function weekById(id: string, zone: string): Week | undefined {
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(id) ?? [];
  if (!year || !number) return undefined;
  // 4 January is always in week 1.
  const monday = mondayOf(Temporal.PlainDate.from(`${year}-01-04`)).add({ weeks: Number(number) - 1 });
  const week = weekFrom(monday, zone);
  return week.id === id ? week : undefined;
}

/** So many weeks in a row, the given one last. */
export function weeksUpTo(last: Week, count: number, zone: string): Week[] {
  const monday = localDay(new Date(last.start), zone);
  return Array.from({ length: count }, (_, i) => weekFrom(monday.subtract({ weeks: count - 1 - i }), zone));
}

export const isWithin = (week: Week, instant: Instant): boolean => {
  const at = Date.parse(instant);
  return at >= Date.parse(week.start) && at < Date.parse(week.end);
};

const localDay = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
const mondayOf = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });

function weekFrom(monday: Temporal.PlainDate, zone: string): Week {
  const midnight = (day: Temporal.PlainDate) => toInstant(new Date(day.toZonedDateTime(zone).epochMilliseconds));
  return {
    id: `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, '0')}`,
    start: midnight(monday),
    end: midnight(monday.add({ weeks: 1 })),
    label: labelOf(monday, monday.add({ days: 6 })),
  };
}

function labelOf(monday: Temporal.PlainDate, sunday: Temporal.PlainDate): string {
  const month = (day: Temporal.PlainDate) => day.toLocaleString('en-GB', { month: 'long' });
  const last = `${sunday.day} ${month(sunday)} ${sunday.year}`;
  if (monday.month === sunday.month) return `${monday.day}–${last}`;
  if (monday.year === sunday.year) return `${monday.day} ${month(monday)} – ${last}`;
  return `${monday.day} ${month(monday)} ${monday.year} – ${last}`;
}
