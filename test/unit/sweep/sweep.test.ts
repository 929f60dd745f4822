import { describe, expect, it } from 'vitest';
import { recordAndCheck } from '../../../core/compose/record-and-check.ts';
import { rootOf } from '../../../core/delivery/range.ts';
import type { OutboxDeps } from '../../../core/intake/run-outbox.ts';
import { aCorrecting } from '../../support/correcting.ts';
import { aSid } from '../../support/delivery.ts';
import { aWorld, keyOf } from '../../support/delivery-fixture.ts';
import { aSweep } from '../../support/sweep.ts';

describe('an edition whose messages were lost', () => {
  it('is started again once the lane has been quiet in two runs', async () => {
    const world = aWorld(30);
    const sweeper = aSweep(world);
    await sweeper.run();
    expect(world.queue).toEqual([]);
    await sweeper.run();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 30 });
  });

  it('is finished from any point at which all its messages vanish', async () => {
    const world = aWorld(300);
    await world.deliver();
    for (let i = 0; i < 5; i += 1) {
      const next = world.queue.shift();
      if (next) await world.deliver(next.range);
    }
    world.queue = [];
    const sweeper = aSweep(world);
    for (let i = 0; i < 20 && !world.rootTally; i += 1) {
      await sweeper.run();
      await world.drain();
    }
    expect(world.rootTally?.counts).toEqual({ accepted: 300 });
    expect(new Set(world.accepted).size).toBe(300);
  });

  it('is left alone while it is paused', async () => {
    const world = aWorld(30);
    world.edition = { ...world.edition, paused: true };
    const sweeper = aSweep(world);
    await sweeper.run();
    await sweeper.run();
    expect(world.queue).toEqual([]);
  });
});

/** Its composer died with the edition stored and nothing noted, and then its postmortem was restricted. */
async function leftUnchecked() {
  const { publish, compose, during, deps, editions } = aCorrecting();
  await publish({});
  during.step = async (step) => {
    if (step === 'recordEdition') throw new Error('died');
  };
  await expect(compose('2026-11-23T08:00:00Z')).rejects.toThrow('died');
  during.step = async () => {};
  await publish({ restricted: true });
  const [edition] = editions.values();
  if (!edition) throw new Error('no edition');
  expect(edition.withheld).toEqual([]);
  const world = aWorld(0, { edition, now: Date.parse('2026-11-23T08:05:00Z') });
  const withheldAtStart: (readonly string[] | undefined)[] = [];
  const change: Parameters<typeof aSweep>[1] = {
    recordAndCheck: (one) => recordAndCheck(one, deps),
    send: async ({ id }) => void withheldAtStart.push(editions.get(id)?.withheld),
  };
  return { world, change, withheldAtStart };
}

describe('an edition whose composer died before it was checked', () => {
  it('is checked before its lost messages are sent', async () => {
    const { world, change, withheldAtStart } = await leftUnchecked();
    const sweeper = aSweep(world, change);
    await sweeper.run();
    await sweeper.run();
    expect(withheldAtStart).toEqual([['pm-1']]);
  });

  it('is checked before its first wave is begun', async () => {
    const { world, change, withheldAtStart } = await leftUnchecked();
    world.edition = { ...world.edition, waves: { default: '2026-11-23T08:00:00Z' } };
    const waves = { due: async () => [world.edition.id], begin: async () => {} };
    await aSweep(world, { ...change, waves }).run();
    expect(withheldAtStart).toEqual([['pm-1']]);
  });
});

it('passes up a split that has both tallies but whose parent lacks its own', async () => {
  const world = aWorld(300);
  const { setTally } = world.ledger;
  let lost = 0;
  world.ledger.setTally = async (range, half, tally) => {
    if (range.prefix === '' && lost < 2) {
      lost += 1;
      throw new Error('killed');
    }
    return setTally(range, half, tally);
  };
  await world.deliver();
  await world.drain().catch(() => {});
  await world.drain().catch(() => {});
  await world.drain();
  const sweeper = aSweep(world);
  for (let i = 0; i < 5 && !world.rootTally; i += 1) {
    await sweeper.run();
    await world.drain();
  }
  expect(world.rootTally?.counts).toEqual({ accepted: 300 });
});

