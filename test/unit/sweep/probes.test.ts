import { describe, expect, it } from 'vitest';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { resendDeliveries } from '../../../core/delivery/resend.ts';
import { aLeaf, aSid } from '../../support/delivery.ts';
import { aWorld, keyOf } from '../../support/delivery-fixture.ts';
import { aSweep, listsOf } from '../../support/sweep.ts';

const stopped = { kind: 'try later', why: 'stopped', code: 'AccountSendingPausedException' } as const;

/**
 * Four people, one of whom an operator asked to be sent to again after the edition was complete.
 */
async function askedAgain() {
  const world = aWorld(4, { answer: (sid) => (sid === aSid(3) ? { kind: 'in doubt', code: 'TimeoutError' } : undefined) });
  const range = rootOf(world.edition.id);
  const leaf = () => world.rows.get(keyOf(range)) as Leaf;
  await world.deliver();
  world.now += 5000;
  await world.deliver();
  const leaves = { find: async () => ({ range, leaf: leaf() }) };
  await resendDeliveries(world.edition, [aSid(3)], { leaves, ranges: world.ledger, now: () => new Date(world.now) });
  world.answer = () => stopped;
  await world.deliver();
  return { world, leaf };
}

describe('a probe that is due', () => {
  it('travels with a copy that was asked for again, where nothing else is left: a complete edition is sent from', async () => {
    const { world, leaf } = await askedAgain();
    expect([world.rootTally?.counts, world.lane.stopped?.code]).toEqual([{ accepted: 3, unconfirmed: 1 }, stopped.code]);
    world.answer = () => undefined;
    const sweeper = aSweep(world, { open: listsOf(world) });
    for (let minute = 0; minute < 11; minute += 1) {
      world.now += 60_000;
      await sweeper.run();
      await world.drain();
    }
    expect([world.lane, leaf().outcomes[aSid(3)]?.kind, leaf().state]).toEqual([{}, 'accepted', 'done']);
  });

  it('does so with one message for each probe, not with one a minute', async () => {
    const { world } = await askedAgain();
    world.calls.length = 0;
    const sweeper = aSweep(world, { open: listsOf(world) });
    let messages = 0;
    for (let minute = 0; minute < 60; minute += 1) {
      world.now += 60_000;
      await sweeper.run();
      messages += world.queue.length;
      await world.drain();
    }
    expect(messages).toBe(world.calls.length);
    expect(messages).toBeGreaterThan(3);
    expect(messages).toBeLessThan(12);
  });

  it('leaves that copy alone while its edition is paused', async () => {
    const { world } = await askedAgain();
    world.edition = { ...world.edition, paused: true };
    world.now += 3_600_000;
    await aSweep(world, { open: listsOf(world) }).run();
    expect(world.queue).toEqual([]);
  });

  it('goes to work that asks SES, however many leaves settle doubts without a call', async () => {
    const world = aWorld(5000);
    // SES answers 503 to most of an edition and near its end says that the account is paused.
    const most = () => (world.calls.length % 7 === 0 ? undefined : ({ kind: 'in doubt', code: 'ServiceUnavailable' } as const));
    world.answer = () => (world.calls.length <= 4980 ? most() : stopped);
    await world.deliver();
    await world.drain();
    expect(world.lane.stopped?.code).toBe(stopped.code);
    world.answer = () => undefined;
    const sweeper = aSweep(world, { open: listsOf(world) });
    world.now += 60_000;
    await sweeper.run();
    await world.drain();
    expect(world.lane).toEqual({});
  });

  it('finds that work beyond the five hundred rows of a run', async () => {
    const world = aWorld(0);
    world.lane = { stopped: { code: stopped.code, since: '2026-11-23T08:00:00Z', probeAt: world.now, interval: 20_000 } };
    for (let depth = 0; depth < 10; depth += 1)
      for (let n = 0; n < 2 ** depth; n += 1)
        world.rows.set(keyOf({ ...rootOf('e'), prefix: depth ? n.toString(2).padStart(depth, '0') : '' }), { shape: 'split', tallies: {} });
    const last = { ...rootOf(world.edition.id), prefix: '1'.repeat(10) };
    world.rows.set(keyOf(last), aLeaf());
    const sweeper = aSweep(world, { isQueueEmpty: async () => false });
    for (let run = 0; run < 8 && world.queue.length === 0; run += 1) await sweeper.run();
    expect(world.queue.map(({ range }) => range)).toEqual([last]);
  });
});

it('doubts that make no call are settled in a stopped lane too, and no probe is spent on them', async () => {
  const world = aWorld(3, { answer: (sid) => (sid === aSid(2) ? { kind: 'in doubt', code: 'TimeoutError' } : undefined) });
  await world.deliver();
  const stop = { code: stopped.code, since: '2026-11-23T08:00:00Z', probeAt: world.now + 600_000, interval: 600_000 };
  world.lane = { stopped: stop };
  world.now += 60_000;
  await aSweep(world, { open: listsOf(world) }).run();
  await world.drain();
  expect([world.rootTally?.counts, world.lane.stopped]).toEqual([{ accepted: 2, unconfirmed: 1 }, stop]);
});
