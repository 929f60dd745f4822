import { Temporal } from 'temporal-polyfill';
import { localDay, midnight, monthName, type Period } from './period.ts';

/** The ISO week in a zone that an instant falls in, from Monday 00:00 local time to the next. */
export const weekOf = (at: Date, zone: string): Period => weekFrom(mondayOf(localDay(at, zone)), zone);

/** The last week that had ended by an instant. A digest composed at that instant covers it. */
export const weekBefore = (at: Date, zone: string): Period => weekFrom(mondayOf(localDay(at, zone)).subtract({ weeks: 1 }), zone);

/** The week of an id. Undefined for a week that does not exist (`2026-W54`). */
export function weekById(id: string, zone: string): Period | undefined {
  const [, year, number] = /^(\d{4})-W(\d\d)$/.exec(id) ?? [];
  if (!year || !number) return undefined;
  // 4 January is always in week 1.
  const monday = mondayOf(Temporal.PlainDate.from(`${year}-01-04`)).add({ weeks: Number(number) - 1 });
  const week = weekFrom(monday, zone);
  return week.id === id ? week : undefined;
}

/** `count` consecutive weeks, ending with the given one. */
export function weeksUpTo(last: Period, count: number, zone: string): Period[] {
  const monday = localDay(new Date(last.start), zone);
  return Array.from({ length: count }, (_, i) => weekFrom(monday.subtract({ weeks: count - 1 - i }), zone));
}

const mondayOf = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 });

function weekFrom(monday: Temporal.PlainDate, zone: string): Period {
  const short = `W${String(monday.weekOfYear).padStart(2, '0')}`;
  return {
    id: `${monday.yearOfWeek}-${short}`,
    start: midnight(monday, zone),
    end: midnight(monday.add({ weeks: 1 }), zone),
    label: labelOf(monday, monday.add({ days: 6 })),
    short,
  };
}

function labelOf(monday: Temporal.PlainDate, sunday: Temporal.PlainDate): string {
  const last = `${sunday.day} ${monthName(sunday)} ${sunday.year}`;
  if (monday.month === sunday.month) return `${monday.day}–${last}`;
  if (monday.year === sunday.year) return `${monday.day} ${monthName(monday)} – ${last}`;
  return `${monday.day} ${monthName(monday)} ${monday.year} – ${last}`;
}
