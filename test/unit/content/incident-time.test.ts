import { expect, it } from 'vitest';
import { lengthOf, roughLengthOf, timeToDetect, timeToMitigate, timeToResolve } from '../../../core/content/incident-time.ts';

const days = (n: number) => n * 86_400_000;
const berlin = 'Europe/Berlin';

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
  ['local days: 23:30 in UTC is the next day', '2026-01-14', '2026-01-14T23:30:00Z', days(2)],
  ['nothing backwards', '2026-01-15', '2026-01-14', undefined],
  ['by the minute where both have a time', '2026-01-14T10:00:00Z', '2026-01-14T10:41:00Z', 41 * 60_000],
])('counts roughly: %s', (_, startedAt, resolvedAt, length) => {
  expect(roughLengthOf({ startedAt, resolvedAt }, berlin)).toBe(length);
});
