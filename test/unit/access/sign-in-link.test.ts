import { expect, it } from 'vitest';
import { askedMinute, signInEnds } from '../../../core/access/sign-in-link.ts';

const ends = (asked: string) => signInEnds(askedMinute(new Date(asked)))?.toISOString();

it('is valid for ten minutes at least and eleven at most, and is one for each minute', () => {
  expect(ends('2026-11-23T10:00:00Z')).toBe('2026-11-23T10:11:00.000Z');
  expect(ends('2026-11-23T10:00:59.999Z')).toBe('2026-11-23T10:11:00.000Z');
  expect(ends('2026-11-23T10:01:00Z')).toBe('2026-11-23T10:12:00.000Z');
});

it.each(['', 'engineering-digest', 'ABC', '-1', 'zzzzzzz'])('is never valid for "%s"', (about) =>
  expect(signInEnds(about)).toBeUndefined(),
);
