import { describe, expect, it } from 'vitest';
import { isWithin } from '../../../core/calendar/period.ts';
import { weekBefore, weekById, weekOf, weeksUpTo } from '../../../core/calendar/week.ts';

const berlin = 'Europe/Berlin';

describe('weekOf', () => {
  it('begins on Monday at midnight of the zone', () => {
    expect(weekOf(new Date('2026-11-19T12:00:00Z'), berlin)).toEqual({
      id: '2026-W47',
      start: '2026-11-15T23:00:00Z',
      end: '2026-11-22T23:00:00Z',
      label: '16–22 November 2026',
      short: 'W47',
    });
  });

  it('counts an instant by its local day', () => {
    const sundayNight = new Date('2026-11-22T23:30:00Z');
    expect(weekOf(sundayNight, berlin).id).toBe('2026-W48');
    expect(weekOf(sundayNight, 'UTC').id).toBe('2026-W47');
  });

  it.each([
    ['2026-03-25T12:00:00Z', 167],
    ['2026-10-21T12:00:00Z', 169],
  ])('follows the clocks when they change in the week of %s', (at, hours) => {
    const week = weekOf(new Date(at), berlin);
    expect((Date.parse(week.end) - Date.parse(week.start)) / 3_600_000).toBe(hours);
  });

  it('knows week 53 and names both years', () => {
    expect(weekOf(new Date('2027-01-02T12:00:00Z'), berlin)).toMatchObject({ id: '2026-W53', label: '28 December 2026 – 3 January 2027' });
  });

  it('names both months', () => {
    expect(weekOf(new Date('2026-12-01T12:00:00Z'), berlin).label).toBe('30 November – 6 December 2026');
  });
});

describe('weekBefore', () => {
  it.each(['2026-11-22T23:00:00Z', '2026-11-23T08:00:00Z', '2026-11-29T22:59:59Z'])('is the last week that had ended by %s', (at) => {
    expect(weekBefore(new Date(at), berlin).id).toBe('2026-W47');
  });
});

describe('weekById', () => {
  it('gives the same week as an instant in it', () => {
    expect(weekById('2026-W47', berlin)).toEqual(weekOf(new Date('2026-11-19T12:00:00Z'), berlin));
    expect(weekById('2026-W53', berlin)?.id).toBe('2026-W53');
  });

  it.each(['2026-W54', '2025-W53', '2026-W00', '2026-47', 'W47'])('has no week for %s', (id) => {
    expect(weekById(id, berlin)).toBeUndefined();
  });
});

it('a week holds its first instant and not its last', () => {
  const week = weekOf(new Date('2026-11-19T12:00:00Z'), berlin);
  expect([week.start, week.end, '2026-11-22T22:59:59.999Z'].map((at) => isWithin(week, at))).toEqual([true, false, true]);
});

describe('weeks in a row', () => {
  const row = (at: string, count: number) => weeksUpTo(weekOf(new Date(at), 'Europe/Berlin'), count, 'Europe/Berlin');

  it('end with the given one, over New Year too', () => {
    expect(row('2027-01-06T12:00:00Z', 4).map(({ id }) => id)).toEqual(['2026-W51', '2026-W52', '2026-W53', '2027-W01']);
  });

  it('leave no hour between them, whatever the clocks do', () => {
    const weeks = row('2026-11-01T12:00:00Z', 8);
    expect(weeks.slice(1).map(({ start }) => start)).toEqual(weeks.slice(0, -1).map(({ end }) => end));
  });
});