it('puts a leaf back to work whose worker died, and not one whose lease is running', async () => {
  const world = aWorld(5);
  await world.deliver();
  const row = world.rows.get(keyOf({ edition: 'e', slot: 'default', prefix: '' }));
  if (row?.shape !== 'leaf') throw new Error('no leaf');
  world.rootTally = undefined;
  world.rows.set('default -', { ...row, state: 'open', leaseEndsAt: world.now + 1000 });
  const sweeper = aSweep(world);
  await sweeper.run();
  expect(world.queue).toEqual([]);
  world.now += 1001;
  await sweeper.run();
  expect(world.queue).toHaveLength(1);
});

it('adds no message for a leaf whose own is on its way, however long SES cannot be reached', async () => {
  const world = aWorld(3, { answer: () => ({ kind: 'try later', why: 'unreachable', code: 'ENOTFOUND' }) });
  const sweeper = aSweep(world);
  await world.deliver();
  for (let minute = 0; minute < 30; minute += 1) {
    world.now += 60_000;
    await sweeper.run();
    const waiting = world.queue.splice(0);
    for (const { range } of waiting) await world.deliver(range);
  }
  expect(world.queue).toHaveLength(1);
});

describe('a lane that is stopped', () => {
  const code = 'AccountSendingPausedException';
  const aStoppedWorld = async (size: number) => {
    const world = aWorld(size, { answer: () => ({ kind: 'try later', why: 'stopped', code }) });
    await world.deliver();
    await world.drain();
    world.calls.length = 0;
    return world;
  };

  it('gets one message for each probe and makes one call with it, through an hour', async () => {
    const world = await aStoppedWorld(300);
    const sweeper = aSweep(world);
    let messages = 0;
    for (let minute = 0; minute < 60; minute += 1) {
      world.now += 60_000;
      await sweeper.run();
      messages += world.queue.length;
      await world.drain();
    }
    expect(messages).toBe(world.calls.length);
    expect(world.calls.length).toBeGreaterThan(5);
    expect(world.calls.length).toBeLessThan(12);
  });

  it('is healed by one of them, and then everything that was kept is sent, once', async () => {
    const world = await aStoppedWorld(300);
    const sweeper = aSweep(world);
    world.answer = () => undefined;
    for (let minute = 0; minute < 3; minute += 1) {
      world.now += 60_000;
      await sweeper.run();
      await world.drain();
    }
    expect(world.rootTally?.counts).toEqual({ accepted: 300 });
    expect(new Set(world.accepted).size).toBe(300);
  });

  it('gets none before the probe is due, nor while it is paused by hand', async () => {
    const world = await aStoppedWorld(300);
    const sweeper = aSweep(world);
    world.lane = { stopped: { code, since: '2026-11-23T08:00:00Z', probeAt: world.now + 1, interval: 20_000 } };
    await sweeper.run();
    world.lane = { ...world.lane, paused: { at: '2026-11-23T08:00:00Z', by: 'on call' } };
    world.now += 60_000;
    expect((await sweeper.run()).oldestMs).toBe(0);
    expect(world.queue).toEqual([]);
  });

  it.each([
    ['recalled', { recalled: true }],
    ['superseded', { superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: true } }],
    ['too late', { leavesUntil: '2026-01-01T00:00:00Z' }],
  ])('does not keep an edition that is %s from its end', async (reason, over) => {
    const world = await aStoppedWorld(300);
    world.edition = { ...world.edition, ...over };
    await aSweep(world).run();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ [`skipped: ${reason}`]: 300 });
    expect(world.calls).toEqual([]);
  });

  it('is taken for open where nobody can tell: workers ask again', async () => {
    const world = aWorld(30);
    const readLanes = async () => {
      throw new Error('no answer');
    };
    const sweeper = aSweep(world, { readLanes });
    await sweeper.run();
    await sweeper.run();
    expect(sweeper.failures).toEqual(['lanes', 'lanes']);
    expect(world.queue).toHaveLength(1);
  });
});

it('adds one message for a leaf whose own was lost, and not one a minute', async () => {
  const world = aWorld(3, { answer: () => ({ kind: 'try later', why: 'unreachable', code: 'ENOTFOUND' }) });
  const sweeper = aSweep(world);
  await world.deliver();
  world.queue = [];
  for (let minute = 0; minute < 8; minute += 1) {
    world.now += 60_000;
    await sweeper.run();
  }
  expect(world.queue).toHaveLength(1);
});

it('closes an edition that has its tally and is open all the same', async () => {
  const world = aWorld(1);
  const tally = { version: 3, counts: { accepted: 1 } };
  world.edition = { ...world.edition, tallies: { default: tally } };
  await aSweep(world).run();
  expect(world.rootTally).toEqual(tally);
});

