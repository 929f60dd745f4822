import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDue, nextDue } from '../../../core/calendar/due.ts';
import { type Schedule, weekdays } from '../../../core/calendar/schedule.ts';
import { cronOf } from '../../../lib/constructs/schedules.ts';

const berlin = 'Europe/Berlin';
const weekly = (on: (typeof weekdays)[number], at: string, zone = berlin) => ({ every: 'week', on, at, zone }) as const;
const due = (schedule: Schedule & { zone: string }, at: string) => lastDue(schedule, new Date(at))?.toISOString();

describe('a weekly schedule', () => {
  it('falls due at its own instant and not a moment before', () => {
    expect(due(weekly('monday', '09:00'), '2026-11-23T08:00:00Z')).toBe('2026-11-23T08:00:00.000Z');
    expect(due(weekly('monday', '09:00'), '2026-11-23T07:59:59Z')).toBe('2026-11-16T08:00:00.000Z');
  });

  it('keeps its hour when the clocks change', () => {
    expect(due(weekly('monday', '09:00'), '2026-10-20T12:00:00Z')).toBe('2026-10-19T07:00:00.000Z');
    expect(due(weekly('monday', '09:00'), '2026-10-27T12:00:00Z')).toBe('2026-10-26T08:00:00.000Z');
  });

  it('is not due in an hour that the clocks leave out, and due once in one that they repeat', () => {
    expect(due(weekly('sunday', '02:30'), '2026-03-29T12:00:00Z')).toBe('2026-03-22T01:30:00.000Z');
    expect(due(weekly('sunday', '02:30'), '2026-10-25T12:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('counts days in its zone', () => {
    expect(due(weekly('monday', '00:15', 'Pacific/Auckland'), '2026-11-22T12:00:00Z')).toBe('2026-11-22T11:15:00.000Z');
  });
});

it('a monthly schedule falls due on its day, over New Year too', () => {
  const monthly = { every: 'month', on: 28, at: '08:00', zone: berlin } as const;
  expect(due(monthly, '2027-01-15T12:00:00Z')).toBe('2026-12-28T07:00:00.000Z');
  expect(due(monthly, '2027-03-31T12:00:00Z')).toBe('2027-03-28T06:00:00.000Z');
});

describe('any schedule', () => {
  const zone = fc.constantFrom(berlin, 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
  const at = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
  const schedule = fc.oneof(
    fc.record({ every: fc.constant('week' as const), on: fc.constantFrom(...weekdays), at, zone }),
    fc.record({ every: fc.constant('month' as const), on: fc.integer({ min: 1, max: 28 }), at, zone }),
  );
  const instant = fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2031-01-01T00:00:00Z'), noInvalidDate: true });
  const isAtItsHour = (found: Date, { at, zone }: Schedule & { zone: string }) =>
    new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone }).format(found) === at;

  it('was last due when another calendar says so, but where that calendar moves an hour that was left out', () => {
    fc.assert(
      fc.property(schedule, instant, (one, now) => {
        const [minute, hour, day, month, weekday] = /^cron\((.+) \*\)$/.exec(cronOf(one))?.[1]?.split(' ') ?? [];
        const cron = new Cron(`0 ${minute} ${hour} ${day} ${month} ${weekday}`, { timezone: one.zone, paused: true });
        const others = cron.previousRuns(3, new Date(now.getTime() + 1));
        expect(lastDue(one, now)).toEqual(others.find((found) => isAtItsHour(found, one)));
      }),
      { numRuns: 1000, seed: 20261123 },
    );
  });

  it('is due next at the first instant that was last due then', () => {
    fc.assert(
      fc.property(schedule, instant, (one, now) => {
        const next = nextDue(one, now);
        if (!next) throw new Error('never');
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(lastDue(one, next)).toEqual(next);
        expect(lastDue(one, new Date(next.getTime() - 1))).toEqual(lastDue(one, now));
      }),
      { numRuns: 1000, seed: 20261123 },
    );
  });
});
