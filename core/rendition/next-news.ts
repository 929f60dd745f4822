import { daysLate } from '../calendar/print.ts';
import { hasTime, type Moment } from '../shared/instant.ts';

/** Whether the time of the next news is over. A day is over once the next one has begun. */
export const hasPassed = (at: Moment, now: Date, zone: string): boolean =>
  hasTime(at) ? Date.parse(at) <= now.getTime() : daysLate(at, now, zone) > 0;
