import { expect, it } from 'vitest';
import { dynamoEvidenceStore } from '../../../adapters/dynamodb/evidence-store.ts';
import type { Item, Table } from '../../../adapters/dynamodb/table.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { reconcileDelivery } from '../../../core/delivery/reconcile.ts';
import { aLeaf, anEdition, aSid, someMade } from '../../support/delivery.ts';
import { aWorld, keyOf } from '../../support/delivery-fixture.ts';

it('an event of the second copy that overtakes its record heals that copy, with what was made for it', async () => {
  const alert = anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' });
  const world = aWorld(1, { edition: alert, answer: () => ({ kind: 'in doubt', code: 'TimeoutError' }) });
  for (const profile of world.people.values()) {
    const settings = profile.streams['engineering-digest'];
    if (settings) world.people.set(profile.sid, { ...profile, streams: { 'sev1-alerts': settings } });
  }
  const range = rootOf(alert.id);
  const leafOf = () => world.rows.get(keyOf(range)) as Leaf;
  await world.deliver(); // attempt 1: never reached SES
  world.now += 60_000;
  // Attempt 2 is accepted; its Send event is handled while the rest of the chunk is still being
  // sent. `asked` stands in the evidence.
  Object.assign(world.deps.mailer, {
    send: async ({ tags }: { tags: { subscriber: string; attempt: number } }) => {
      expect(tags.attempt).toBe(2);
      await reconcileDelivery(
        { edition: alert.id, slot: 'default', subscriber: tags.subscriber },
        { attempt: 2, messageId: 'm-of-attempt-2' },
        {
          leaves: { find: async () => ({ range, leaf: leafOf() }) },
          ranges: world.ledger,
          editions: world.deps.editions,
        },
      );
      return { kind: 'accepted', messageId: 'm-of-attempt-2' };
    },
  });
  await world.deliver();
  const outcome = leafOf().outcomes[aSid(0)];
  expect(outcome).toMatchObject({ kind: 'accepted', attempt: 2, messageId: 'm-of-attempt-2' });
});

it('a doubt about the second copy of which only the first was accepted is not recorded as the second accepted', async () => {
  const alert = anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' });
  const world = aWorld(1, { edition: alert });
  const range = rootOf(alert.id);
  const stored = new Map<string, Item>();
  const table = {
    read: async (key: { pk: string; sk: string }) => stored.get(key.pk + key.sk),
    update: async (key: { pk: string; sk: string }, { set }: { set: Item }) => {
      const after = { ...key, ...stored.get(key.pk + key.sk), ...set };
      stored.set(key.pk + key.sk, after);
      return after;
    },
  } as unknown as Table;
  const evidence = dynamoEvidenceStore(table, () => new Date(world.now));
  Object.assign(world.deps, { evidence });
  // The events of attempt 1 came while attempt 2, which never reached SES, was under way: the
  // worker that held the leaf died.
  await evidence.add({
    kind: 'accepted',
    at: '2026-11-23T08:01:00Z',
    edition: alert.id,
    slot: 'default',
    subscriber: aSid(0),
    attempt: 1,
    messageId: 'm-1',
  });
  world.rows.set(
    keyOf(range),
    aLeaf({ state: 'settling', settlesAt: 1, outcomes: { [aSid(0)]: { kind: 'in doubt', attempt: 2, made: someMade({ issuedAt: 2 }) } } }),
  );
  await world.deliver();
  expect((world.rows.get(keyOf(range)) as Leaf).outcomes[aSid(0)]).not.toMatchObject({ kind: 'accepted', attempt: 2, messageId: 'm-1' });
});

it('a worker with a probe whose lane is paused by hand before its chunk is read gives the leaf back at once', async () => {
  const world = aWorld(30, { remainingMs: 25_000 });
  const at = new Date(world.now).toISOString();
  world.lane = { stopped: { code: 'AccountSendingPausedException', since: at, probeAt: world.now, interval: 20_000 } };
  const { takeProbe } = world.deps.breaker;
  const { read } = world.deps.reader;
  let reads = 0;
  Object.assign(world.deps, {
    breaker: {
      ...world.deps.breaker,
      takeProbe: async (...all: Parameters<typeof takeProbe>) => {
        const taken = await takeProbe(...all);
        world.lane = { ...world.lane, paused: { at, by: 'on call' } };
        return taken;
      },
    },
    reader: {
      ...world.deps.reader,
      read: async (...all: Parameters<typeof read>) => {
        reads += 1;
        world.remainingMs -= 10; // one booking and one read take 10 ms
        return read(...all);
      },
    },
  });
  const handled = await world.deliver();
  expect({ handled, reads, booked: world.booked, queue: world.queue.length }).toEqual({
    handled: { kind: 'paused' },
    reads: 1,
    booked: 1,
    queue: 0,
  });
});

it('whom feedback finds accepted before the worker knows that its mark landed gets no second copy', async () => {
  const world = aWorld(1);
  const range = rootOf(world.edition.id);
  world.rows.set(
    keyOf(range),
    aLeaf({ state: 'settling', settlesAt: 1, outcomes: { [aSid(0)]: { kind: 'in doubt', attempt: 1, made: someMade(), again: true } } }),
  );
  world.loseReply = () => {
    const leaf = world.rows.get(keyOf(range)) as Leaf;
    if (!leaf.submitting[aSid(0)]) return false;
    // The event of attempt 1 is handled now, exactly as reconcileDelivery does it.
    world.rows.set(keyOf(range), {
      ...leaf,
      version: leaf.version + 1,
      outcomes: { [aSid(0)]: { kind: 'accepted', attempt: 1, messageId: 'm-1', made: someMade() } },
    });
    return true;
  };
  await world.deliver();
  expect(world.calls).toEqual([]);
});

it('a stop of the lane that cannot be written down leaves no doubt about mails that SES certainly did not take', async () => {
  const world = aWorld(30, { answer: () => ({ kind: 'try later', why: 'stopped', code: 'AccountSendingPausedException' }) });
  Object.assign(world.deps.breaker, { stop: () => Promise.reject(new Error('ProvisionedThroughputExceededException')) });
  await expect(world.deliver()).rejects.toThrow('Provisioned');
  const row = world.rows.get(keyOf(rootOf(world.edition.id)));
  expect(row).toMatchObject({ state: 'open', leaseEndsAt: 0, submitting: {}, outcomes: {} });
});
