import { expect, it } from 'vitest';
import { shiftSample } from '../../samples/shift-dates.ts';

const monday = new Date('2026-11-23T08:00:00Z');

it('leaves the samples as they are in the week after theirs', () => {
  expect(shiftSample('due 2026-12-04', monday)).toBe('due 2026-12-04');
});

it('moves dates by whole weeks, over the turn of a year too', () => {
  expect(shiftSample('publishedAt: 2026-11-19T15:20:00Z', new Date('2027-01-14T12:00:00Z'))).toBe('publishedAt: 2027-01-07T15:20:00Z');
});

it.each([
  ['2026-11-29T22:59:59Z', '2026-11-16'],
  ['2026-11-29T23:00:00Z', '2026-11-23'],
])('begins the week on Monday in Berlin: %s', (now, moved) => {
  expect(shiftSample('2026-11-16', new Date(now))).toBe(moved);
});

it('is not thrown off by summer time', () => {
  expect(shiftSample('2026-11-16', new Date('2027-07-07T12:00:00Z'))).toBe('2027-06-28');
});

it('leaves dates in links and in words alone', () => {
  const text = 'https://stripe.com/rcas/2019-07-10 and blog/2018-10-30-analysis on 31 January 2017';

  expect(shiftSample(text, new Date('2030-01-01T00:00:00Z'))).toBe(text);
});

it('moves every date of a table and of a list', () => {
  expect(shiftSample('| x | 2026-11-09 | (Network, due 2026-11-27)', new Date('2026-11-30T12:00:00Z'))).toBe(
    '| x | 2026-11-16 | (Network, due 2026-12-04)',
  );
});
