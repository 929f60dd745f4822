/**
 * Instants, days and lengths of time as people read them. English, 24 hours, in the zone that is
 * given.
 */

import { Temporal } from 'temporal-polyfill';
import { dayMs, hourMs, minuteMs } from '../shared/duration.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { localDay, monthName } from './period.ts';

const counted = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

/**
 * `41 minutes`, `3 hours 5 minutes`, `33 hours 45 minutes`, `2 days 4 hours`; two units at most,
 * rounded down, and never less than a minute.
 */
export function printLength(milliseconds: number): string {
  const { days, hours, minutes } = parts(milliseconds);
  const shown = [days && counted(days, 'day'), hours && counted(hours, 'hour'), minutes && counted(minutes, 'minute')];
  return shown.filter(Boolean).slice(0, 2).join(' ');
}

const hoursAlone = 10;

/**
 * The same for narrow places: `41 min`, `3h 5m`, `33 h`, `2 days`. Never another number than
 * `printLength` has, for both stand in one mail.
 */
export function printShortLength(milliseconds: number): string {
  const { days, hours, minutes } = parts(milliseconds);
  if (days > 0) return counted(days, 'day');
  if (hours === 0) return `${minutes} min`;
  return hours < hoursAlone && minutes > 0 ? `${hours}h ${minutes}m` : `${hours} h`;
}

/** Days from two on: people say 33 hours. */
function parts(milliseconds: number) {
  const length = Math.max(minuteMs, milliseconds);
  const days = length < 2 * dayMs ? 0 : Math.floor(length / dayMs);
  const rest = length - days * dayMs;
  return { days, hours: Math.floor(rest / hourMs), minutes: days > 0 ? 0 : Math.floor((rest % hourMs) / minuteMs) };
}

/**
 * A formatter takes tens of kilobytes outside the heap, so each zone has one: a digest prints
 * thousands of dates.
 */
const format = (options: Intl.DateTimeFormatOptions) => {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  return (at: Instant, zone: string) => {
    const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    formatters.set(zone, formatter);
    return formatter.format(new Date(at)).replace(',', '');
  };
};

/** `Thursday`. */
export const printWeekday = format({ weekday: 'long' });
/** `15:20`. */
export const printTime = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
/** `Thursday 19 November`. */
export const printDay = format({ weekday: 'long', day: 'numeric', month: 'long' });

/** `4 December`; with the year where it is not the year of `now`. */
export function printPlainDate(date: PlainDate, now: Date, zone: string): string {
  const plain = Temporal.PlainDate.from(date);
  return `${plain.day} ${monthName(plain)}${plain.year === today(now, zone).year ? '' : ` ${plain.year}`}`;
}

/** `3 November` of an instant's local day; with the year where it is not the year of `now`. */
export const printDayOf = (at: Instant, now: Date, zone: string): string =>
  printPlainDate(localDay(new Date(at), zone).toString(), now, zone);

/** `March`; with the year where it is not the year of `now`. */
export const printMonth = (at: Instant, now: Date, zone: string): string => {
  const then = localDay(new Date(at), zone);
  return then.year === today(now, zone).year ? monthName(then) : `${monthName(then)} ${then.year}`;
};

/** Midnights between two points in time, as people count days; negative when the first is later. */
export const daysBetween = (from: Instant, now: Date, zone: string): number => localDay(new Date(from), zone).until(today(now, zone)).days;

/** How many days a due day has passed; zero or less while there is still time. */
export const daysLate = (due: PlainDate, now: Date, zone: string): number => Temporal.PlainDate.from(due).until(today(now, zone)).days;

const today = localDay;

/** `Berlin` of `Europe/Berlin`: how people name the clock they read. */
export const printZone = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
