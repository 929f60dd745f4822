import { describe, expect, it } from 'vitest';
import { orderOfDates, readDay, readInstant } from '../../../../core/postmortem/reading/moments/dates.ts';

describe('readInstant', () => {
  it.each([
    ['2026-11-19T15:20:00Z', '2026-11-19T15:20:00Z'],
    ['2026-11-19T17:20:00+02:00', '2026-11-19T15:20:00Z'],
    ['2026-11-19T09:50:00-0530', '2026-11-19T15:20:00Z'],
    ['2026-11-19T15:20:00.123456Z', '2026-11-19T15:20:00.123Z'],
    ['2026-11-19', '2026-11-19T00:00:00Z'],
    ['2026-11-19T15:20', '2026-11-19T15:20:00Z'],
    ['2026-11-19 15:20 UTC', '2026-11-19T15:20:00Z'],
    ['1628-08-10', '1628-08-10T00:00:00Z'],
  ])('%s is %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant);
  });

  it.each(['', '11/12/2026', '2026-13-01', '2026-02-29', '2026-11-19T25:00', '1599-12-31', 'yesterday', '2026-11-19T15:20:00+99:00'])(
    '%j is none',
    (text) => {
      expect(readInstant(text)).toBeUndefined();
    },
  );
});

describe('readDay', () => {
  const since = new Date('2026-10-06T12:00:00Z');
  it.each([
    ['2026-12-04', '2026-12-04'],
    ['4 December', '2026-12-04'],
    ['Dec 4th', '2026-12-04'],
    ['1 March', '2027-03-01'],
    ['4 December 2025', '2025-12-04'],
    ['Friday, Dec 4', '2026-12-04'],
    ['04.12.2026', '2026-12-04'],
    ['4.12.', '2026-12-04'],
    ['11/30/2026', '2026-11-30'],
    ['11/30', '2026-11-30'],
    ['2026-12-04 (Friday)', '2026-12-04'],
    ['2026-12-04T23:30:00-05:00', '2026-12-04'],
    ['4. Dezember', '2026-12-04'],
    ['12月4日', '2026-12-04'],
    ['12월 4일', '2026-12-04'],
    ['29 February', undefined],
  ])('%s is %s', (text, day) => {
    expect(readDay(text, since)).toBe(day);
  });

  it.each([
    '31 June',
    'soon',
    '4',
    'May',
    '12/04/2026',
    '4/12',
    '24/7',
    '4-6 December',
    'December 2026',
    '1.2.3',
    '13:05',
    'Fix 4 December',
  ])('%j is none', (text) => {
    expect(readDay(text, since)).toBeUndefined();
  });
});

describe('the order of the numbers in the dates of a document', () => {
  it.each([
    ['It broke on 11/12/2026, due 31/12/2026.', 'day first'],
    ['It broke on 11/12/2026, due 12/31/2026.', 'month first'],
    ['Due 31/12/2026 and 12/31/2026.', undefined],
    ['It broke on 11/12/2026.', undefined],
    ['See 10.0.31/12/2026 and 131/12/2026, 2026-12-31.', undefined],
  ])('of %j is %s', (text, order) => {
    expect(orderOfDates(text)).toBe(order);
  });
});
