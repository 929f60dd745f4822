import { Temporal } from 'temporal-polyfill';
import { localDay } from './period.ts';
import { type Schedule, weekdays } from './schedule.ts';

export type ZonedSchedule = Schedule & { readonly zone: string };

/**
 * When a schedule last fell due at or before an instant, in its zone. Follows EventBridge
 * Scheduler: a time skipped by a clock change is not due that day, and a repeated time is due the
 * first time.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export const lastDue = (schedule: ZonedSchedule, at: Date): Date | undefined => latest(schedule, at, ({ isLeftOut }) => !isLeftOut);

/** When a schedule next falls due after an instant, with the same rule for clock changes. */
export const nextDue = (schedule: ZonedSchedule, after: Date): Date | undefined => soonest(schedule, after, ({ isLeftOut }) => !isLeftOut);

/**
 * When a clock change last skipped a schedule's time, at or before an instant, among its last few
 * days. Returns the time by the clocks before the change: an hour later if they go forward by one.
 * The scheduler skips such a time, and `sweep` makes up for it.
 */
export const lastLeftOut = (schedule: ZonedSchedule, at: Date): Date | undefined => latest(schedule, at, ({ isLeftOut }) => isLeftOut);

/** When the schedule's next edition is made, by the scheduler or in place of a skipped time. */
export const nextMade = (schedule: ZonedSchedule, after: Date): Date | undefined => soonest(schedule, after, () => true);

export interface ClockChange {
  readonly day: Temporal.PlainDate;
  /** 'left out': the day has no such time. 'repeated': the day has it twice. */
  readonly how: 'left out' | 'repeated';
  /** When the edition is made. */
  readonly at: Date;
}

/**
 * The next day of each kind on which a clock change affects a schedule, within a number of days.
 */
export function clockChanges(schedule: ZonedSchedule, after: Date, days: number): ClockChange[] {
  const first = localDay(after, schedule.zone);
  const found = new Map<ClockChange['how'], ClockChange>();
  for (let n = 0; n < days; n += 1) {
    const day = first.add({ days: n });
    if (!isDayOf(schedule, day)) continue;
    const { at, isLeftOut, isRepeated } = dueOn(day, schedule);
    const how = isLeftOut ? 'left out' : isRepeated ? 'repeated' : undefined;
    if (how && at > after && !found.has(how)) found.set(how, { day, how, at });
  }
  return [...found.values()];
}

interface Due {
  readonly at: Date;
  readonly isLeftOut: boolean;
  readonly isRepeated: boolean;
}

const latest = (schedule: ZonedSchedule, at: Date, counts: (due: Due) => boolean): Date | undefined =>
  recentDays(schedule, localDay(at, schedule.zone))
    .map((day) => dueOn(day, schedule))
    .find((due) => counts(due) && due.at <= at)?.at;

const soonest = (schedule: ZonedSchedule, after: Date, counts: (due: Due) => boolean): Date | undefined =>
  comingDays(schedule, localDay(after, schedule.zone))
    .map((day) => dueOn(day, schedule))
    .find((due) => counts(due) && due.at > after)?.at;

const isDayOf = (schedule: Schedule, day: Temporal.PlainDate) =>
  schedule.every === 'month' ? day.day === schedule.on : day.dayOfWeek === weekdays.indexOf(schedule.on) + 1;

/**
 * The coming days of a schedule, soonest first. Includes the previous one, whose skipped time may
 * still be ahead.
 */
function comingDays(schedule: Schedule, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const ahead = [-1, 0, 1, 2, 3];
  if (schedule.every === 'month') return ahead.map((months) => today.with({ day: 1 }).add({ months }).with({ day: schedule.on }));
  const until = (weekdays.indexOf(schedule.on) + 1 - today.dayOfWeek + 7) % 7;
  return ahead.map((weeks) => today.add({ days: until + 7 * weeks }));
}

/**
 * The latest days of a schedule, newest first. Several, because today's hour may not have come yet
 * and the clocks may have skipped one.
 */
function recentDays(schedule: Schedule, today: Temporal.PlainDate): Temporal.PlainDate[] {
  const back = [0, 1, 2, 3];
  if (schedule.every === 'month') return back.map((months) => today.with({ day: 1 }).subtract({ months }).with({ day: schedule.on }));
  const since = (today.dayOfWeek - 1 - weekdays.indexOf(schedule.on) + 7) % 7;
  return back.map((weeks) => today.subtract({ days: since + 7 * weeks }));
}

/**
 * Compares the day as well as the time: a zone that crosses the date line skips a whole day, and
 * the next day has the same time.
 */
function dueOn(day: Temporal.PlainDate, { at, zone }: ZonedSchedule): Due {
  const wanted = day.toPlainDateTime(Temporal.PlainTime.from(at));
  const due = wanted.toZonedDateTime(zone);
  const isLeftOut = !due.toPlainDateTime().equals(wanted);
  const later = wanted.toZonedDateTime(zone, { disambiguation: 'later' });
  return { at: new Date(due.epochMilliseconds), isLeftOut, isRepeated: !isLeftOut && later.epochMilliseconds > due.epochMilliseconds };
}
