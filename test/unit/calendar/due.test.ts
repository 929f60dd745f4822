import { describe, expect, it } from 'vitest';
import { lastDue } from '../../../core/calendar/due.ts';
import type { Schedule, weekdays } from '../../../core/calendar/schedule.ts';

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
