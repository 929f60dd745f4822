import { describe, expect, it } from 'vitest';
import { packRange, unpackRange } from '../../../adapters/dynamodb/range-codec.ts';
import type { SendOutcome } from '../../../core/delivery/ports.ts';
import { halvesOf, type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { newRefusals } from '../../../core/delivery/refusals.ts';
import { aLeaf, anEdition, aSid } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';
import { aSweep, listsOf } from '../../support/sweep.ts';

const accepted: SendOutcome = { kind: 'accepted', messageId: 'm' };
const denied: SendOutcome = { kind: 'try later', why: 'unclear', code: 'AccessDenied' };
const refused: SendOutcome = { kind: 'refused', code: 'InvalidParameterValue' };
const leafOf = (world: World) => world.rows.get(keyOf(rootOf(world.edition.id))) as Leaf;
const minute = 60_000;

/** Minute after minute with a sweep, as long as the edition has no tally. */
async function minutes(world: World, most: number): Promise<number> {
  const sweeper = aSweep(world, { open: listsOf(world) });
  for (let n = 0; n < most; n += 1) {
    if (world.rootTally) return n;
    world.now += minute;
    await sweeper.run();
    await world.drain();
  }
  return most;
}

describe('refusals in a row', () => {
  it('are too many with the third reader who is denied, unless a mail was accepted in between', () => {
    const refusals = newRefusals();
    const deny = () => refusals.after(denied, false, 1);
    expect([deny(), deny(), refusals.after(accepted, false, 7), deny(), deny(), deny()]).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      'AccessDenied',
    ]);
    expect(refusals.acceptedAt).toBe(7);
  });

  it('do not count a reader who was denied before, nor what says nothing of the account', () => {
    const refusals = newRefusals();
    for (let n = 0; n < 9; n += 1) expect(refusals.after(denied, true, 1)).toBeUndefined();
    for (const outcome of [{ kind: 'in doubt', code: 'x' }, { kind: 'try later', why: 'throttled', code: 'x' }, refused] as const)
      for (let n = 0; n < 9; n += 1) expect(refusals.after(outcome, false, 1)).toBeUndefined();
  });

  it('are too many with the tenth mail that is refused under one name', () => {
    const refusals = newRefusals();
    const other: SendOutcome = { kind: 'refused', code: 'MessageRejected' };
    for (let n = 0; n < 9; n += 1) expect(refusals.after(refused, false, 1)).toBeUndefined();
    for (let n = 0; n < 9; n += 1) expect(refusals.after(other, false, 1)).toBeUndefined();
    expect(refusals.after(other, false, 1)).toBe('SameRefusal');
    expect(refusals.after(other, false, 1)).toBeUndefined();
  });
});

describe('a reader who is denied while others have their mail', () => {
  const onlyTo =
    (...sids: string[]) =>
    (sid: string) =>
      sids.includes(sid) ? denied : undefined;

  it('holds up nobody: the lane stays open, all others have theirs at once, and the leaf comes again', async () => {
    const world = aWorld(30, { maxSendRate: 20, answer: onlyTo(aSid(0), aSid(7)) });
    expect(await world.deliver()).toEqual({ kind: 'later' });
    expect([world.lane, world.accepted.length, world.queue]).toMatchObject([{}, 28, [{ delay: 20 }]]);
    expect(Object.keys(leafOf(world).denied).toSorted()).toEqual([aSid(0), aSid(7)].toSorted());
    expect(leafOf(world).outcomes[aSid(0)]).toBeUndefined();
  });

  it('is refused for good once that has lasted, and the edition ends', async () => {
    const world = aWorld(30, { answer: onlyTo(aSid(3)) });
    await world.deliver();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 29, 'refused: AccessDenied': 1 });
    expect(leafOf(world)).toMatchObject({ state: 'done', denied: {} });
  });

  it('has the mail where it was for a moment only', async () => {
    const world = aWorld(30, { answer: onlyTo(aSid(3)) });
    await world.deliver();
    world.answer = () => undefined;
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 30 });
  });

  it('holds up nobody either where there are more of them than it takes to stop the lane', async () => {
    const world = aWorld(30);
    const [first = '', second = '', third = '', fourth = ''] = [...world.people.keys()].toSorted();
    world.answer = onlyTo(first, second, third, fourth);
    expect(await world.deliver()).toMatchObject({ kind: 'later' });
    await minutes(world, 60);
    expect(world.rootTally?.counts).toEqual({ accepted: 26, 'refused: AccessDenied': 4 });
    expect(world.lane).toEqual({});
  });

  it('nor where the lane did stop because of them: its probe asks for somebody else', async () => {
    const world = aWorld(30, { maxSendRate: 2 });
    const [first = '', second = '', third = '', fourth = ''] = [...world.people.keys()].toSorted();
    world.answer = onlyTo(first, second, third, fourth);
    expect(await world.deliver()).toMatchObject({ kind: 'stopped', code: 'AccessDenied' });
    expect(world.calls).toHaveLength(3);
    await minutes(world, 60);
    expect(world.rootTally?.counts).toEqual({ accepted: 26, 'refused: AccessDenied': 4 });
    expect(world.lane).toEqual({});
  });

  it('keeps a copy that is sent once more unconfirmed', async () => {
    const alert = anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' });
    const world = aWorld(5, { edition: alert, answer: () => ({ kind: 'in doubt', code: 'TimeoutError' }) });
    for (const [sid, profile] of world.people) {
      const settings = profile.streams['engineering-digest'];
      if (settings) world.people.set(sid, { ...profile, streams: { 'sev1-alerts': settings } });
    }
    await world.deliver();
    world.answer = onlyTo(aSid(1));
    world.now += 5000;
    await world.deliver();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 4, unconfirmed: 1 });
  });
});

