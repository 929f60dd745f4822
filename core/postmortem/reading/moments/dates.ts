import { dayMs } from '../../../shared/duration.ts';
import type { Instant, Moment, PlainDate } from '../../../shared/instant.ts';
import type { DateOrder } from './moments.ts';
import { piecesOf } from './pieces.ts';
import { readMoments } from './read-moments.ts';
import { existing } from './resolve.ts';
import { tellingsOf } from './tellings.ts';

/**
 * Reads an instant in any form of `readMoments`. Without an offset it is UTC, and a day alone is
 * its midnight in UTC. Cuts off anything finer than milliseconds. Undefined if it is unclear or no
 * date, if the date does not exist, or if it is before the year 1600.
 */
export function readInstant(text: string): Instant | undefined {
  const read = readMoments(text, { zone: 'UTC' });
  if (read.kind !== 'moments') return undefined;
  return read.start.includes('T') ? read.start : `${read.start}T00:00:00Z`;
}

/**
 * The order of numbers that the dates of a document show: `31/10/2026` has the day first. Undefined
 * if they do not agree. `usual`: that of its language, which counts if no date shows it.
 */
export function orderOfDates(text: string, usual?: DateOrder): DateOrder | undefined {
  const orders = new Set<DateOrder>();
  for (const [, first, , second] of text.matchAll(/(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2\d{4}(?![\d/-])/g)) {
    if (Number(first) > 12) orders.add('day first');
    if (Number(second) > 12) orders.add('month first');
  }
  const [order, ...others] = orders;
  return others.length > 0 ? undefined : (order ?? usual);
}

const longestDay = 60;

/**
 * Reads a day in any form of `readMoments`: `2026-12-04`, `4 December 2026`, `Dec 4`, `04.12.2026`.
 * Without a year it is the first such day from `since` on, in that year or the next. Undefined if
 * it has two readings, such as `12/04/2026`, or is a range.
 */
export function readDay(text: string, since: Date): PlainDate | undefined {
  const trimmed = text.trim();
  if (trimmed.length > longestDay || !/\p{Nd}/u.test(trimmed)) return undefined;
  const [telling, ...others] = tellingsOf(piecesOf(trimmed)) ?? [];
  const [side, ...more] = telling?.sides ?? [];
  const [day, ...otherDays] = side?.readings ?? [];
  if (day?.month === undefined || others.length > 0 || more.length > 0 || otherDays.length > 0 || side?.isNoClock) return undefined;
  const year = day.year ?? side?.year;
  if (year !== undefined) return existing(year, day.month, day.day);
  const [from, thisYear] = [since.toISOString().slice(0, 10), since.getUTCFullYear()];
  return [existing(thisYear, day.month, day.day), existing(thisYear + 1, day.month, day.day)].find(
    (candidate) => candidate !== undefined && candidate >= from,
  );
}

/**
 * Whether a time is in the future. A day ahead may be today elsewhere, or a clock that is wrong.
 */
export const isAhead = (at: Moment, now: Date): boolean => Date.parse(at) > now.getTime() + dayMs;
