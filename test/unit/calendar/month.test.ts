import { describe, expect, it } from 'vitest';
import { monthBefore, monthOf, monthsUpTo } from '../../../core/calendar/month.ts';

const berlin = 'Europe/Berlin';

it('begins and ends at midnight of the zone, across a change of the clocks', () => {
  expect(monthOf(new Date('2026-10-25T12:00:00Z'), berlin)).toEqual({
    id: '2026-10',
    start: '2026-09-30T22:00:00Z',
    end: '2026-10-31T23:00:00Z',
    label: 'October 2026',
    short: 'Oct',
  });
});

describe('the month before', () => {
  it.each([
    ['2026-10-31T22:59:59Z', '2026-09'],
    ['2026-10-31T23:00:00Z', '2026-10'],
    ['2026-11-01T07:00:00Z', '2026-10'],
    ['2026-03-31T12:00:00Z', '2026-02'],
    ['2026-01-15T12:00:00Z', '2025-12'],
  ])('had ended by %s', (at, id) => {
    expect(monthBefore(new Date(at), berlin).id).toBe(id);
  });
});

it('counts back across a new year, three letters each', () => {
  const months = monthsUpTo(new Date('2026-03-31T12:00:00Z'), 7, berlin);
  expect(months.map(({ id, short }) => `${short} ${id}`)).toEqual([
    'Sep 2025-09',
    'Oct 2025-10',
    'Nov 2025-11',
    'Dec 2025-12',
    'Jan 2026-01',
    'Feb 2026-02',
    'Mar 2026-03',
  ]);
});
