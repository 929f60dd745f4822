import { describe, expect, it } from 'vitest';
import type { Profile, StreamSettings } from '../../../core/subscriber/subscriber.ts';
import { hasJoined, isOnAny, isOnNow, isPaused, isStoodInFor, isSubscribed, pausedUntil } from '../../../core/subscriber/subscription.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-11-23T08:00:00Z');
const [before, later] = ['2026-11-23T07:59:59Z', '2026-11-23T08:00:01Z'];
const stream = 'sev1-alerts';
const settings = (change: Partial<StreamSettings> = {}): StreamSettings => ({
  on: true,
  since: '2026-11-01T00:00:00Z',
  slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }],
  ...change,
});
const reader = (change: Partial<StreamSettings> | undefined, more: Partial<Profile> = {}) =>
  aProfile({ streams: change ? { [stream]: settings(change) } : {}, ...more });

/** One row for each way in which somebody may stand to a stream, and what each question answers. */
describe.each([
  ['on', {}, {}, { onNow: true, subscribed: true, joined: true }],
  ['off', { on: false }, {}, { onNow: false, subscribed: false, joined: false }],
  ['lent for a time to come', { until: later }, {}, { onNow: true, subscribed: true, joined: false }],
  ['lent for a time that is over', { until: before }, {}, { onNow: false, subscribed: false, joined: false }],
  ['lent until this moment', { until: '2026-11-23T08:00:00Z' }, {}, { onNow: false, subscribed: false, joined: false }],
  ['on and not confirmed', {}, { unconfirmed: { at: before } }, { onNow: true, subscribed: true, joined: false }],
  ['on and paused', {}, { snoozedUntil: later }, { onNow: true, subscribed: true, joined: true }],
  ['never theirs', undefined, {}, { onNow: false, subscribed: false, joined: false }],
] as const)('a stream that is %s', (_, change, more, expected) => {
  const profile = reader(change, more);

  it('answers each question', () => {
    expect({
      onNow: isOnNow(profile.streams[stream], now),
      subscribed: isSubscribed(profile, stream, aDistribution(), now),
      joined: hasJoined(profile, stream),
    }).toEqual(expected);
  });
});

describe('a mandatory stream', () => {
  const distribution = aDistribution({ teams: [{ name: 'Payments', leads: ['ada@example.com'] }] });
  const address = 'ada@example.com';

  it('comes although it is off, or was lent for a time that is over', () => {
    expect(isSubscribed(reader({ on: false }, { address }), stream, distribution, now)).toBe(true);
    expect(isSubscribed(reader({ until: before }, { address }), stream, distribution, now)).toBe(true);
    expect(isSubscribed(reader({ on: false }), stream, distribution, now)).toBe(false);
  });

  it('comes to nobody before it is theirs', () => {
    expect(isSubscribed(reader(undefined, { address }), stream, distribution, now)).toBe(false);
  });
});

it.each([
  [undefined, undefined],
  [before, undefined],
  ['2026-11-23T08:00:00Z', undefined],
  [later, later],
])('a pause until %s holds until %s', (snoozedUntil, until) => {
  const profile = aProfile(snoozedUntil ? { snoozedUntil } : {});
  expect(pausedUntil(profile, now)).toBe(until);
  expect(isPaused(profile, now)).toBe(until !== undefined);
});

it('a delegate stands in until their time is over', () => {
  const named = (until: string) => settings({ delegate: { sid: aProfile().sid, until } });
  expect([later, before].map((until) => isStoodInFor(named(until), now))).toEqual([true, false]);
  expect([settings(), undefined].map((one) => isStoodInFor(one, now))).toEqual([false, false]);
});

it('is on any stream by the switch alone', () => {
  const profiles = [reader({}), reader({ until: before }), reader({ on: false }), reader(undefined), undefined];
  expect(profiles.map(isOnAny)).toEqual([true, true, false, false, false]);
});
