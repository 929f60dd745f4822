import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDue, nextDue } from '../../../core/calendar/due.ts';
import { type Schedule, weekdays } from '../../../core/calendar/schedule.ts';
import { cronOf } from '../../../lib/constructs/schedules.ts';
import { tries } from '../../support/hostile/fuzz.ts';

describe('any schedule', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
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
      tries(4),
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
      tries(4),
    );
  });
});