it('begins behind the outbox that it tried last, when its time runs out before the end', async () => {
  const tried: string[] = [];
  let left = 0;
  const postmortems = {
    readCurrent: async (id: string) => {
      tried.push(id);
      throw new Error('poison');
    },
  };
  const sweeper = aSweep(aWorld(1), {
    open: { editions: async () => [], settling: async () => [], outboxes: async () => ['a', 'b', 'c'] },
    pay: { postmortems } as unknown as OutboxDeps,
    remainingMs: () => {
      left -= 1;
      return left > 0 ? 60_000 : 0;
    },
  });
  for (let run = 0; run < 2; run += 1) {
    left = 3;
    await sweeper.run();
  }
  expect(tried).toEqual(['a', 'b', 'c', 'a']);
});

it('stops at its limit of rows and goes on from there in the next run', async () => {
  const world = aWorld(0);
  for (let depth = 0; depth < 10; depth += 1) {
    for (let n = 0; n < 2 ** depth; n += 1) {
      const prefix = depth === 0 ? '' : n.toString(2).padStart(depth, '0');
      world.rows.set(keyOf({ edition: 'e', slot: 'default', prefix }), { shape: 'split', tallies: {} });
    }
  }
  const sweeper = aSweep(world, { isQueueEmpty: async () => true });
  const first = await sweeper.run();
  expect(first.rows).toBe(500);
  expect(sweeper.memory().cursor?.prefix).toMatch(/^[01]+$/);
  for (let i = 0; i < 6; i += 1) await sweeper.run();
  const asked = new Set(world.queue.map(({ range }) => range.prefix));
  expect(asked.size).toBe(2 ** 10);
});

it('does the rest when one part fails', async () => {
  const world = aWorld(1);
  const sweeper = aSweep(world, {
    refreshQuota: async () => {
      throw new Error('throttled');
    },
  });
  await sweeper.run();
  await sweeper.run();
  expect(sweeper.failures).toEqual(['quota', 'quota']);
  expect(world.queue).toHaveLength(1);
});

describe('the age of the oldest open edition', () => {
  it('counts from its composing', async () => {
    const world = aWorld(30);
    world.edition = { ...world.edition, composedAt: new Date(world.now - 7_200_000).toISOString() };

    expect((await aSweep(world).run()).oldestMs).toBe(7_200_000);
  });

  it('is nought for one that is paused, and without any', async () => {
    const world = aWorld(30);
    world.edition = { ...world.edition, paused: true };
    const paused = await aSweep(world).run();
    const none = await aSweep(world, { open: { editions: async () => [], settling: async () => [], outboxes: async () => [] } }).run();

    expect([paused.oldestMs, none.oldestMs]).toEqual([0, 0]);
  });
});

describe('a leaf with doubts', () => {
  const inDoubt = async () => {
    const world = aWorld(3, { answer: (sid) => (sid === aSid(2) ? { kind: 'in doubt', code: 'TimeoutError' } : undefined) });
    await world.deliver();
    world.proofs.add(aSid(2));
    const settling = async (at: Date) => {
      const row = world.rows.get(keyOf(rootOf(world.edition.id)));
      return row?.shape === 'leaf' && row.state === 'settling' && row.settlesAt <= at.getTime()
        ? [{ range: rootOf(world.edition.id), place: '1' }]
        : [];
    };
    return { world, settling };
  };

  it('is woken once its grace is over, by one message and not by one a minute', async () => {
    const { world, settling } = await inDoubt();
    const sweeper = aSweep(world, { open: { editions: async () => [], settling, outboxes: async () => [] } });
    await sweeper.run();
    expect(world.queue).toEqual([]);
    world.now += 5000;
    await sweeper.run();
    await sweeper.run();
    expect(world.queue).toHaveLength(1);
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });

  it('is found on the way down too, should the list not show it', async () => {
    const { world } = await inDoubt();
    world.now += 5000;
    await aSweep(world).run();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });

  it('is settled by evidence while its edition is paused, and the edition comes to its end', async () => {
    const { world, settling } = await inDoubt();
    world.now += 5000;
    world.edition = { ...world.edition, paused: true };
    await aSweep(world, { open: { editions: async () => [], settling, outboxes: async () => [] } }).run();
    expect(await world.drain()).toEqual(['done']);
  });
});
