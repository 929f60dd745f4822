import { Temporal } from 'temporal-polyfill';
import { type Schedule, weekdays } from '../distribution/distribution.ts';

/**
 * When a schedule last fell due at or before an instant, in its zone. As EventBridge Scheduler does it: an hour that the clocks
 * leave out is not due that day, one that they repeat is due the first time.
 */
export function lastDue(schedule: Schedule & { readonly zone: string }, at: Date): Date | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(schedule.zone).toPlainDate();
  return recentDays(schedule, today)
    .map((day) => dueOn(day, schedule))
    .find((due) => due !== undefined && due <= at);
}

/** When a schedule falls due next, after an instant; with the same rule for clocks that change. */
export function nextDue(schedule: Schedule & { readonly zone: string }, after: Date): Date | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(schedule.zone).toPlainDate();
  return comingDays(schedule, today)
    .map((day) => dueOn(day, schedule))
    .find((due) => due !== undefined && due > after);
}

/** The coming days of a schedule, soonest first, today among them. */
function comingDays(schedule: Schedule, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const ahead = [0, 1, 2, 3];
  if (schedule.every === 'month') return ahead.map((months) => today.with({ day: 1 }).add({ months }).with({ day: schedule.on }));
  const until = (weekdays.indexOf(schedule.on) + 1 - today.dayOfWeek + 7) % 7;
  return ahead.map((weeks) => today.add({ days: until, weeks }));
}

/** The latest days of a schedule, newest first: today's hour may not have come yet, and one may have been left out by the clocks. */
function recentDays(schedule: Schedule, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const back = [0, 1, 2, 3];
  if (schedule.every === 'month') return back.map((months) => today.with({ day: 1 }).subtract({ months }).with({ day: schedule.on }));
  const since = (today.dayOfWeek - 1 - weekdays.indexOf(schedule.on) + 7) % 7;
  return back.map((weeks) => today.subtract({ days: since, weeks }));
}

function dueOn(day: Temporal.PlainDate, { at, zone }: Schedule & { readonly zone: string }): Date | undefined {
  const plainTime = Temporal.PlainTime.from(at);
  const due = day.toZonedDateTime({ timeZone: zone, plainTime });
  return due.toPlainTime().equals(plainTime) ? new Date(due.epochMilliseconds) : undefined;
}
