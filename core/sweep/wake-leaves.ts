import { type Lanes, standFor } from '../delivery/lane.ts';
import { everyDoubtOf } from '../delivery/leaf.ts';
import type { Leaf, Range } from '../delivery/range.ts';
import { isSentAgain } from '../delivery/settle-leaf.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import type { Lane } from '../stream/stream.ts';
import { attempt, type Failures } from './attempt.ts';
import { isAbandoned, sendOnce, type WakingDeps } from './walk-edition.ts';

/**
 * A leaf whose doubts have waited long enough, or that was opened again. `place`: its key in the
 * list of those.
 */
export interface DueLeaf {
  readonly range: Range;
  readonly place: string;
}
/** The longest due first. `behind`: those after a place. */
export type DueLeaves = (now: Date, limit: number, behind?: string) => Promise<DueLeaf[]>;

export interface WakeDeps extends WakingDeps, Failures {
  readonly settling: DueLeaves;
  readonly hasTime: () => boolean;
}

/**
 * The place behind which the next run looks at a lane's leaves. Absent: from the head of the list.
 */
export type ResumePoints = Readonly<Partial<Record<Lane, string>>>;

/** A leaf that a probe may travel with if its lane has no other. */
export interface ProbeCandidate {
  readonly edition: Edition;
  readonly range: Range;
  readonly leaf: Leaf;
}

/** Entries of the list that are read for a lane. They may be of any lane. */
const listedARun = 5000;
/** If time runs out, it does so over bulk mail. */
const urgentFirst = ['urgent', 'prompt', 'customers', 'bulk'] as const satisfies readonly Lane[];
/** Rows that are read for each lane, so that a large digest does not keep an alert waiting. */
const rowsALane = 100;

/**
 * Wakes leaves whose doubts have waited long enough. Nothing happens if somebody works on one.
 * Evidence is looked for whatever is paused or stopped. Only a leaf in which that was done, and in
 * which somebody is to be sent to again, waits for its brake. The longest due of those is the
 * candidate of each lane whose probe is due. Each lane goes on where its last run ended, so that
 * leaves that wait or fail hide none for long.
 */
export async function wakeLeaves(
  from: ResumePoints,
  lanes: Lanes,
  deps: WakeDeps,
): Promise<{ candidates: readonly ProbeCandidate[]; resume: ResumePoints }> {
  const reading = { list: listedOnce(deps), edition: eachOnce(deps) };
  const candidates: ProbeCandidate[] = [];
  const resume: Partial<Record<Lane, string>> = {};
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
      const candidate = await attempt('settling', () => wake(edition, range, lanes, deps), deps);
      if (candidate && !candidates.some((one) => laneOf(one.edition) === lane)) candidates.push(candidate);
    }
    if (!isThrough && place !== undefined) resume[lane] = place;
  }
  return { candidates, resume };
}

/**
 * Sends the message of a leaf that is due. Answers the leaf instead if it has to wait for a probe.
 */
async function wake(edition: Edition, range: Range, lanes: Lanes, deps: WakeDeps): Promise<ProbeCandidate | undefined> {
  const stand = edition.paused ? 'paused' : standFor(edition, lanes, deps.now());
  const leaf = await deps.ranges.read(range);
  if (leaf?.shape !== 'leaf' || leaf.state === 'done' || !isAbandoned(leaf, deps.now())) return undefined;
  if (stand !== 'open' && isHeld(edition, leaf)) return stand === 'probe' ? { edition, range, leaf } : undefined;
  await sendOnce(edition, range, leaf, deps);
  return undefined;
}

/**
 * Nothing is left to do in it but to send: to readers of a leaf that is open again, or a second
 * copy.
 */
const isHeld = (edition: Edition, leaf: Leaf) =>
  leaf.state === 'open' || (leaf.isAsked && everyDoubtOf(leaf).some(([, doubt]) => isSentAgain(edition, doubt)));

/** Reads each edition once. One that cannot be read is passed over in this run. */
function eachOnce(deps: WakeDeps): (id: EditionId) => Promise<Edition | undefined> {
  const known = new Map<EditionId, Edition | undefined>();
  return async (id) => {
    if (!known.has(id)) known.set(id, await attempt('settling', () => deps.editions.read(id), deps));
    return known.get(id);
  };
}

/** Lanes that begin at the same place share one list. If it cannot be read, nothing is due. */
function listedOnce(deps: WakeDeps): (behind: string | undefined) => Promise<DueLeaf[]> {
  const known = new Map<string | undefined, DueLeaf[]>();
  return async (behind) => {
    const listed = known.get(behind) ?? (await attempt('settling', () => deps.settling(deps.now(), listedARun, behind), deps)) ?? [];
    known.set(behind, listed);
    return listed;
  };
}
