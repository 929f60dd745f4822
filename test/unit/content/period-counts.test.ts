import { describe, expect, it } from 'vitest';
import { weekById, weeksUpTo } from '../../../core/calendar/week.ts';
import { countByPeriod, usualTotal } from '../../../core/content/period-counts.ts';

const zone = 'Europe/Berlin';
const last = weekById('2026-W46', zone);
const weeks = last ? weeksUpTo(last, 7, zone) : [];
/** So many incidents in each of the weeks, the oldest first. */
const having = (...totals: number[]) =>
  countByPeriod(
    weeks.slice(-totals.length),
    totals.flatMap((n, i) =>
      Array.from({ length: n }, () => ({ severity: 'sev3' as const, publishedAt: weeks.slice(-totals.length)[i]?.start ?? '' })),
    ),
  );

describe('a usual week', () => {
  it.each([
    ['is the mean of the four before', having(90, 90, 90, 3, 2, 2, 4), 3],
    ['counts a quiet one as none', having(1, 0, 0, 0, 4, 0, 4), 2],
    ['knows nothing of the time before the first postmortem', having(0, 0, 0, 0, 0, 2, 6), 4],
    ['is not known of one week', having(0, 0, 0, 0, 0, 0, 6), undefined],
    ['is not known where only one of the four had any', having(9, 9, 9, 0, 0, 6, 0), undefined],
    ['is not known of nothing', having(0, 0, 0, 0, 0, 0, 0), undefined],
  ])('%s', (_, earlier, usual) => {
    expect(usualTotal(earlier)).toBe(usual);
  });
});

it('counts by the organisation’s own Monday', () => {
  const published = ['2026-11-08T22:59:59Z', '2026-11-08T23:00:00Z'].map((publishedAt) => ({ severity: 'sev1' as const, publishedAt }));
  expect(countByPeriod(weeks.slice(-2), published).map(({ total }) => total)).toEqual([1, 1]);
});

it('counts nothing that is not published', () => {
  expect(countByPeriod(weeks, [{ severity: 'sev1', publishedAt: undefined }]).every(({ total }) => total === 0)).toBe(true);
});
