import { type Lanes, standFor } from '../delivery/lane.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import { begunSlots, leftAt } from '../edition/waves.ts';
import { forEveryLane, type Lane, lanes as laneNames } from '../stream/stream.ts';
import type { Slot } from '../subscriber/subscriber.ts';
import { attempt, type Failures } from './attempt.ts';
import type { EmptyRuns } from './count-empty-runs.ts';
import type { ProbeCandidate } from './wake-leaves.ts';
import { type Budget, type WalkDeps, type WalkPosition, walkEdition } from './walk-edition.ts';

export interface EditionsDeps extends WalkDeps, Failures {
  readonly open: {
    /** Ids of unfinished editions, the longest due first. */
    editions(limit: number): Promise<EditionId[]>;
  };
  readonly hasTime: () => boolean;
}

export interface Walked {
  /** Where the run stopped. Undefined: it came to the end. */
  readonly cursor: (WalkPosition & { readonly edition: EditionId }) | undefined;
  /** How many editions are unfinished. */
  readonly editions: number;
  readonly oldestMs: number;
  /** How many rows of ranges were read. */
  readonly rows: number;
  /** Leaves that a probe may travel with if its lane has no better one. */
  readonly candidates: readonly ProbeCandidate[];
  /** Lanes whose probe was sent. */
  readonly probed: ReadonlySet<Lane>;
}

const rowsARun = 500;
const editionsARun = 200;
/** Two runs, which begin each minute. */
export const twoRunsMs = 2 * 60_000;
const theStart: WalkPosition = { prefix: '' };

interface Round {
  readonly emptyRuns: EmptyRuns;
  readonly lanes: Lanes;
  readonly rows: Budget;
  /** Messages that may still be sent for a probe that is due. */
  readonly probes: Readonly<Record<Lane, Budget>>;
  readonly candidates: ProbeCandidate[];
  oldestMs: number;
}

/** Walks down the unfinished editions and puts what lies in them back to work. */
export async function walkEditions(
  cursor: Walked['cursor'],
  known: { readonly emptyRuns: EmptyRuns; readonly lanes: Lanes },
  deps: EditionsDeps,
): Promise<Walked> {
  const ids = (await attempt('edition', () => deps.open.editions(editionsARun), deps)) ?? [];
  const probes = forEveryLane(() => ({ left: 1 }));
  const round: Round = { ...known, rows: { left: rowsARun }, probes, candidates: [], oldestMs: 0 };
  const stopAt = (stopped: Walked['cursor']): Walked => ({
    cursor: stopped,
    editions: ids.length,
    oldestMs: round.oldestMs,
    rows: rowsARun - round.rows.left,
    candidates: round.candidates,
    probed: new Set(laneNames.filter((lane) => probes[lane].left <= 0)),
  });
  const first = cursor ? Math.max(0, ids.indexOf(cursor.edition)) : 0;
  for (const id of [...ids.slice(first), ...ids.slice(0, first)]) {
    if (!deps.hasTime()) return stopAt({ edition: id, ...theStart });
    const from = cursor?.edition === id ? cursor : theStart;
    const stoppedAt = await attempt('edition', () => walkOne(id, from, round, deps), deps);
    if (stoppedAt) return stopAt({ edition: id, ...stoppedAt });
  }
  return stopAt(undefined);
}

async function walkOne(id: EditionId, from: WalkPosition, round: Round, deps: EditionsDeps): Promise<WalkPosition | undefined> {
  const edition = await deps.editions.read(id);
  if (!edition || edition.completedAt || edition.paused) return undefined;
  const stand = standFor(edition, round.lanes, deps.now());
  if (stand === 'paused') return undefined;
  round.oldestMs = Math.max(round.oldestMs, ageOf(edition, deps.now()));
  if (stand === 'stopped') return undefined;
  const isProbe = stand === 'probe';
  const messages = isProbe ? round.probes[laneOf(edition)] : { left: Number.POSITIVE_INFINITY };
  const stoppedAt = await walkEdition(
    edition,
    {
      from,
      laneIsQuiet: (slot) => hasLostMessages(edition, slot, round.emptyRuns, deps),
      rows: round.rows,
      messages,
      isProbe,
      denied: (range, leaf) => void round.candidates.push({ edition, range, leaf }),
    },
    deps,
  );
  // A probe that used up the rows goes on from here. Where its message was sent says nothing of the
  // next one.
  return messages.left > 0 ? stoppedAt : undefined;
}

/**
 * The queue was empty in two runs that both began after the wave was due, so a range without a row
 * has lost its message.
 */
const hasLostMessages = (edition: Edition, slot: Slot, emptyRuns: EmptyRuns, deps: WalkDeps) =>
  emptyRuns[laneOf(edition)] >= 2 && deps.now().getTime() - leftAt(edition, slot) > twoRunsMs;

/** How long the oldest begun wave without a tally has been due, in milliseconds. */
const ageOf = (edition: Edition, now: Date): number =>
  Math.max(0, ...begunSlots(edition).flatMap((slot) => (edition.tallies[slot] ? [] : now.getTime() - leftAt(edition, slot))));
