import { Temporal } from 'temporal-polyfill';
import { addWorkingDays, type WorkingCalendar, workingDayFrom } from '../calendar/working-days.ts';
import type { PlainDate } from '../shared/instant.ts';

/** On which working days before and after a day something is said, and whether it goes on. */
export interface Steps {
  /**
   * In working days from the day, in order. 0: the day itself, or the first working day after it.
   */
  readonly at: readonly number[];
  /** After the last of them it is said again every so many days. Absent: never again. */
  readonly thenEvery?: number;
}

export const actionSteps: Steps = { at: [-3, 0, 5, 10], thenEvery: 30 };
/** From here on the leads of a team hear of an action of theirs as well. */
export const actionStepsOfLeads: Steps = { at: [10], thenEvery: 30 };
export const reviewSteps: Steps = { at: [-1, 0, 2, 5, 10] };
/** For the first and the second of those whom a review goes to once it is long overdue. */
export const reviewStepsOfStandIns: readonly Steps[] = [{ at: [5, 10] }, { at: [10] }];
export const awaitedSteps: Steps = { at: [0, 2, 5, 10] };
export const awaitedStepsOfReviewers: Steps = { at: [10] };

/** The last step that lies on a day or before it. Undefined: none does yet. */
export function lastStep(due: PlainDate, { at, thenEvery }: Steps, day: PlainDate, calendar: WorkingCalendar): PlainDate | undefined {
  let last: PlainDate | undefined;
  let step: PlainDate | undefined;
  for (const days of at) {
    step = addWorkingDays(due, days, calendar);
    if (step > day) return last;
    last = step;
  }
  return thenEvery === undefined || step === undefined ? last : lastOfMany(step, thenEvery, day, calendar);
}

/** Of days in equal distances, each on a working day. */
function lastOfMany(first: PlainDate, every: number, day: PlainDate, calendar: WorkingCalendar): PlainDate {
  const begin = Temporal.PlainDate.from(first);
  const passed = Math.floor(begin.until(day).days / every);
  const on = (n: number) => workingDayFrom(begin.add({ days: n * every }), calendar);
  // The last one may be moved to a day that is still to come.
  for (let n = passed; n > 0; n -= 1) if (on(n) <= day) return on(n);
  return first;
}
