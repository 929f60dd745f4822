import type { Temporal } from 'temporal-polyfill';
import { localDay, midnight, monthName, type Period } from './period.ts';

/** The month that an instant falls in. */
export const monthOf = (at: Date, zone: string): Period => monthFrom(localDay(at, zone), zone);

/** The last month that had ended by an instant. */
export const monthBefore = (at: Date, zone: string): Period => monthFrom(localDay(at, zone).with({ day: 1 }).subtract({ months: 1 }), zone);

/** `count` consecutive months, ending with the month of this instant. */
export function monthsUpTo(last: Date, count: number, zone: string): Period[] {
  const first = localDay(last, zone).with({ day: 1 });
  return Array.from({ length: count }, (_, i) => monthFrom(first.subtract({ months: count - 1 - i }), zone));
}

function monthFrom(day: Temporal.PlainDate, zone: string): Period {
  const first = day.with({ day: 1 });
  return {
    id: first.toPlainYearMonth().toString(),
    start: midnight(first, zone),
    end: midnight(first.add({ months: 1 }), zone),
    label: `${monthName(first)} ${first.year}`,
    short: monthName(first).slice(0, 3),
  };
}
