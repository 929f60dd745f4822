import { describe, expect, it } from 'vitest';
import type { LaneState } from '../../../core/delivery/lane.ts';
import { type Leaf, type Range, rootOf } from '../../../core/delivery/range.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import { forEveryLane } from '../../../core/stream/stream.ts';
import type { SweepDeps } from '../../../core/sweep/sweep.ts';
import { aLeaf, anEdition, aSid, someMade } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';
import { aSweep, listOf } from '../../support/sweep.ts';

const alert = anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts', slots: ['alert'] });
const ofAlert = rootOf(alert.id, 'alert');
const doubt = { [aSid(1)]: { kind: 'in doubt', attempt: 1, made: someMade() } as const };
const prefixes = (bits: number) => Array.from({ length: 2 ** bits }, (_, n) => (bits ? n.toString(2).padStart(bits, '0') : ''));
const settle = (world: World, range: Range) =>
  world.rows.set(keyOf(range), aLeaf({ state: 'settling', settlesAt: world.now, outcomes: doubt }));

/**
 * Which editions get messages in one run, with an alert's leaf last in the list of those that are
 * due.
 */
async function wokenIn(world: World, digest: Edition, due: readonly Range[], open: readonly Edition[]) {
  settle(world, ofAlert);
  const sent: string[] = [];
  const sweeper = aSweep(world, {
    editions: { ...world.deps.editions, read: async (id) => (id === alert.id ? alert : digest) },
    open: {
      editions: async () => open.map(({ id }) => id),
      outboxes: async () => [],
      settling: listOf([...due, ofAlert]),
    },
    send: async (edition) => void sent.push(edition.id),
    isQueueEmpty: async () => false,
  });
  await sweeper.run();
  return sent;
}

it('the doubt of an alert is settled while the walk through a large digest uses up all its rows', async () => {
  const world = aWorld(0);
  for (let bits = 0; bits < 12; bits += 1)
    for (const prefix of prefixes(bits)) world.rows.set(keyOf({ ...rootOf(world.edition.id), prefix }), { shape: 'split', tallies: {} });
  expect(await wokenIn(world, world.edition, [], [world.edition, alert])).toEqual([alert.id]);
});

it('two thousand leaves of a paused edition do not hide the leaf of another lane behind them', async () => {
  const world = aWorld(0);
  const due = prefixes(11).map((prefix) => ({ ...rootOf(world.edition.id), prefix }));
  for (const range of due) settle(world, range);
  expect((await wokenIn(world, { ...world.edition, paused: true }, due, []))[0]).toBe(alert.id);
});

it('an alert is woken first, then what many get at once, then a digest', async () => {
  const world = aWorld(0);
  const impact = anEdition({ id: 'customer-impact_pm-1_r1', stream: 'customer-impact', slots: ['impact'] });
  const editions = [world.edition, impact, alert];
  const due = [rootOf(world.edition.id), rootOf(impact.id, 'impact'), ofAlert];
  for (const range of due) settle(world, range);
  const sent: string[] = [];
  const sweeper = aSweep(world, {
    editions: { ...world.deps.editions, read: async (id) => editions.find((edition) => edition.id === id) },
    open: { editions: async () => [], outboxes: async () => [], settling: listOf(due) },
    send: async (edition) => void sent.push(edition.id),
  });
  await sweeper.run();
  expect(sent).toEqual([alert.id, impact.id, world.edition.id]);
});

it('a hundred leaves of a digest are woken in a run, and before them an alert', async () => {
  const world = aWorld(0);
  const due = prefixes(9).map((prefix) => ({ ...rootOf(world.edition.id), prefix }));
  for (const range of due) settle(world, range);
  const sent = await wokenIn(world, world.edition, due, []);
  expect([sent.length, sent[0]]).toEqual([101, alert.id]);
});

