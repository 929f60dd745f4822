import { Temporal } from 'temporal-polyfill';
import { localDay, midnight } from '../calendar/period.ts';
import type { Flaw } from '../shared/errors.ts';
import { type Instant, PlainDate } from '../shared/instant.ts';

const longestDays = 366;

/**
 * The midnight at which a day begins in a zone. Undefined if the text is not a day, or if the day
 * is not in the future or is more than a year away.
 */
export function readDay(text: string, zone: string, now: Date): Instant | undefined {
  const day = PlainDate.safeParse(text);
  if (!day.success) return undefined;
  const date = Temporal.PlainDate.from(day.data);
  const days = localDay(now, zone).until(date).days;
  return days >= 1 && days <= longestDays ? midnight(date, zone) : undefined;
}

export const dayFlaw = (field: string): Flaw => ({
  field,
  problem: 'is not a day to come within a year',
  remedy: 'Write the day on which you are back, such as 2026-12-01.',
});
