import * as z from 'zod';
import { isKept, isOpen, type PromisedAction } from '../action/action.ts';
import { monthOf, monthsUpTo } from '../calendar/month.ts';
import { isWithin, localDay, type Period } from '../calendar/period.ts';
import { daysLate } from '../calendar/print.ts';
import { Line } from './card-content.ts';
import { printNumber } from './prose.ts';

/** How many months the promise table shows, including the reported one. */
export const tableMonths = 6;

/** Promises by the month they were made, with what became of them, as printed numbers. */
export const PromiseTable = z.strictObject({
  heading: Line,
  intro: Line,
  columns: z.array(Line),
  rows: z.array(z.strictObject({ month: Line, numbers: z.array(Line) })),
});
export type PromiseTable = z.infer<typeof PromiseTable>;

/**
 * The months of a promise table, as periods. The last one is the month in which the reported period
 * ended.
 */
export const monthsOfTable = ({ end }: Period, zone: string): Period[] => monthsUpTo(new Date(Date.parse(end) - 1), tableMonths, zone);

/** Withdrawn promises do not count. Undefined if there are none in any of the months. */
export function promiseTable(
  months: readonly Period[],
  promises: readonly PromisedAction[],
  now: Date,
  zone: string,
): PromiseTable | undefined {
  const rows = months.flatMap((month) => {
    const made = promises.filter(({ promisedAt, withdrawn }) => !withdrawn && isWithin(month, promisedAt));
    const open = made.filter(isOpen);
    const declined = made.filter(({ status }) => status === 'declined');
    const numbers = [made, made.filter(isKept), declined, open, overdueOf(open, now, zone)].map((some) => printNumber(some.length));
    return made.length > 0 ? [{ month: shortMonth(month, now, zone), numbers }] : [];
  });
  if (rows.length === 0) return undefined;
  return PromiseTable.parse({
    heading: 'Promises by the month they were made',
    intro: 'What is overdue is open too.',
    columns: ['Month', 'Made', 'Kept', 'Declined', 'Open', 'Overdue'],
    rows,
  });
}

/** `Sep`, so that six columns fit on a phone. Adds the year if it is not the year of `now`. */
const shortMonth = ({ short, id }: Period, now: Date, zone: string) => {
  const year = id.slice(0, 4);
  return year === monthOf(now, zone).id.slice(0, 4) ? short : `${short} ${year}`;
};

/** Open actions past their due day, longest overdue first. */
export const overdueOf = (open: readonly PromisedAction[], now: Date, zone: string): PromisedAction[] =>
  open
    .filter(({ due }) => due !== undefined && daysLate(due, now, zone) > 0)
    .toSorted((a, b) => (a.due ?? '').localeCompare(b.due ?? '') || a.promisedAt.localeCompare(b.promisedAt));

export interface Punctuality {
  /** The promises that fell due, except those declined or withdrawn. */
  readonly due: readonly PromisedAction[];
  /** Whole percent of `due`. Undefined if none fell due. */
  readonly onTime: number | undefined;
  /** How many are left out of both, because they were done when they were first told of. */
  readonly unknown: number;
}

/**
 * How many of the promises that fell due in a period were kept by their due day. A promise whose
 * due day is still ahead counts only once it is kept. What was done when it was first told of, its
 * due day already past, is left out: nobody knows whether it was done in time.
 */
export function punctualityIn(period: Period, promises: readonly PromisedAction[], now: Date, zone: string): Punctuality {
  const [first, end] = [period.start, period.end].map((instant) => localDay(new Date(instant), zone).toString());
  const fellDue = (due: string) => first !== undefined && end !== undefined && due >= first && due < end;
  const isInTime = ({ due, closedAt }: PromisedAction) =>
    due !== undefined && closedAt !== undefined && localDay(new Date(closedAt), zone).toString() <= due;
  const counts = (action: PromisedAction) => isInTime(action) || action.closedAt !== action.promisedAt;
  const inPeriod = promises.filter((action) => action.due !== undefined && fellDue(action.due));
  const due = inPeriod.filter((action) =>
    isKept(action) ? counts(action) : isOpen(action) && action.due !== undefined && daysLate(action.due, now, zone) > 0,
  );
  const kept = due.filter((action) => isKept(action) && isInTime(action));
  const unknown = inPeriod.filter((action) => isKept(action) && !counts(action)).length;
  return { due, unknown, onTime: due.length > 0 ? Math.round((100 * kept.length) / due.length) : undefined };
}
