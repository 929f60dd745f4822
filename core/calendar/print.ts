/** Instants, days and lengths of time as people read them. English, 24 hours, in the zone that is given. */
import { Temporal } from 'temporal-polyfill';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { localDay, monthName } from './period.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const counted = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

/** `41 minutes`, `3 hours 5 minutes`, `2 days 4 hours`; two units at most, rounded down, and never less than a minute. */
export function printLength(milliseconds: number): string {
  const [days, hours, minutes] = parts(milliseconds);
  const shown =
    days > 0
      ? [days && counted(days, 'day'), hours && counted(hours, 'hour')]
      : [hours && counted(hours, 'hour'), minutes && counted(minutes, 'minute')];
  return shown.filter(Boolean).join(' ') || '1 minute';
}

/** The same for narrow places, one unit and no more exact than it has to be: `41 min`, `3.1 h`, `14 h`, `2 days`. */
export function printShortLength(milliseconds: number): string {
  if (milliseconds < hour) return `${Math.max(1, Math.floor(milliseconds / minute))} min`;
  if (milliseconds >= 2 * day) return counted(Math.round(milliseconds / day), 'day');
  const hours = milliseconds / hour;
  return `${hours < 10 ? Number(hours.toFixed(1)) : Math.round(hours)} h`;
}

const parts = (milliseconds: number): [days: number, hours: number, minutes: number] => [
  Math.floor(milliseconds / day),
  Math.floor((milliseconds % day) / hour),
  Math.floor((milliseconds % hour) / minute),
];

/** A formatter takes tens of kilobytes outside the heap, so each zone has one: a digest prints thousands of dates. */
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
