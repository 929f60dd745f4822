import { everyDoubtOf } from '../delivery/leaf.ts';
import type { Leaf, Range } from '../delivery/range.ts';
import { isSentAgain } from '../delivery/settle-leaf.ts';
import { type Edition, type EditionId, type Lane, laneOf } from '../edition/edition.ts';
import { attempt, type Failures } from './attempt.ts';
import { type Lanes, standFor } from './stand-for.ts';
import { type Budget, isAbandoned, sendOnce, type WalkDeps } from './walk-edition.ts';

export interface WakeDeps extends WalkDeps, Failures {
  /** Leaves whose doubts have waited long enough, the longest due first. */
  readonly settling: (now: Date, limit: number) => Promise<Range[]>;
  readonly hasTime: () => boolean;
}

/** A leaf that a probe may travel with, should its lane have no other. */
export interface Vehicle {
  readonly edition: Edition;
  readonly range: Range;
  readonly leaf: Leaf;
}

/** So many are read of the list: what is paused stays at its head and must not hide the others. */
const listedARun = 5000;
/** So many rows are read for each lane: a large digest does not keep an alert waiting. */
const rowsALane = 100;

/**
 * Wakes leaves whose doubts have waited long enough; nothing happens where somebody is at one. Evidence is looked for whatever is paused or
 * stopped: only a leaf in which that was done, and somebody is to be sent to once more, waits for its brake. The longest due of those is
 * answered for each lane whose probe is due.
 */
export async function wakeLeaves(lanes: Lanes, deps: WakeDeps): Promise<Vehicle[]> {
  let due: Range[] = [];
  await attempt(
    'settling',
    async () => {
      due = await deps.settling(deps.now(), listedARun);
    },
    deps,
  );
  const read = eachOnce(deps);
  const rows: Record<Lane, Budget> = { bulk: { left: rowsALane }, urgent: { left: rowsALane }, customers: { left: rowsALane } };
  const vehicles = new Map<Lane, Vehicle>();
  for (const range of due) {
    if (!deps.hasTime()) break;
    const edition = await read(range.edition);
    if (!edition) continue;
    const lane = laneOf(edition.stream);
    const stand = edition.paused ? 'paused' : standFor(edition, lanes, deps.now());
    if (rows[lane].left <= 0) continue;
    rows[lane].left -= 1;
    await attempt(
      'settling',
      async () => {
        const leaf = await deps.ranges.read(range);
        if (leaf?.shape !== 'leaf' || leaf.state !== 'settling' || !isAbandoned(leaf, deps.now())) return;
        if (stand === 'open' || !isHeld(edition, leaf)) await sendOnce(edition, range, leaf, deps);
        else if (stand === 'probe' && !vehicles.has(lane)) vehicles.set(lane, { edition, range, leaf });
      },
      deps,
    );
  }
  return [...vehicles.values()];
}

/** Nothing is left to do but to send once more. */
const isHeld = ({ stream }: Edition, leaf: Leaf) => leaf.isAsked && everyDoubtOf(leaf).some(([, doubt]) => isSentAgain(stream, doubt));

/** Reads each edition once; one that cannot be read is passed over in this run. */
function eachOnce(deps: WakeDeps): (id: EditionId) => Promise<Edition | undefined> {
  const known = new Map<EditionId, Edition | undefined>();
  return async (id) => {
    if (!known.has(id)) {
      known.set(id, undefined);
      await attempt('settling', async () => known.set(id, await deps.editions.read(id)), deps);
    }
    return known.get(id);
  };
}
