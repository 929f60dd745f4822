import { Temporal } from 'temporal-polyfill';
import { localDay } from '../calendar/period.ts';
import { addWorkingDays, workingDayFrom } from '../calendar/working-days.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { workingCalendarOf } from '../distribution/review-rules.ts';
import { minuteMs } from '../shared/duration.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import type { ReminderProgress } from './reminders-of.ts';

/** A run that begins late, or is done again, has so long. */
const graceMs = 30 * minuteMs;

/**
 * The last working day that people should have been reminded on and were not. Undefined: none, or
 * the file has no reminders, or it has them for less than a day.
 */
export function lateReminders(
  { distribution, appliedAt }: { readonly distribution: Distribution; readonly appliedAt: Instant },
  progress: Pick<ReminderProgress, 'lastDay'> | undefined,
  now: Date,
): PlainDate | undefined {
  if (!distribution.reminders) return undefined;
  const calendar = workingCalendarOf(distribution);
  const runsAt = (day: PlainDate) =>
    Temporal.PlainDate.from(day).toZonedDateTime({
      timeZone: calendar.zone,
      plainTime: Temporal.PlainTime.from(distribution.reminders?.at ?? '08:00'),
    }).epochMilliseconds;
  const today = localDay(now, calendar.zone).toString();
  const due = [workingDayFrom(today, calendar), addWorkingDays(today, -1, calendar)].find((day) => runsAt(day) + graceMs <= now.getTime());
  if (due === undefined || Date.parse(appliedAt) > runsAt(due)) return undefined;
  return progress !== undefined && progress.lastDay >= due ? undefined : due;
}
