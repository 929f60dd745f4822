import { beforeEach, describe, expect, it } from 'vitest';
import { afterCause, type Cause, suppress } from '../../../core/feedback/suppress.ts';
import { liftSuppression } from '../../../core/people/lift-suppression.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

const at = (day: number, hour = 8) => `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
const complaint = (day: number): Cause => ({ kind: 'complaint', edition: `e${day}`, at: at(day) });
const bounce = (day: number): Cause => ({ kind: 'permanent bounce', edition: `e${day}`, at: at(day) });
const turnedAway = (day: number, edition = `e${day}`): Cause => ({ kind: 'transient bounce', edition, at: at(day) });
const told = (causes: readonly Cause[], profile = aProfile()): Profile =>
  causes.reduce((known, cause) => afterCause(known, cause) ?? known, profile);

describe('a cause', () => {
  it('suppresses at once where it is a permanent bounce or a complaint', () => {
    expect(told([bounce(2)]).suppressed).toEqual({ reason: 'permanent bounce', at: at(2) });
    expect(told([complaint(2)]).suppressed).toEqual({ reason: 'complaint', at: at(2) });
  });

  it('changes nothing the second time', () => {
    for (const cause of [bounce(2), complaint(2), turnedAway(2)]) expect(afterCause(told([cause]), cause)).toBeUndefined();
  });

  it('leaves a decision of an operator as it is', () => {
    const decided = aProfile({ suppressed: { reason: 'asked us by telephone', at: at(20) } });
    expect(afterCause(decided, complaint(2))).toBeUndefined();
  });
});

describe('F21: transient bounces', () => {
  it.each([
    ['of three editions within thirty days, a week apart', [1, 8, 15], at(15)],
    ['of five weekly editions', [1, 8, 15, 22, 29], at(15)],
    ['of two editions', [1, 8], undefined],
    ['of many editions within six days', [1, 2, 3, 4, 5, 6, 7], undefined],
  ])('%s', (_what, days, since) => {
    expect(told(days.map((day) => turnedAway(day))).suppressed?.at).toBe(since);
  });

  it('of one edition count once, however often it is sent', () => {
    expect(told([turnedAway(1, 'e'), turnedAway(9, 'e'), turnedAway(16, 'e')]).suppressed).toBeUndefined();
  });

  const old = (...days: string[]) => days.map((day): Cause => ({ kind: 'transient bounce', edition: day, at: `${day}T08:00:00Z` }));

  it('count together though the one between them is told a month late', () => {
    const [first, second, third] = old('2026-09-01', '2026-09-08', '2026-09-15');
    expect(told([first, second, turnedAway(20), third].flatMap((one) => one ?? [])).suppressed).toMatchObject({ at: third?.at });
  });

  it('of more than thirty days apart do not count together', () => {
    expect(told([...old('2026-10-01', '2026-10-08'), turnedAway(20)]).suppressed).toBeUndefined();
  });

  it('of longer ago than 120 days are forgotten', () => {
    expect(told([...old('2026-07-01', '2026-07-24'), turnedAway(20)]).softBounces?.map(({ edition }) => edition)).toEqual([
      '2026-07-24',
      'e20',
    ]);
  });

  it('never make a profile large: three editions a day tell all that a hundred would', () => {
    const many = Array.from({ length: 500 }, (_, n): Cause => ({ kind: 'transient bounce', edition: `e${n}`, at: at(1, 23 - (n % 24)) }));
    expect(told(many).softBounces).toEqual(['e119', 'e143', 'e167'].map((edition) => ({ edition, at: at(1, 0) })));
  });
});

describe('a suppression that an operator lifted', () => {
  const lifted = async (profile: Profile) => {
    const { deps, profiles } = peopleInMemory();
    profiles.set(profile.sid, profile);
    const lifts = await liftSuppression([profile], { store: deps.people, refusals: { lift: async () => undefined }, now: () => at(10) });
    return { lifts, profile: profiles.get(profile.sid) ?? profile };
  };

  it('is gone, and tells what it was', async () => {
    const { lifts, profile } = await lifted(told([complaint(2)]));
    expect(lifts).toMatchObject([{ was: { reason: 'complaint', at: at(2) } }]);
    expect(profile).toMatchObject({ lifted: { at: at(10) }, revision: 3 });
    expect(profile.suppressed).toBeUndefined();
  });

  it('does not come back by what happened before, whenever that is told', async () => {
    const { profile } = await lifted(told([complaint(2), turnedAway(1), turnedAway(8)]));
    expect(profile.softBounces).toBeUndefined();
    expect(told([complaint(2), bounce(9), turnedAway(1), turnedAway(8)], profile)).toEqual(profile);
  });

  it('comes back by what happens afterwards', async () => {
    const { profile } = await lifted(told([complaint(2)]));
    expect(told([bounce(11)], profile).suppressed).toEqual({ reason: 'permanent bounce', at: at(11) });
  });

  it('changes nothing where nothing was suppressed', async () => {
    const { lifts, profile } = await lifted(aProfile());
    expect([lifts, profile]).toEqual([[{ realm: 'staff', sid: aProfile().sid }], aProfile()]);
  });
});

describe('recording a cause', () => {
  const kept: unknown[] = [];
  const refusals = { refuse: async (...all: unknown[]) => void kept.push(all) };
  beforeEach(() => void kept.splice(0));

  it('wins against writers of the same profile, and keeps what they wrote', async () => {
    const { deps, profiles, beforeNextWrite, log } = peopleInMemory();
    const one = aProfile();
    profiles.set(one.sid, one);
    beforeNextWrite(() => profiles.set(one.sid, { ...one, name: 'Changed meanwhile', revision: 2 }));

    expect(await suppress(one, complaint(2), deps.people, refusals)).toBe('suppressed');
    expect(await suppress(one, complaint(2), deps.people, refusals)).toBe('unchanged');

    expect(profiles.get(one.sid)).toMatchObject({ name: 'Changed meanwhile', suppressed: { reason: 'complaint' }, revision: 3 });
    expect(log).toEqual(['lost', 'profile']);
    expect(kept).toEqual([]);
  });

  it.each([
    ['was erased', undefined],
    ['has not confirmed, and goes by themselves', { at: at(1) }],
  ])('keeps a complaint and a dead address of somebody who %s', async (_, unconfirmed) => {
    const { deps, profiles } = peopleInMemory();
    const one = aProfile(unconfirmed && { unconfirmed });
    if (unconfirmed) profiles.set(one.sid, one);
    await suppress(one, complaint(2), deps.people, refusals);
    await suppress(one, bounce(3), deps.people, refusals);
    await suppress(one, turnedAway(4), deps.people, refusals);
    expect(kept).toEqual([
      [one.sid, { reason: 'complaint', at: at(2) }],
      [one.sid, { reason: 'permanent bounce', at: at(3) }],
    ]);
  });

  it('against somebody who is not there makes nobody', async () => {
    const { deps, profiles } = peopleInMemory();
    expect(await suppress(aProfile(), bounce(2), deps.people, refusals)).toBe('nobody');
    expect(profiles.size).toBe(0);
  });
});
