import { Temporal } from 'temporal-polyfill';
import type { PlainDate } from '../shared/instant.ts';
import { localDay } from './period.ts';
import { type Weekday, weekdays } from './schedule.ts';

/** On which days the organisation works. A day counts in the organisation's zone. */
export interface WorkingCalendar {
  readonly zone: string;
  readonly workdays: readonly Weekday[];
  readonly holidays: readonly PlainDate[];
}

type Day = Temporal.PlainDate | PlainDate;
const dayFrom = (day: Day): Temporal.PlainDate => Temporal.PlainDate.from(day);

/** A calendar whose holidays leave no working day ends the search here. */
const mostDays = 4000;

export function isWorkingDay(day: Day, { workdays, holidays }: WorkingCalendar): boolean {
  const date = dayFrom(day);
  const weekday = weekdays[date.dayOfWeek - 1];
  return weekday !== undefined && workdays.includes(weekday) && !holidays.includes(date.toString());
}

/** The day itself if it is a working day, else the first one after it. */
export function workingDayFrom(day: Day, calendar: WorkingCalendar): PlainDate {
  let date = dayFrom(day);
  for (let n = 0; n < mostDays && !isWorkingDay(date, calendar); n += 1) date = date.add({ days: 1 });
  return date.toString();
}

/**
 * The working day that is so many working days after a day, or before it if the count is negative.
 * Of a day on which nobody works, one working day after it is the first one that follows. 0: the
 * day itself, or the first working day after it.
 */
export function addWorkingDays(day: Day, count: number, calendar: WorkingCalendar): PlainDate {
  if (count === 0) return workingDayFrom(day, calendar);
  const step = { days: Math.sign(count) };
  let date = dayFrom(day);
  let left = Math.abs(count);
  for (let n = 0; n < mostDays && left > 0; n += 1) {
    date = date.add(step);
    if (isWorkingDay(date, calendar)) left -= 1;
  }
  return date.toString();
}

/** The working days after one day and up to another: 0 if it is not later. */
export function workingDaysBetween(after: Day, until: Day, calendar: WorkingCalendar): number {
  let [date, count] = [dayFrom(after), 0];
  const last = dayFrom(until);
  for (let n = 0; n < mostDays && Temporal.PlainDate.compare(date, last) < 0; n += 1) {
    date = date.add({ days: 1 });
    if (isWorkingDay(date, calendar)) count += 1;
  }
  return count;
}

/**
 * The morning of the first working day after the day of an instant, at a time of day such as
 * `08:00`. A time that the clocks skip that day counts by the clocks before the change.
 */
export function nextWorkingMorning(now: Date, at: string, calendar: WorkingCalendar): Date {
  const day = addWorkingDays(localDay(now, calendar.zone), 1, calendar);
  const morning = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: calendar.zone, plainTime: Temporal.PlainTime.from(at) });
  return new Date(morning.epochMilliseconds);
}

/** The first working day whose morning, at a time such as `08:00`, begins after an instant. */
export function firstMorning(after: Date, at: string, calendar: WorkingCalendar): PlainDate {
  const day = localDay(after, calendar.zone);
  const morning = day.toZonedDateTime({ timeZone: calendar.zone, plainTime: Temporal.PlainTime.from(at) });
  return after.getTime() < morning.epochMilliseconds ? workingDayFrom(day, calendar) : addWorkingDays(day, 1, calendar);
}
