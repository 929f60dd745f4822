import { expect, it } from 'vitest';
import {
  daysBetween,
  daysLate,
  printDay,
  printDayInFull,
  printDayOf,
  printDays,
  printLength,
  printMoment,
  printMonth,
  printPlainDate,
  printShortLength,
  printTime,
  printZone,
} from '../../../core/calendar/print.ts';

const berlin = 'Europe/Berlin';
const now = new Date('2026-11-23T08:00:00Z');
const minutes = (n: number) => n * 60_000;

it.each([
  [0.5, '1 minute', '1 min'],
  [1, '1 minute', '1 min'],
  [41, '41 minutes', '41 min'],
  [60, '1 hour', '1 h'],
  [185, '3 hours 5 minutes', '3h 5m'],
  [740, '12 hours 20 minutes', '12 h'],
  [1440, '24 hours', '24 h'],
  [2025, '33 hours 45 minutes', '33 h'],
  [2880, '2 days', '2 days'],
  [3850, '2 days 16 hours', '2 days'],
  [2885, '2 days', '2 days'],
])('%d minutes are %s, in short %s', (length, long, short) => {
  expect([printLength(minutes(length)), printShortLength(minutes(length))]).toEqual([long, short]);
});

it('tells days and hours in the zone', () => {
  expect(printDay('2026-11-19T23:20:00Z', berlin)).toBe('Friday 20 November');
  expect(printTime('2026-11-19T23:20:00Z', berlin)).toBe('00:20');
});

it('leaves out the year that is now', () => {
  expect(printPlainDate('2026-12-04', now, berlin)).toBe('4 December');
  expect(printPlainDate('2027-01-04', now, berlin)).toBe('4 January 2027');
  expect(printDayOf('2025-11-03T12:00:00Z', now, berlin)).toBe('3 November 2025');
  expect(printMonth('2026-03-31T23:00:00Z', now, berlin)).toBe('April');
});

it.each(['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland', 'UTC'])(
  'prints a day as that day, without an hour or a zone, in %s',
  (zone) => {
    expect(printDay('2026-11-26', zone)).toBe('Thursday 26 November');
    expect(printDayOf('2025-11-26', now, zone)).toBe('26 November 2025');
    expect(printMoment('2026-11-26', now, zone)).toBe('Thursday 26 November');
  },
);

it('prints the hour with its zone where it is known', () => {
  expect(printMoment('2026-11-19T23:20:00Z', now, berlin)).toBe('Friday 20 November at 00:20, Berlin time');
  expect(printMoment('2025-11-19T23:20:00Z', now, berlin)).toBe('Thursday 20 November 2025 at 00:20, Berlin time');
  expect(printDayInFull('2025-12-31T23:20:00Z', now, berlin)).toBe('Thursday 1 January');
});

it.each([
  ['2026-01-14', '2026-01-19', '14–19 January'],
  ['2026-01-29', '2026-02-02T10:00:00Z', '29 January – 2 February'],
  ['2025-01-29', '2025-02-02', '29 January – 2 February 2025'],
  ['2025-12-30', '2026-01-02', '30 December 2025 – 2 January'],
])('prints the days from %s to %s', (from, to, said) => {
  expect(printDays(from, to, now, berlin)).toBe(said);
});

it('counts days by midnights, not by hours', () => {
  expect(daysBetween('2026-11-22T22:30:00Z', now, berlin)).toBe(1);
  expect(daysBetween('2026-11-22T23:30:00Z', now, berlin)).toBe(0);
});

it('is late from the day after the due day', () => {
  expect(['2026-11-20', '2026-11-23', '2026-12-01'].map((due) => daysLate(due, now, berlin))).toEqual([3, 0, -8]);
});

it('names a zone by its city', () => {
  expect(['Europe/Berlin', 'America/New_York', 'UTC'].map(printZone)).toEqual(['Berlin', 'New York', 'UTC']);
});
