import { openLane } from '../../core/delivery/lane.ts';
import type { Range } from '../../core/delivery/range.ts';
import type { OutboxDeps } from '../../core/intake/run-outbox.ts';
import { forEveryLane } from '../../core/stream/stream.ts';
import { type SweepDeps, type SweepMemory, sweep } from '../../core/sweep/sweep.ts';
import type { World } from './delivery-fixture.ts';

/** A sweep over a delivery fixture, for one lane that may be stopped. */
export function aSweep(world: World, change: Partial<SweepDeps> = {}) {
  let memory: SweepMemory = { emptyRuns: forEveryLane(() => 0) };
  const failures: string[] = [];
  const deps: SweepDeps = {
    ranges: world.ledger,
    editions: world.deps.editions,
    send: async (_edition, range) => world.deps.queue.send([range]),
    recordAndCheck: async () => {},
    open: { editions: async () => (world.rootTally ? [] : [world.edition.id]), settling: async () => [], outboxes: async () => [] },
    waves: { due: async () => [], begin: async () => {} },
    updates: { due: async () => [], ask: async () => {} },
    notices: { due: async () => [], ask: async () => {} },
    monthly: {
      distribution: async () => undefined,
      isThere: async () => false,
      registry: { slots: async () => [] },
      ask: async () => {},
      now: () => new Date(world.now),
    },
    leftOut: { applied: async () => undefined, isThere: async () => false, ask: async () => {}, now: () => new Date(world.now) },
    memory: {
      read: async () => memory,
      write: async (next) => {
        memory = next;
      },
    },
    readLanes: async () => ({ ...forEveryLane(() => openLane), bulk: world.lane }),
    isQueueEmpty: async () => world.queue.length === 0,
    refreshQuota: async () => {},
    pay: undefined as unknown as OutboxDeps,
    failed: (what) => void failures.push(what),
    remainingMs: () => 60_000,
    now: () => new Date(world.now),
    ...change,
  };
  return { run: () => sweep(deps), failures, memory: () => memory };
}

/** The lists of open work as the index would show them for this fixture. */
export const listsOf = (world: World): SweepDeps['open'] => ({
  editions: async () => (world.rootTally ? [] : [world.edition.id]),
  outboxes: async () => [],
  async settling(now, limit, behind) {
    const due = [...world.rows].flatMap(([key, row]): { at: number; range: Range }[] => {
      if (row.shape !== 'leaf' || row.state !== 'settling' || row.settlesAt > now.getTime()) return [];
      const [slot = '', bits = '-'] = key.split(' ');
      return [{ at: row.settlesAt, range: { edition: world.edition.id, slot, prefix: bits.replace('-', '') } }];
    });
    const ranges = due.toSorted((a, b) => a.at - b.at).map(({ range }) => range);
    return listOf(ranges)(now, limit, behind);
  },
});

/** A list of due leaves, as the index would return it. */
export const listOf =
  (ranges: readonly Range[]): SweepDeps['open']['settling'] =>
  async (_now, limit, behind) => {
    const listed = ranges.map((range, n) => ({ range, place: String(n).padStart(6, '0') }));
    return listed.filter(({ place }) => behind === undefined || place > behind).slice(0, limit);
  };
