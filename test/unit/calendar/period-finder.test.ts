import { expect, it } from 'vitest';
import { periodFinder, periodOf } from '../../../core/calendar/recurring.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'];
/**
 * Every thirteen hours of two years, and both sides of a midnight in Berlin on a Monday that begins
 * a month.
 */
const instants = [
  ...Array.from({ length: 1350 }, (_, n) => new Date(Date.UTC(2025, 0, 1, 13 * n)).toISOString()),
  '2026-05-31T21:59:59.999Z',
  '2026-05-31T22:00:00.000Z',
];

it.each(zones.flatMap((zone) => [['week', zone] as const, ['month', zone] as const]))(
  'finds every %s in %s that is worked out one by one',
  (kind, zone) => {
    const find = periodFinder(kind, zone);
    const found = instants.map((instant) => find(instant));
    expect(found).toEqual(instants.map((instant) => periodOf(kind, new Date(instant), zone)));
  },
);

it('works a period out once', () => {
  const find = periodFinder('week', 'Europe/Berlin');
  expect(find('2026-11-18T10:00:00Z')).toBe(find('2026-11-16T10:00:00Z'));
});
