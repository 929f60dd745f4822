import { Temporal } from 'temporal-polyfill';
import { beginOf, isWithin, type Period } from '../calendar/period.ts';
import { printDayOf, printDays, printLength, printWeekday } from '../calendar/print.ts';
import { dayMs } from '../shared/duration.ts';
import { hasTime, type Moment } from '../shared/instant.ts';

export interface IncidentTimes {
  readonly startedAt?: Moment | undefined;
  readonly detectedAt?: Moment | undefined;
  readonly mitigatedAt?: Moment | undefined;
  readonly resolvedAt?: Moment | undefined;
}

/**
 * Mitigation ends the harm. Resolution may only end the clean-up, so it counts only if no
 * mitigation is given.
 */
export const endOf = ({ mitigatedAt, resolvedAt }: IncidentTimes): Moment | undefined => mitigatedAt ?? resolvedAt;

/**
 * It has begun, and no end is given. Without either nothing is known: old accounts often have no
 * times.
 */
export const isOngoing = (times: IncidentTimes): boolean =>
  endOf(times) === undefined && (times.startedAt ?? times.detectedAt) !== undefined;

/** The heading above whom it harmed. */
export const whoIsAffected = (times: IncidentTimes): string => (isOngoing(times) ? 'Who is affected' : 'Who was affected');

/**
 * How long the harm lasted, in milliseconds. Undefined if a time of day is missing, or if the
 * instants are out of order.
 */
export const lengthOf = (times: IncidentTimes): number | undefined => between(times.startedAt, endOf(times));
export const timeToMitigate = (times: IncidentTimes): number | undefined => between(times.startedAt, times.mitigatedAt);
export const timeToResolve = (times: IncidentTimes): number | undefined => between(times.startedAt, times.resolvedAt);
export const timeToDetect = (times: IncidentTimes): number | undefined => between(times.startedAt, times.detectedAt);

/**
 * As `lengthOf`, but whole days if both are days, the first and the last one included. Undefined if
 * nothing but one day is known, or if only one of them has a time of day: which day an instant is
 * depends on the zone, so an incident of an hour may seem to have two.
 */
export function roughLengthOf(times: IncidentTimes): number | undefined {
  const [from, to] = [times.startedAt, endOf(times)];
  if (!from || !to || hasTime(from) || hasTime(to)) return lengthOf(times);
  const { days } = Temporal.PlainDate.from(from).until(to);
  return days > 0 ? (days + 1) * dayMs : undefined;
}

/**
 * `41 minutes on Thursday`, `2 days from 3 November`, `14–19 January`, `on Thursday`. Names the
 * weekday only for days within the reported week.
 */
export function printWhen(times: IncidentTimes, week: Period | undefined, now: Date, zone: string): string | undefined {
  const { startedAt } = times;
  if (!startedAt) return undefined;
  const day = week && isWithin(week, beginOf(startedAt, zone)) ? printWeekday(startedAt, zone) : printDayOf(startedAt, now, zone);
  const [length, end] = [lengthOf(times), endOf(times)];
  if (length !== undefined) return `${printLength(length)} ${length < dayMs ? 'on' : 'from'} ${day}`;
  return end && roughLengthOf(times) !== undefined ? printDays(startedAt, end, now, zone) : `on ${day}`;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function between(from: Moment | undefined, to: Moment | undefined): number | undefined {
  if (!from || !to || !hasTime(from) || !hasTime(to)) return undefined;
  const length = Date.parse(to) - Date.parse(from);
  return length >= 0 ? length : undefined;
}
