import { type Lanes, standFor } from '../delivery/lane.ts';
import { everyDoubtOf } from '../delivery/leaf.ts';
import type { Leaf, Range } from '../delivery/range.ts';
import { isSentAgain } from '../delivery/settle-leaf.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import type { Lane } from '../stream/stream.ts';
import { attempt, type Failures } from './attempt.ts';
import { isAbandoned, sendOnce, type WalkDeps } from './walk-edition.ts';

/** A leaf whose doubts have waited long enough, or that was reopened. `place`: where it stands in the list of those. */
export interface DueLeaf {
  readonly range: Range;
  readonly place: string;
}
/** The longest due first; `behind`: those after a place. */
export type DueLeaves = (now: Date, limit: number, behind?: string) => Promise<DueLeaf[]>;

export interface WakeDeps extends WalkDeps, Failures {
  readonly settling: DueLeaves;
  readonly hasTime: () => boolean;
}

/** The place behind which a lane's leaves are looked at in the next run; absent: from the head of the list. */
export type Places = Readonly<Partial<Record<Lane, string>>>;

/** A leaf that a probe may travel with, should its lane have no other. */
export interface Vehicle {
  readonly edition: Edition;
  readonly range: Range;
  readonly leaf: Leaf;
}

/** So many are read of the list for a lane, whatever lane they are of. */
const listedARun = 5000;
/** Should time run out, it does so over bulk mail. */
const urgentFirst = ['urgent', 'customers', 'bulk'] as const satisfies readonly Lane[];
/** So many rows are read for each lane: a large digest does not keep an alert waiting. */
const rowsALane = 100;

/**
 * Wakes leaves whose doubts have waited long enough; nothing happens where somebody is at one. Evidence is looked for whatever is paused or
 * stopped: only a leaf in which that was done, and somebody is to be sent to once more, waits for its brake. The longest due of those is
 * answered for each lane whose probe is due. Each lane goes on where its last run ended, so that leaves that wait or fail hide none for long.
 */
export async function wakeLeaves(from: Places, lanes: Lanes, deps: WakeDeps): Promise<{ vehicles: Vehicle[]; places: Places }> {
  const reading = { list: listedOnce(deps), edition: eachOnce(deps) };
  const vehicles: Vehicle[] = [];
  const places: Partial<Record<Lane, string>> = {};
  for (const lane of urgentFirst) {
    const due = await reading.list(from[lane]);
    let rows = rowsALane;
    let place = from[lane];
    let isThrough = due.length < listedARun;
    for (const { range, place: here } of due) {
      if (rows <= 0 || !deps.hasTime()) {
        isThrough = false;
        break;
      }
      place = here;
      const edition = await reading.edition(range.edition);
      if (!edition || laneOf(edition) !== lane) continue;
      rows -= 1;
      await attempt(
        'settling',
        async () => {
          const stand = edition.paused ? 'paused' : standFor(edition, lanes, deps.now());
          const leaf = await deps.ranges.read(range);
          if (leaf?.shape !== 'leaf' || leaf.state === 'done' || !isAbandoned(leaf, deps.now())) return;
          if (stand === 'open' || !isHeld(edition, leaf)) await sendOnce(edition, range, leaf, deps);
          else if (stand === 'probe' && !vehicles.some((one) => laneOf(one.edition) === lane)) vehicles.push({ edition, range, leaf });
        },
        deps,
      );
    }
    if (!isThrough && place !== undefined) places[lane] = place;
  }
  return { vehicles, places };
}

/** Nothing is left to do but to send: to who was skipped in a leaf that is open again, or once more. */
const isHeld = ({ stream }: Edition, leaf: Leaf) =>
  leaf.state === 'open' || (leaf.isAsked && everyDoubtOf(leaf).some(([, doubt]) => isSentAgain(stream, doubt)));

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

/** Lanes that begin at the same place share one list; where it cannot be read, nothing is due. */
function listedOnce(deps: WakeDeps): (behind: string | undefined) => Promise<DueLeaf[]> {
  const known = new Map<string | undefined, DueLeaf[]>();
  return async (behind) => {
    if (!known.has(behind)) {
      known.set(behind, []);
      await attempt('settling', async () => known.set(behind, await deps.settling(deps.now(), listedARun, behind)), deps);
    }
    return known.get(behind) ?? [];
  };
}
