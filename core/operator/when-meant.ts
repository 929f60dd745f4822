import { Temporal } from 'temporal-polyfill';
import { localDay, midnight } from '../calendar/period.ts';
import type { When } from './api.ts';

/**
 * The instant that a `When` stands for: `now`, an instant, or a day in a zone (its last second).
 * Today, or nothing, means now.
 */
export function whenMeant(written: When | undefined, zone: string, now: Date): Date {
  if (written === undefined || written === 'now') return now;
  if (written.includes('T')) return new Date(written);
  const day = Temporal.PlainDate.from(written);
  return day.equals(localDay(now, zone)) ? now : new Date(Date.parse(midnight(day.add({ days: 1 }), zone)) - 1000);
}
