import { expect, it } from 'vitest';
import {
  addWorkingDays,
  isWorkingDay,
  nextWorkingMorning,
  type WorkingCalendar,
  workingDayFrom,
  workingDaysBetween,
} from '../../../core/calendar/working-days.ts';

const berlin: WorkingCalendar = {
  zone: 'Europe/Berlin',
  workdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  holidays: ['2026-12-25', '2027-01-01'],
};

it.each([
  ['2026-12-24', true],
  ['2026-12-25', false],
  ['2026-12-26', false],
  ['2026-12-28', true],
])('%s is a working day: %s', (day, isOne) => {
  expect(isWorkingDay(day, berlin)).toBe(isOne);
});

it('takes the first working day where somebody would be asked on a holiday', () => {
  expect(workingDayFrom('2026-12-25', berlin)).toBe('2026-12-28');
  expect(workingDayFrom('2026-12-28', berlin)).toBe('2026-12-28');
});

it.each([
  ['2026-12-23', 2, '2026-12-28'],
  ['2026-12-23', 5, '2026-12-31'],
  ['2026-12-23', 6, '2027-01-04'],
  ['2026-12-26', 1, '2026-12-28'],
  ['2026-12-26', 0, '2026-12-28'],
  ['2026-12-28', -1, '2026-12-24'],
  ['2026-12-26', -1, '2026-12-24'],
])('%s and %i working days is %s', (day, count, expected) => {
  expect(addWorkingDays(day, count, berlin)).toBe(expected);
});

it('counts the working days between two days', () => {
  expect(workingDaysBetween('2026-12-23', '2026-12-28', berlin)).toBe(2);
  expect(workingDaysBetween('2026-12-28', '2026-12-23', berlin)).toBe(0);
  for (const n of [1, 2, 7, 30]) expect(workingDaysBetween('2026-12-23', addWorkingDays('2026-12-23', n, berlin), berlin)).toBe(n);
});

it('knows weeks that begin on Sunday', () => {
  const riyadh: WorkingCalendar = { zone: 'Asia/Riyadh', workdays: ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday'], holidays: [] };
  expect(addWorkingDays('2026-12-24', 1, riyadh)).toBe('2026-12-27');
});

it('has the next working morning in the zone of the organisation, also over a change of the clocks', () => {
  const at = (now: string) => nextWorkingMorning(new Date(now), '08:00', berlin).toISOString();
  expect(at('2026-12-24T09:00:00Z')).toBe('2026-12-28T07:00:00.000Z');
  // A Thursday by UTC, and Friday in Berlin.
  expect(at('2026-11-26T23:30:00Z')).toBe('2026-11-30T07:00:00.000Z');
  expect(at('2027-03-26T12:00:00Z')).toBe('2027-03-29T06:00:00.000Z');
});

it('ends where nobody ever works', () => {
  const never: WorkingCalendar = { ...berlin, workdays: ['monday'], holidays: [] };
  expect(addWorkingDays('2026-12-24', 1, never)).toBe('2026-12-28');
  expect(workingDayFrom('2026-12-24', { ...berlin, workdays: [] })).toMatch(/^2037-/);
});
