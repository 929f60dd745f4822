import { expect, it } from 'vitest';
import { Instant, isAfter, PlainDate } from '../../../core/shared/instant.ts';

it.each(['2026-02-30', '2026-13-01', '2025-02-29', '26-01-01'])('is no day: %s', (text) => {
  expect(PlainDate.safeParse(text).success).toBe(false);
  expect(Instant.safeParse(`${text}T10:00:00Z`).success).toBe(false);
});

it.each(['2024-02-29', '1628-08-10'])('is a day: %s', (text) => {
  expect(PlainDate.safeParse(text).success).toBe(true);
  expect(Instant.safeParse(`${text}T10:00:00Z`).success).toBe(true);
});

it('tells instants with and without a fraction apart', () => {
  expect(isAfter('2026-11-23T08:00:00.001Z', '2026-11-23T08:00:00Z')).toBe(true);
  expect(isAfter('2026-11-23T08:00:00Z', '2026-11-23T08:00:00.000Z')).toBe(false);
});
