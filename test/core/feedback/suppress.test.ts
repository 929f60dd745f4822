import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liftSuppression } from '../../../core/feedback/lift-suppression.ts';
import { afterCause, type Cause, suppress } from '../../../core/feedback/suppress.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../builders/delivery.ts';
import { peopleInMemory } from '../subscriber/people-in-memory.ts';

const at = (day: number, hour = 8) => `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
const complaint = (day: number): Cause => ({ kind: 'complaint', edition: `e${day}`, at: at(day) });
const bounce = (day: number): Cause => ({ kind: 'permanent bounce', edition: `e${day}`, at: at(day) });
const turnedAway = (day: number, edition = `e${day}`): Cause => ({ kind: 'transient bounce', edition, at: at(day) });
const told = (causes: readonly Cause[], profile = aProfile()): Profile =>
  causes.reduce((known, cause) => afterCause(known, cause) ?? known, profile);
const withoutRevision = ({ revision: _, ...rest }: Profile) => rest;

describe('a cause', () => {
  it('suppresses at once where it is a permanent bounce or a complaint', () => {
    expect(told([bounce(2)]).suppressed).toEqual({ reason: 'permanent bounce', at: at(2) });
    expect(told([complaint(2)]).suppressed).toEqual({ reason: 'complaint', at: at(2) });
  });

  it('changes nothing the second time', () => {
    for (const cause of [bounce(2), complaint(2), turnedAway(2)]) expect(afterCause(told([cause]), cause)).toBeUndefined();
  });

  it('F19: leads to the same profile in any order and with any repetition', () => {
    const aCause = fc.record({
      kind: fc.constantFrom<Cause['kind'][]>('complaint', 'permanent bounce', 'transient bounce', 'transient bounce', 'transient bounce'),
      edition: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
      at: fc.integer({ min: 1, max: 28 }).map((day) => at(day)),
    });
    const both = fc
      .array(aCause, { minLength: 1, maxLength: 10 })
      .chain((causes) => fc.tuple(fc.constant(causes), fc.shuffledSubarray([...causes, ...causes], { minLength: causes.length * 2 })));
    fc.assert(
      fc.property(both, ([causes, again]) => void expect(withoutRevision(told(again))).toEqual(withoutRevision(told(causes)))),
      { numRuns: 1000 },
    );
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

  it('of longer ago than thirty days are forgotten', () => {
    const old = ['2026-10-01T08:00:00Z', '2026-10-08T08:00:00Z'].map((day): Cause => ({ kind: 'transient bounce', edition: day, at: day }));
    const profile = told([...old, turnedAway(20)]);
    expect(profile.suppressed).toBeUndefined();
    expect(profile.softBounces).toEqual([{ edition: 'e20', at: at(20) }]);
  });

  it('never make a profile large', () => {
    const many = Array.from({ length: 500 }, (_, n): Cause => ({ kind: 'transient bounce', edition: `e${n}`, at: at(1, n % 24) }));
    expect(told(many).softBounces).toHaveLength(30);
  });
});

describe('a suppression that an operator lifted', () => {
  const lifted = async (profile: Profile) => {
    const { deps, profiles } = peopleInMemory();
    profiles.set(profile.sid, profile);
    const lifts = await liftSuppression([profile], { store: deps.people, now: () => at(10) });
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
  it('wins against writers of the same profile, and keeps what they wrote', async () => {
    const { deps, profiles, beforeNextWrite, log } = peopleInMemory();
    const one = aProfile();
    profiles.set(one.sid, one);
    beforeNextWrite(() => profiles.set(one.sid, { ...one, name: 'Changed meanwhile', revision: 2 }));

    expect(await suppress(one, complaint(2), deps.people)).toBe('suppressed');
    expect(await suppress(one, complaint(2), deps.people)).toBe('unchanged');

    expect(profiles.get(one.sid)).toMatchObject({ name: 'Changed meanwhile', suppressed: { reason: 'complaint' }, revision: 3 });
    expect(log).toEqual(['lost', 'profile']);
  });

  it('against somebody who is not there makes nobody', async () => {
    const { deps, profiles } = peopleInMemory();
    expect(await suppress(aProfile(), bounce(2), deps.people)).toBe('nobody');
    expect(profiles.size).toBe(0);
  });
});
