import { expect, it } from 'vitest';
import { lengthOf, roughLengthOf, timeToDetect, timeToMitigate, timeToResolve } from '../../../core/content/incident-time.ts';

const days = (n: number) => n * 86_400_000;

it.each([
  ['a day', { startedAt: '2026-01-14', detectedAt: '2026-01-14', mitigatedAt: '2026-01-14', resolvedAt: '2026-01-19' }],
  ['a day at the start', { startedAt: '2026-01-14', detectedAt: '2026-01-14T10:00:00Z', mitigatedAt: '2026-01-15T10:00:00Z' }],
  ['a day at the end', { startedAt: '2026-01-14T10:00:00Z', detectedAt: '2026-01-15', mitigatedAt: '2026-01-15' }],
])('measures nothing by the minute where there is %s', (_, times) => {
  for (const measure of [lengthOf, timeToDetect, timeToMitigate, timeToResolve]) expect(measure(times)).toBeUndefined();
});

it.each([
  ['both days, the first and the last included', '2026-01-14', '2026-01-19', days(6)],
  ['nothing of one day', '2026-01-14', '2026-01-14', undefined],
  ['nothing of one day with an hour', '2026-01-14', '2026-01-14T20:00:00Z', undefined],
  ['nothing of a day and an hour of the next: it may be the same day elsewhere', '2026-11-27', '2026-11-28T00:59:00Z', undefined],
  ['nothing of an hour and a day', '2026-01-14T10:00:00Z', '2026-01-16', undefined],
  ['nothing backwards', '2026-01-15', '2026-01-14', undefined],
  ['by the minute where both have a time', '2026-01-14T10:00:00Z', '2026-01-14T10:41:00Z', 41 * 60_000],
])('counts roughly: %s', (_, startedAt, resolvedAt, length) => {
  expect(roughLengthOf({ startedAt, resolvedAt })).toBe(length);
});