describe('a reason that may be everybody’s', () => {
  it('stops the lane after three readers, with all the work kept', async () => {
    const world = aWorld(50, { maxSendRate: 20, answer: () => denied });
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'AccessDenied', isNews: true });
    expect(world.lane.stopped).toMatchObject({ code: 'AccessDenied' });
    expect(leafOf(world)).toMatchObject({ state: 'open', outcomes: {}, submitting: {} });
    expect(world.queue).toEqual([]);
  });

  it('takes nobody’s mail away in two days, and everybody has it when it ends', async () => {
    const world = aWorld(200, { answer: () => denied });
    await world.deliver();
    await world.drain();
    await minutes(world, 2 * 24 * 60);
    expect([world.accepted, world.rootTally]).toEqual([[], undefined]);
    world.answer = () => undefined;
    await minutes(world, 30);
    expect(world.rootTally?.counts).toEqual({ accepted: 200 });
  });

  it('asks for another reader with each probe', async () => {
    const world = aWorld(20, { maxSendRate: 2, answer: () => denied });
    await world.deliver();
    for (let probe = 0; probe < 5; probe += 1) {
      world.now = world.lane.stopped?.probeAt ?? 0;
      expect(await world.deliver()).toMatchObject({ kind: 'stopped', isNews: true });
    }
    expect(new Set(world.calls).size).toBe(world.calls.length);
  });

  it('is said each time where only one reader is left to try, who is kept for a day', async () => {
    const world = aWorld(1, { answer: () => denied });
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'AccessDenied', isNews: true });
    expect(world.lane).toEqual({});
    const began = world.now;
    const delays: number[] = [];
    for (let next = world.queue.shift(); next; next = world.queue.shift()) {
      delays.push(next.delay);
      world.now += next.delay * 1000;
      await world.deliver();
    }
    expect([Math.min(...delays), Math.max(...delays)]).toEqual([20, 900]);
    expect(world.now - began).toBeGreaterThan(24 * 60 * minute);
    expect(world.rootTally?.counts).toEqual({ 'refused: AccessDenied': 1 });
  });
});

