import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { waveDue } from '../../../core/edition/waves.ts';
import { slotOf, weekHourOf } from '../../../core/subscriber/slot.ts';
import { tries } from '../../support/hostile/fuzz.ts';

/**
 * With and without summer time, north and south, and with offsets of half and three quarter hours.
 */
const places = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Santiago',
];
const hour = 3600_000;
/** Clocks change at night, on Sundays, and in a few places on Fridays and Saturdays. */
const hours = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 }));
const weekdays = fc.oneof(fc.integer({ min: 5, max: 7 }), fc.integer({ min: 1, max: 7 }));
const slots = fc
  .record({ weekday: weekdays, hour: hours, zone: fc.constantFrom(...places) })
  .map((at) => slotOf({ frequency: 'weekly', at }, 'engineering-digest') ?? '');
/** Days from which the next week has a change of the clocks somewhere, and any others. */
const changes = ['2026-03-05', '2026-03-24', '2026-04-02', '2026-04-20', '2026-09-03', '2026-10-01', '2026-10-21', '2026-10-28'];
const days = fc.oneof(
  fc.record({ from: fc.constantFrom(...changes), days: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ from: fc.constant('2026-01-01'), days: fc.integer({ min: 0, max: 800 }) }),
);
const instants = fc
  .record({ day: days, quarter: fc.integer({ min: 0, max: 95 }) })
  .map(({ day, quarter }) => new Date(Date.parse(day.from) + (day.days * 24 + quarter / 4) * hour));

it('leaves within seven days, on the day and at the hour of the slot, and never again before the next week', async () => {
  await fc.assert(
    fc.property(slots, instants, (slot, from) => {
      const at = weekHourOf(slot);
      if (!at) throw new Error(`no hour in ${slot}`);
      const due = Date.parse(waveDue(slot, from.toISOString()));
      expect(due - from.getTime()).toBeGreaterThanOrEqual(0);
      expect(due - from.getTime()).toBeLessThanOrEqual(7 * 24 * hour + 2 * hour);

      const local = Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(at.zone);
      const before = Temporal.Instant.fromEpochMilliseconds(due - 1).toZonedDateTimeISO(at.zone);
      const isAtHour = local.dayOfWeek === at.weekday && local.hour === at.hour && local.minute === 0;
      const isAfterGap =
        Temporal.PlainDateTime.compare(before, local.toPlainDateTime()) < 0 && local.offsetNanoseconds > before.offsetNanoseconds;
      expect(isAtHour || isAfterGap).toBe(true);
      // The first time of an hour that comes twice.
      expect(before.hour === at.hour && before.minute === 0).toBe(false);

      const next = Date.parse(waveDue(slot, new Date(due + 1).toISOString()));
      expect(Math.abs(next - due - 7 * 24 * hour)).toBeLessThanOrEqual(2 * hour);
    }),
    tries(),
  );
});
