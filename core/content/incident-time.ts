import { isWithin, type Period } from '../calendar/period.ts';
import { printDayOf, printLength, printWeekday } from '../calendar/print.ts';
import { dayMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';

export interface IncidentTimes {
  readonly startedAt?: Instant | undefined;
  readonly detectedAt?: Instant | undefined;
  readonly mitigatedAt?: Instant | undefined;
  readonly resolvedAt?: Instant | undefined;
}

/**
 * Mitigation ends the harm. Resolution may only end the clean-up, so it counts only if no
 * mitigation is given.
 */
export const endOf = ({ mitigatedAt, resolvedAt }: IncidentTimes): Instant | undefined => mitigatedAt ?? resolvedAt;

/**
 * How long the harm lasted, in milliseconds. Undefined if the instants are missing or out of order.
 */
export const lengthOf = (times: IncidentTimes): number | undefined => between(times.startedAt, endOf(times));
export const timeToMitigate = (times: IncidentTimes): number | undefined => between(times.startedAt, times.mitigatedAt);
export const timeToResolve = (times: IncidentTimes): number | undefined => between(times.startedAt, times.resolvedAt);
export const timeToDetect = (times: IncidentTimes): number | undefined => between(times.startedAt, times.detectedAt);

/**
 * `41 minutes on Thursday`, `2 days from 3 November`, `on Thursday`. Names the weekday only for
 * days within the reported week.
 */
export function printWhen(times: IncidentTimes, week: Period | undefined, now: Date, zone: string): string | undefined {
  const { startedAt } = times;
  if (!startedAt) return undefined;
  const day = week && isWithin(week, startedAt) ? printWeekday(startedAt, zone) : printDayOf(startedAt, now, zone);
  const length = lengthOf(times);
  if (length === undefined) return `on ${day}`;
  return `${printLength(length)} ${length < dayMs ? 'on' : 'from'} ${day}`;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function between(from: Instant | undefined, to: Instant | undefined): number | undefined {
  if (!from || !to) return undefined;
  const length = Date.parse(to) - Date.parse(from);
  return length >= 0 ? length : undefined;
}