describe('a chunk in which three readers are denied while the first call has no answer yet', () => {
  const turns = async (many: number) => {
    for (let n = 0; n < many; n += 1) await Promise.resolve();
  };

  /**
   * Calls leave one after the other, as by the clock. Each has its answer and how long it takes;
   * the rest are accepted at once.
   */
  function answering(...answers: readonly { readonly outcome: SendOutcome; readonly turns: number }[]) {
    const world = aWorld(8, { maxSendRate: 16 });
    const start = world.now;
    const { mailer } = world.deps;
    let place = 0;
    world.deps = {
      ...world.deps,
      waitUntil: async (instant) => {
        await turns(Math.round(instant - start));
        world.now = Math.max(world.now, instant);
      },
      mailer: {
        async send(mail) {
          const scripted = answers[place];
          place += 1;
          world.answer = () => (scripted?.outcome.kind === 'accepted' ? undefined : scripted?.outcome);
          const answer = await mailer.send(mail);
          await turns(scripted?.turns ?? 0);
          return answer;
        },
      },
    };
    return world;
  }
  const atOnce = { outcome: denied, turns: 0 };

  it('goes on with the others once that answer proves the guess wrong, and says nothing of a stop', async () => {
    const world = answering({ outcome: accepted, turns: 2000 }, atOnce, atOnce, atOnce);

    expect(await world.deliver()).toEqual({ kind: 'later' });
    expect(world.lane).toEqual({});
    expect(new Set(world.calls).size).toBe(8);
    expect(world.accepted).toHaveLength(5);
  });

  it('stops the lane all the same where SES says meanwhile that it takes no mail', async () => {
    const stopped: SendOutcome = { kind: 'try later', why: 'stopped', code: 'AccountSendingPaused' };
    const world = answering({ outcome: accepted, turns: 2000 }, { outcome: stopped, turns: 1000 }, atOnce, atOnce, atOnce);

    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'AccountSendingPaused', isNews: true });
    expect(world.lane.stopped).toMatchObject({ code: 'AccountSendingPaused' });
    expect(world.calls).toHaveLength(5);
  });
});

describe('mail after mail refused under one name', () => {
  it('stops the lane; whoever was not tried is kept', async () => {
    const world = aWorld(50, { maxSendRate: 4, answer: () => refused });
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'SameRefusal', isNews: true });
    expect(world.calls).toHaveLength(10);
    expect(world.lane.stopped).toMatchObject({ code: 'SameRefusal' });
    expect(leafOf(world)).toMatchObject({ state: 'open', leaseEndsAt: 0 });
  });

  it('loses one mail a probe as long as it lasts, and is over with one that is accepted', async () => {
    const world = aWorld(50, { maxSendRate: 4, answer: () => refused });
    await world.deliver();
    for (let probe = 1; probe <= 3; probe += 1) {
      world.now = world.lane.stopped?.probeAt ?? 0;
      expect(await world.deliver()).toMatchObject({ kind: 'stopped' });
      expect(world.calls).toHaveLength(10 + probe);
    }
    world.answer = () => undefined;
    world.now = world.lane.stopped?.probeAt ?? 0;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect([world.lane, world.rootTally?.counts]).toEqual([{}, { accepted: 37, 'refused: InvalidParameterValue': 13 }]);
  });

  it('does not stop it for some bad addresses among good ones', async () => {
    const world = aWorld(50);
    world.answer = () => (world.calls.length % 5 === 0 ? undefined : refused);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect([world.lane, world.calls.length]).toEqual([{}, 50]);
  });
});

it('who was denied, and since when, is stored with the leaf; a row from before has nobody', () => {
  const leaf = aLeaf({ denied: { [aSid(1)]: 1_800_000_000_000 } });
  expect(unpackRange(packRange(leaf))).toEqual(leaf);
  expect(packRange(aLeaf())).not.toHaveProperty('denied');
});

describe('a probe of a stopped lane', () => {
  const stopped = { code: 'AccessDenied', since: '2026-11-23T08:00:00Z', probeAt: 0, interval: 20_000 };

  /** Two leaves of one edition, in which some readers were denied. */
  async function twoLeaves(...denied: readonly boolean[]) {
    const world = aWorld(60);
    await world.deliver();
    world.queue.splice(0);
    world.rows.set(keyOf(rootOf(world.edition.id)), { shape: 'split', tallies: {} });
    const ranges = halvesOf(rootOf(world.edition.id));
    for (const [n, range] of ranges.entries()) world.rows.set(keyOf(range), aLeaf({ denied: denied[n] ? { [aSid(n)]: world.now } : {} }));
    world.lane = { stopped };
    const sweeper = aSweep(world, { open: listsOf(world) });
    const travelsWith = async () => {
      world.now += 11 * minute;
      await sweeper.run();
      return world.queue.splice(0).map(({ range }) => range.prefix);
    };
    return { prefixes: ranges.map(({ prefix }) => prefix), travelsWith };
  }

  it('travels with a leaf in which nobody was denied', async () => {
    const { prefixes, travelsWith } = await twoLeaves(true, false);
    expect([await travelsWith(), await travelsWith()]).toEqual([[prefixes[1]], [prefixes[1]]]);
  });

  it('travels with each in turn where somebody was in all of them', async () => {
    const { prefixes, travelsWith } = await twoLeaves(true, true);
    const turns = [await travelsWith(), await travelsWith()];
    expect(turns.flat().toSorted()).toEqual(prefixes.toSorted());
  });
});