describe('a leaf that is due is reached within some runs', () => {
  const stuck = prefixes(13).map((prefix) => ({ ...rootOf(alert.id, 'alert'), prefix }));
  const other = anEdition({ id: 'sev1-alerts_pm-2_r1', stream: 'sev1-alerts', slots: ['alert'] });
  const behindThem = rootOf(other.id, 'other');
  const digest = anEdition();
  const ofDigest = rootOf(digest.id);
  const editions = [{ ...alert, paused: true }, other, digest];

  /**
   * In which run each of the two leaves behind so many stuck ones gets its message; so many runs at
   * most.
   */
  async function reachedIn(runs: number, many: number, change: (world: World) => Partial<SweepDeps> = () => ({})) {
    const world = aWorld(0);
    const held = aLeaf({ state: 'settling', settlesAt: world.now, outcomes: doubt, isAsked: true });
    for (const range of stuck.slice(0, many)) world.rows.set(keyOf(range), held);
    for (const range of [behindThem, ofDigest]) settle(world, range);
    const sent: Record<string, number> = {};
    let run = 0;
    let rows = 0;
    const sweeper = aSweep(world, {
      ranges: {
        ...world.ledger,
        read: async (range) => {
          rows += 1;
          return world.ledger.read(range);
        },
      },
      editions: { ...world.deps.editions, read: async (id) => editions.find((edition) => edition.id === id) },
      open: { editions: async () => [], outboxes: async () => [], settling: listOf([...stuck.slice(0, many), behindThem, ofDigest]) },
      send: async (edition) => {
        sent[edition.id] ??= run;
      },
      ...change(world),
    });
    for (run = 1; run <= runs; run += 1) {
      rows = 0;
      await sweeper.run();
      expect(rows).toBeLessThanOrEqual(300);
    }
    return sent;
  }

  it('though a hundred that fail stand before it in its lane', async () => {
    const failing = (world: World): Partial<SweepDeps> => ({
      ranges: {
        ...world.ledger,
        read: async (range) => (range.edition === alert.id ? Promise.reject(new Error('broken')) : world.ledger.read(range)),
      },
    });
    expect(await reachedIn(2, 100, failing)).toEqual({ [digest.id]: 1, [other.id]: 2 });
  });

  it('though thousands that wait for a paused edition do, and other lanes pass those by', async () => {
    expect(await reachedIn(65, 6400)).toEqual({ [digest.id]: 2, [other.id]: 65 });
  });

  it('and begins from the head again behind the last', async () => {
    const sent: string[] = [];
    const world = aWorld(0);
    const many = prefixes(8)
      .slice(0, 250)
      .map((prefix) => ({ ...ofDigest, prefix }));
    for (const range of many) settle(world, range);
    const sweeper = aSweep(world, {
      editions: { ...world.deps.editions, read: async () => digest },
      open: { editions: async () => [], outboxes: async () => [], settling: listOf(many) },
      send: async (_edition, range) => void sent.push(range.prefix),
    });
    for (let run = 0; run < 3; run += 1) await sweeper.run();
    expect(sent).toEqual(many.map(({ prefix }) => prefix));
    expect(sweeper.memory().settling).toBeUndefined();
    // Their messages were lost.
    world.now += 600_000;
    await sweeper.run();
    expect(sent.slice(250)).toEqual(sent.slice(0, 100));
  });

  it('and goes on where its time was up', async () => {
    const world = aWorld(0);
    const many = prefixes(3).map((prefix) => ({ ...ofDigest, prefix }));
    for (const range of many) settle(world, range);
    const sent: string[] = [];
    const sweeper = aSweep(world, {
      editions: { ...world.deps.editions, read: async () => digest },
      open: { editions: async () => [], outboxes: async () => [], settling: listOf(many) },
      send: async (_edition, range) => void sent.push(range.prefix),
      remainingMs: () => (sent.length % 3 === 2 ? 0 : 60_000),
    });
    await sweeper.run();
    expect(sent).toEqual(['000', '001']);
    sent.push('time goes on');
    await sweeper.run();
    expect(sent.slice(3)).toEqual(['010', '011']);
  });
});

describe('while an edition or its lane is held', () => {
  const at = '2026-11-23T08:00:00Z';
  const stop = { code: 'AccountSendingPausedException', since: at, probeAt: Number.MAX_SAFE_INTEGER, interval: 600_000 };
  const brakes: [string, Partial<Edition>, LaneState][] = [
    ['the edition is paused', { paused: true }, {}],
    ['the lane is paused', {}, { paused: { at, by: 'on call' } }],
    ['the lane is stopped', {}, { stopped: stop }],
  ];
  /** How often the one leaf of an edition is woken in three runs. */
  async function wakings(edition: Edition, lane: LaneState, leaf: Partial<Leaf> = {}) {
    const world = aWorld(0, { edition });
    const row = aLeaf({ state: 'settling', settlesAt: world.now, outcomes: doubt, ...leaf });
    const range = rootOf(edition.id, edition.slots[0]);
    let sent = 0;
    const sweeper = aSweep(world, {
      open: { editions: async () => [], outboxes: async () => [], settling: listOf([range]) },
      readLanes: async () => forEveryLane(() => lane),
      send: async () => {
        sent += 1;
      },
    });
    for (let run = 0; run < 3; run += 1) {
      world.rows.set(keyOf(range), row);
      await sweeper.run();
    }
    return sent;
  }

  it.each(brakes)('doubts that are only looked up are woken (%s)', async (_what, change, lane) => {
    expect(await wakings(anEdition(change), lane)).toBe(3);
  });

  it.each(brakes)('those that would be sent again are woken until evidence was asked for, then wait (%s)', async (_what, change, lane) => {
    expect(await wakings({ ...alert, ...change }, lane)).toBe(3);
    expect(await wakings({ ...alert, ...change }, lane, { isAsked: true })).toBe(0);
  });

  it.each(brakes)('those that were sent again already are looked up (%s)', async (_what, change, lane) => {
    const second = { [aSid(1)]: { kind: 'in doubt', attempt: 2, made: someMade() } as const };
    expect(await wakings({ ...alert, ...change }, lane, { isAsked: true, outcomes: second })).toBe(3);
  });

  it.each([{ recalled: true }, { superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: false } }, { leavesUntil: '2026-01-01T00:00:00Z' }])(
    'an edition that is over (%j) is not: it is woken, and sends nothing',
    async (over) => {
      expect(await wakings({ ...alert, ...over }, { stopped: stop }, { isAsked: true })).toBe(3);
    },
  );
});

it('an edition that cannot be read is told once and keeps no other waiting', async () => {
  const world = aWorld(0);
  settle(world, ofAlert);
  const due = prefixes(5).map((prefix) => ({ ...rootOf(world.edition.id), prefix }));
  const read = async (id: string) => {
    if (id === alert.id) return alert;
    throw new Error('broken');
  };
  const sent: string[] = [];
  const sweeper = aSweep(world, {
    editions: { ...world.deps.editions, read },
    open: { editions: async () => [], outboxes: async () => [], settling: listOf([...due, ofAlert]) },
    send: async (edition) => void sent.push(edition.id),
  });
  await sweeper.run();
  expect([sent, sweeper.failures]).toEqual([[alert.id], ['settling']]);
});
