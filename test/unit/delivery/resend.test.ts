import { describe, expect, it } from 'vitest';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { resendDeliveries } from '../../../core/delivery/resend.ts';
import type { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { aSid } from '../../support/delivery.ts';
import { aWorld, keyOf } from '../../support/delivery-fixture.ts';

/** A digest to four; of two of them nobody knows whether they got it. */
async function aFinishedWorld() {
  const world = aWorld(4, {
    answer: (sid) => (sid === aSid(2) || sid === aSid(3) ? { kind: 'in doubt', code: 'TimeoutError' } : undefined),
  });
  const range = rootOf(world.edition.id);
  const leafOf = () => world.rows.get(keyOf(range)) as Leaf;
  await world.deliver();
  world.now += 5000;
  await world.deliver();
  world.answer = () => undefined;
  const resend = (...people: SubscriberId[]) =>
    resendDeliveries(world.edition, people, {
      leaves: { find: async () => ({ range, leaf: leafOf() }) },
      ranges: world.ledger,
      now: () => new Date(world.now),
    });
  return { world, leafOf, resend };
}

describe('a delivery that an operator has sent once more', () => {
  it('goes the ordinary way as the next attempt, and the counts end exact', async () => {
    const { world, resend, leafOf } = await aFinishedWorld();
    expect(world.rootTally?.counts).toEqual({ accepted: 2, unconfirmed: 2 });
    expect(await resend(aSid(2), aSid(3))).toEqual({ asked: [aSid(2), aSid(3)], underWay: [], left: [] });
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.calls.slice(4).toSorted()).toEqual([aSid(2), aSid(3)].toSorted());
    expect(leafOf().outcomes[aSid(2)]).toMatchObject({ kind: 'accepted', attempt: 2 });
    expect(world.rootTally?.counts).toEqual({ accepted: 4 });
  });

  it('is not sent where evidence turned up', async () => {
    const { world, resend } = await aFinishedWorld();
    await resend(aSid(2));
    world.proofs.add(aSid(2));
    await world.deliver();
    expect(world.calls).toHaveLength(4);
    expect(world.rootTally?.counts).toEqual({ accepted: 3, unconfirmed: 1 });
  });

  it('is under way for whoever asks again, and sent once', async () => {
    const { world, resend } = await aFinishedWorld();
    await resend(aSid(2), aSid(2));
    expect(await resend(aSid(2))).toEqual({ asked: [], underWay: [aSid(2)], left: [] });
    await world.deliver();
    expect(await resend(aSid(2))).toEqual({ asked: [], underWay: [], left: [aSid(2)] });
    expect(world.calls).toHaveLength(5);
  });

  it('has to be unconfirmed: whoever has it, or is nobody of this edition, is left alone', async () => {
    const { world, resend } = await aFinishedWorld();
    expect(await resend(aSid(0), aSid(77))).toEqual({ asked: [], underWay: [], left: [aSid(0), aSid(77)] });
    expect(await world.deliver()).toEqual({ kind: 'done already' });
  });

  it('is left alone while somebody works on its leaf', async () => {
    const { world, resend, leafOf } = await aFinishedWorld();
    world.rows.set('default -', { ...leafOf(), state: 'settling', leaseEndsAt: world.now + 1 });
    expect((await resend(aSid(2))).left).toEqual([aSid(2)]);
  });

  it('keeps a reader waiting for the first copy who is in a leaf that was opened again', async () => {
    const { world, resend, leafOf } = await aFinishedWorld();
    const { [aSid(0)]: _, ...others } = leafOf().outcomes;
    world.rows.set('default -', { ...leafOf(), state: 'open', settlesAt: world.now, outcomes: others });
    expect((await resend(aSid(2))).asked).toEqual([aSid(2)]);
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    world.now += 5000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.calls.slice(4).toSorted()).toEqual([aSid(0), aSid(2)].toSorted());
    expect(world.rootTally?.counts).toEqual({ accepted: 3, unconfirmed: 1 });
  });

  it('does not cut the grace of another doubt in the same leaf short', async () => {
    const { world, resend, leafOf } = await aFinishedWorld();
    const settlesAt = world.now + 3000;
    world.rows.set('default -', { ...leafOf(), state: 'settling', settlesAt });
    await resend(aSid(2));
    expect(leafOf().settlesAt).toBe(settlesAt);
  });

  it('is asked for again where somebody wrote in between', async () => {
    const { world, resend, leafOf } = await aFinishedWorld();
    let writes = 0;
    world.beforeWrite = () => {
      writes += 1;
      if (writes === 1) world.rows.set('default -', { ...leafOf(), version: 50 });
    };
    expect((await resend(aSid(2))).asked).toEqual([aSid(2)]);
    expect(leafOf().version).toBe(51);
  });

  it('keeps a worker that finishes at the same moment from closing the leaf', async () => {
    const { world, resend, leafOf } = await aFinishedWorld();
    await resend(aSid(2));
    let writes = 0;
    world.beforeWrite = (what) => {
      writes += what === 'replace' ? 1 : 0;
      if (writes !== 3) return; // claim, mark, and now the end
      const leaf = leafOf();
      const outcome = leaf.outcomes[aSid(3)];
      if (outcome?.kind !== 'unconfirmed') return;
      const again = { ...outcome, kind: 'in doubt', again: true } as const;
      world.rows.set('default -', { ...leaf, version: leaf.version + 1, outcomes: { ...leaf.outcomes, [aSid(3)]: again } });
    };
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    world.now += 5000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 4 });
  });
});
