/** Prints instants, days and lengths of time for people. English, 24 hours, in the given zone. */

import { Temporal } from 'temporal-polyfill';
import { dayMs, hourMs, minuteMs } from '../shared/duration.ts';
import { hasTime, type Instant, type Moment, type PlainDate } from '../shared/instant.ts';
import { beginOf, dayOf, localDay, monthName } from './period.ts';

const counted = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

/**
 * `41 minutes`, `3 hours 5 minutes`, `33 hours 45 minutes`, `2 days 4 hours`. At most two units,
 * rounded down, and at least one minute.
 */
export function printLength(milliseconds: number): string {
  const { days, hours, minutes } = parts(milliseconds);
  const shown = [days && counted(days, 'day'), hours && counted(hours, 'hour'), minutes && counted(minutes, 'minute')];
  return shown.filter(Boolean).slice(0, 2).join(' ');
}

const hoursAlone = 10;

/**
 * The same for narrow places: `41 min`, `3h 5m`, `33 h`, `2 days`. Never contradicts `printLength`,
 * because one mail may show both.
 */
export function printShortLength(milliseconds: number): string {
  const { days, hours, minutes } = parts(milliseconds);
  if (days > 0) return counted(days, 'day');
  if (hours === 0) return `${minutes} min`;
  return hours < hoursAlone && minutes > 0 ? `${hours}h ${minutes}m` : `${hours} h`;
}

/** Counts days from two on, because people say 33 hours. */
function parts(milliseconds: number) {
  const length = Math.max(minuteMs, milliseconds);
  const days = length < 2 * dayMs ? 0 : Math.floor(length / dayMs);
  const rest = length - days * dayMs;
  return { days, hours: Math.floor(rest / hourMs), minutes: days > 0 ? 0 : Math.floor((rest % hourMs) / minuteMs) };
}

/**
 * Keeps one formatter per zone, because each takes tens of kilobytes outside the heap and a digest
 * prints thousands of dates.
 */
const format = (options: Intl.DateTimeFormatOptions) => {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  return (at: Moment, zone: string) => {
    const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formatters.set(zone, formatter);
    return formatter.format(new Date(beginOf(at, zone))).replace(',', '');
  };
};

/** `Thursday`. */
export const printWeekday = format({ weekday: 'long' });
/** `15:20`. Only for an instant: a day has no time. */
export const printTime: (at: Instant, zone: string) => string = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** `Thursday 19 November`. */
export const printDay = format({ weekday: 'long', day: 'numeric', month: 'long' });

/** `4 December`. Adds the year if it is not the year of `now`. */
export function printPlainDate(date: PlainDate, now: Date, zone: string): string {
  const plain = Temporal.PlainDate.from(date);
  return `${plain.day} ${monthName(plain)}${plain.year === today(now, zone).year ? '' : ` ${plain.year}`}`;
}

/** `3 November`, the day in the zone. Adds the year if it is not the year of `now`. */
export const printDayOf = (at: Moment, now: Date, zone: string): string => printPlainDate(dayOf(at, zone).toString(), now, zone);

/** `19 November 2026`, the day in the zone, for texts that are kept. */
export function printDayAlone(at: Moment, zone: string): string {
  const day = dayOf(at, zone);
  return `${day.day} ${monthName(day)} ${day.year}`;
}

/** `Thursday 19 November`. Adds the year if it is not the year of `now`. */
export const printDayInFull = (at: Moment, now: Date, zone: string): string => `${printWeekday(at, zone)} ${printDayOf(at, now, zone)}`;

/** `Thursday 19 November at 15:20, Berlin time`, or only the day if no time of day is known. */
export const printMoment = (at: Moment, now: Date, zone: string): string =>
  `${printDayInFull(at, now, zone)}${hasTime(at) ? ` at ${printTime(at, zone)}, ${printZone(zone)} time` : ''}`;

/** `14–19 January`, `29 January – 2 February`. Adds the year if it is not the year of `now`. */
export function printDays(from: Moment, to: Moment, now: Date, zone: string): string {
  const [first, last] = [dayOf(from, zone), dayOf(to, zone)];
  const end = printDayOf(to, now, zone);
  if (first.year !== last.year) return `${printDayOf(from, now, zone)} – ${end}`;
  return first.month === last.month ? `${first.day}–${end}` : `${first.day} ${monthName(first)} – ${end}`;
}

/** `March`. Adds the year if it is not the year of `now`. */
export const printMonth = (at: Instant, now: Date, zone: string): string => {
  const then = localDay(new Date(at), zone);
  return then.year === today(now, zone).year ? monthName(then) : `${monthName(then)} ${then.year}`;
};

/** Midnights between two instants, as people count days. Negative if the first is later. */
export const daysBetween = (from: Instant, now: Date, zone: string): number => localDay(new Date(from), zone).until(today(now, zone)).days;

/** How many days ago the due day passed. Zero or less while there is still time. */
export const daysLate = (due: PlainDate, now: Date, zone: string): number => Temporal.PlainDate.from(due).until(today(now, zone)).days;

const today = localDay;

/** `Berlin` for `Europe/Berlin`, as people name their time. */
export const printZone = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
