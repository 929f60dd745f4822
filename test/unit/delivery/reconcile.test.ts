import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { reconcileDelivery } from '../../../core/delivery/reconcile.ts';
import { aLeaf, aSid, someMade } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';

const unconfirmed: Outcome = { kind: 'unconfirmed', attempt: 1, made: someMade() };
const proof = { attempt: 1, messageId: 'm-late' };

const aSettledWorld = (outcome: Outcome, state: Leaf['state'] = 'done') => {
  const world = aWorld(1);
  const range = rootOf(world.edition.id);
  world.rows.set(keyOf(range), aLeaf({ state, version: 5, outcomes: { [aSid(0)]: outcome } }));
  const leafOf = () => world.rows.get(keyOf(range)) as Leaf;
  const heal = () =>
    reconcileDelivery({ edition: world.edition.id, slot: 'default', subscriber: aSid(0) }, proof, {
      leaves: { find: async () => ({ range, leaf: leafOf() }) },
      ranges: world.ledger,
      editions: world.deps.editions,
    });
  return { world, leafOf, heal, range };
};
const counts = (world: World) => world.rootTally?.counts;

describe('evidence that comes late', () => {
  it('turns unconfirmed into accepted, and corrects the count', async () => {
    const { world, leafOf, heal } = aSettledWorld(unconfirmed);
    expect(await heal()).toBe('healed');
    expect(leafOf().outcomes[aSid(0)]).toMatchObject({ kind: 'accepted', attempt: 1, messageId: 'm-late' });
    expect(leafOf().version).toBe(6);
    expect(counts(world)).toEqual({ accepted: 1 });
  });

  it('keeps what was made for the attempt that it proves, though a later one followed', async () => {
    const first = someMade({ issuedAt: 1 });
    const { leafOf, heal } = aSettledWorld({ ...unconfirmed, attempt: 2, made: someMade({ issuedAt: 2 }), earlier: [first] });
    expect(await heal()).toBe('healed');
    expect(leafOf().outcomes[aSid(0)]).toEqual({ kind: 'accepted', ...proof, made: first });
  });

  it('heals a leaf that is still settling without counting it', async () => {
    const { world, heal } = aSettledWorld({ ...unconfirmed, kind: 'in doubt' }, 'settling');
    expect(await heal()).toBe('healed');
    expect(counts(world)).toBeUndefined();
  });

  it('corrects the count also where the outcome had been healed and its writer died', async () => {
    const { world, heal } = aSettledWorld({ ...unconfirmed, kind: 'accepted', messageId: 'm' });
    expect(await heal()).toBe('nothing to heal');
    expect(counts(world)).toEqual({ accepted: 1 });
  });

  it('changes no outcome that is no doubt', async () => {
    const { leafOf, heal } = aSettledWorld({ kind: 'refused', attempt: 1, code: 'MessageRejected' });
    await heal();
    expect(leafOf().outcomes[aSid(0)]).toMatchObject({ kind: 'refused' });
  });

  it('looks again where somebody wrote in between', async () => {
    const { world, leafOf, heal, range } = aSettledWorld(unconfirmed);
    let writes = 0;
    world.beforeWrite = () => {
      writes += 1;
      if (writes === 1) world.rows.set(keyOf(range), { ...leafOf(), version: 9 });
    };
    expect(await heal()).toBe('healed');
    expect(leafOf().version).toBe(10);
  });
});
