import { describe, expect, it } from 'vitest';
import { reasonToSkip } from '../../../core/delivery/decide.ts';
import { anEdition, aProfile } from '../../builders/delivery.ts';

const edition = anEdition({ cutoff: '2026-11-23T08:00:00Z' });
const now = new Date('2026-11-23T08:01:00Z');
const decide = (profile = aProfile(), slot = 'default') => reasonToSkip(edition, slot, profile, { recalled: false }, now);
const subscribed = (since: string, ...slots: { slot: string; at: string }[]) =>
  aProfile({ streams: { 'engineering-digest': { on: true, since, slots } } });
const always = { slot: 'default', at: '2026-01-01T00:00:00Z' };

describe('the cut-off', () => {
  it('lets in who subscribed at its very instant, told in milliseconds or not', () => {
    expect(decide(subscribed('2026-11-23T08:00:00.000Z', always))).toBeUndefined();
    expect(decide(subscribed('2026-11-23T08:00:00Z', always))).toBeUndefined();
  });

  it('leaves out who subscribed later in the same second', () => {
    expect(decide(subscribed('2026-11-23T08:00:00.001Z', always))).toBe('after cut-off');
  });
});

describe('a slot changed', () => {
  const monday = { slot: 'mon-0700', at: '2026-11-20T00:00:00Z' };
  const later = { slot: 'tue-0900', at: '2026-11-23T08:00:30Z' };

  it('before the cut-off moves the edition to the new slot', () => {
    const profile = subscribed('2026-01-01T00:00:00Z', always, monday);
    expect(decide(profile)).toBe('not due');
    expect(decide(profile, 'mon-0700')).toBeUndefined();
  });

  it('after the cut-off leaves this edition where it was', () => {
    const profile = subscribed('2026-01-01T00:00:00Z', always, monday, later);
    expect(decide(profile, 'mon-0700')).toBeUndefined();
    expect(decide(profile, 'tue-0900')).toBe('not due');
  });
});

it('sends nothing to who is suspended, whatever they are subscribed to', () => {
  expect(decide(aProfile({ suspended: { at: '2026-11-20T00:00:00Z' } }))).toBe('suspended');
});

it('sends again once a snooze is over', () => {
  expect(decide(aProfile({ snoozedUntil: '2026-11-23T08:00:59Z' }))).toBeUndefined();
});
