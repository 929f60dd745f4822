import { type Lanes, openLane, standFor } from '../delivery/lane.ts';
import type { Leaf, Range } from '../delivery/range.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import { begunSlots, leftAt } from '../edition/waves.ts';
import { type PayDeps, payOwed } from '../intake/pay-owed.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { type Lane, lanes } from '../stream/stream.ts';
import type { Slot } from '../subscriber/subscriber.ts';
import { askForLeftOut, type LeftOutDeps } from './ask-for-left-out.ts';
import { type Asked, askForMonthly, type MonthlyDeps } from './ask-for-monthly.ts';
import { attempt } from './attempt.ts';
import { beginWaves, type WaveDeps } from './begin-waves.ts';
import { type DueLeaves, type Places, type Vehicle, wakeLeaves } from './wake-leaves.ts';
import { type Budget, type Place, sendOnce, type WalkDeps, walkEdition } from './walk-edition.ts';

export interface SweepDeps extends WalkDeps {
  readonly pay: PayDeps;
  readonly waves: WaveDeps['waves'];
  readonly monthly: MonthlyDeps;
  readonly leftOut: LeftOutDeps;
  readonly open: {
    /** Ids of unfinished editions, the longest due first. */
    editions(limit: number): Promise<EditionId[]>;
    /** Postmortems whose outbox has been owed since before an instant, the longest owed first. */
    outboxes(before: Date, limit: number): Promise<PostmortemId[]>;
    readonly settling: DueLeaves;
  };
  /** Milliseconds that this run still has. */
  readonly remainingMs: () => number;
  readonly memory: {
    read(): Promise<SweepMemory>;
    write(memory: SweepMemory): Promise<void>;
  };
  /** Consistent. */
  readonly readLanes: () => Promise<Lanes>;
  readonly isQueueEmpty: (lane: Lane) => Promise<boolean>;
  readonly refreshQuota: () => Promise<void>;
  readonly failed: (what: string, error: unknown) => void;
}

/** What one run tells the next. */
export interface SweepMemory {
  /** Runs in a row in which a lane's queue reported nothing visible, in flight or delayed. */
  readonly emptyRuns: Readonly<Record<Lane, number>>;
  /** Where to go on in which edition. */
  readonly cursor?: Place & { readonly edition: EditionId };
  /** Where to go on among the leaves that are due; absent: everywhere from the head. */
  readonly settling?: Places;
  /** The last outbox that was tried: the next run begins behind it, so that some that fail do not keep the others waiting. */
  readonly lastOutbox?: PostmortemId;
  /** The last monthly digest that was asked for, or found to be there or not wanted. */
  readonly asked?: Asked;
}

export interface Swept {
  readonly outboxes: number;
  readonly editions: number;
  /** Milliseconds since the oldest wave that is being sent was to leave; 0 without one. What is paused does not count. */
  readonly oldestMs: number;
  readonly rows: number;
  readonly lanes: Lanes;
}

/** At most this many range rows, editions and outboxes a run. */
const rowsARun = 500;
const editionsARun = 200;
const outboxesARun = 200;
/** Stop taking up new work when only this much of a run is left. */
const reserveMs = 5000;
/** A run begins each minute. */
const runMs = 60_000;
/** Intake is given this long to pay by itself. */
const ownTimeMs = 20_000;

/** Finishes whatever was left unfinished. One part that fails does not keep the others from running. */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  await attempt('quota', deps.refreshQuota, deps);
  const memory = await deps.memory.read();
  const emptyRuns = await countEmptyRuns(memory, deps);
  const budget: Budget = { left: rowsARun };
  const lanes = await lanesNow(deps);
  const probes: Probes = { bulk: { left: 1 }, urgent: { left: 1 }, customers: { left: 1 } };
  const waking = { ...deps, settling: deps.open.settling, hasTime: () => hasTime(deps) };
  const { vehicles, places } = await wakeLeaves(memory.settling ?? {}, lanes, waking);
  await beginWaves({ ...deps, hasTime: () => hasTime(deps) });
  const { cursor, editions, oldestMs } = await walkEditions(memory, { emptyRuns, lanes, budget, probes, vehicles }, deps);
  await sendLeftProbes(vehicles, probes, deps);
  const { lastOutbox, outboxes } = await payOutboxes(memory, deps);
  const asked = await monthlyAsked(memory, deps);
  await attempt('left out', () => askForLeftOut(deps.leftOut), deps);
  const settling = Object.keys(places).length > 0 && { settling: places };
  await deps.memory.write({
    emptyRuns,
    ...(cursor && { cursor }),
    ...settling,
    ...(lastOutbox && { lastOutbox }),
    ...(asked && { asked }),
  });
  return { outboxes, editions, oldestMs, rows: rowsARun - budget.left, lanes };
}

const allOpen: Lanes = { bulk: openLane, urgent: openLane, customers: openLane };

/** Where this cannot be known every lane counts as open: a worker asks again before it sends. */
async function lanesNow(deps: SweepDeps): Promise<Lanes> {
  let known = allOpen;
  await attempt(
    'lanes',
    async () => {
      known = await deps.readLanes();
    },
    deps,
  );
  return known;
}

async function monthlyAsked({ asked }: SweepMemory, deps: SweepDeps): Promise<Asked | undefined> {
  let now = asked;
  await attempt(
    'monthly',
    async () => {
      now = await askForMonthly(asked, deps.monthly);
    },
    deps,
  );
  return now;
}

const hasTime = (deps: SweepDeps) => deps.remainingMs() > reserveMs;

async function payOutboxes(memory: SweepMemory, deps: SweepDeps): Promise<{ outboxes: number; lastOutbox?: PostmortemId }> {
  let owing: PostmortemId[] = [];
  await attempt(
    'outbox',
    async () => {
      owing = await deps.open.outboxes(new Date(deps.now().getTime() - ownTimeMs), outboxesARun);
    },
    deps,
  );
  const behind = memory.lastOutbox === undefined ? 0 : owing.indexOf(memory.lastOutbox) + 1;
  let lastOutbox: PostmortemId | undefined;
  for (const id of [...owing.slice(behind), ...owing.slice(0, behind)]) {
    if (!hasTime(deps)) break;
    await attempt('outbox', () => payOwed(id, deps.pay), deps);
    lastOutbox = id;
  }
  return { outboxes: owing.length, ...(lastOutbox && { lastOutbox }) };
}

/** A probe that found no other work travels with one of these leaves, with another each minute: none of them has it to itself. */
async function sendLeftProbes(vehicles: readonly Vehicle[], probes: Probes, deps: SweepDeps): Promise<void> {
  for (const lane of lanes) {
    const ofLane = vehicles.filter(({ edition }) => laneOf(edition) === lane);
    const vehicle = ofLane[Math.floor(deps.now().getTime() / runMs) % ofLane.length];
    if (vehicle && probes[lane].left > 0)
      await attempt('settling', () => sendOnce(vehicle.edition, vehicle.range, vehicle.leaf, deps), deps);
  }
}

async function countEmptyRuns(memory: SweepMemory, deps: SweepDeps): Promise<Record<Lane, number>> {
  const emptyRuns: Record<Lane, number> = { ...memory.emptyRuns };
  for (const lane of lanes) {
    await attempt(
      'queue',
      async () => {
        emptyRuns[lane] = (await deps.isQueueEmpty(lane)) ? emptyRuns[lane] + 1 : 0;
      },
      deps,
    );
  }
  return emptyRuns;
}

/** Messages that may still be sent for a probe that is due. */
type Probes = Readonly<Record<Lane, Budget>>;

interface Round {
  readonly emptyRuns: Record<Lane, number>;
  readonly lanes: Lanes;
  readonly budget: Budget;
  readonly probes: Probes;
  /** Leaves that a probe travels with where there is no better one; those that are met are added. */
  readonly vehicles: Vehicle[];
}

async function walkEditions({ cursor }: SweepMemory, { emptyRuns, lanes, budget, probes, vehicles }: Round, deps: SweepDeps) {
  let ids: EditionId[] = [];
  await attempt(
    'edition',
    async () => {
      ids = await deps.open.editions(editionsARun);
    },
    deps,
  );
  const first = cursor ? Math.max(0, ids.indexOf(cursor.edition)) : 0;
  let oldestMs = 0;
  const stopAt = (edition: EditionId, place: Place) => ({ cursor: { edition, ...place }, editions: ids.length, oldestMs });
  for (const id of [...ids.slice(first), ...ids.slice(0, first)]) {
    if (!hasTime(deps)) return stopAt(id, theStart);
    let stoppedAt: Place | undefined;
    await attempt(
      'edition',
      async () => {
        const edition = await deps.editions.read(id);
        if (!edition || !isToBeWalked(edition)) return;
        const stand = standFor(edition, lanes, deps.now());
        if (stand === 'paused') return;
        oldestMs = Math.max(oldestMs, ageOf(edition, deps.now()));
        const laneIsQuiet = (slot: Slot) => hasLostMessages(edition, slot, emptyRuns, deps);
        const from = cursor?.edition === id ? cursor : theStart;
        const denied = (range: Range, leaf: Leaf) => void vehicles.push({ edition, range, leaf });
        const way = { from, laneIsQuiet, budget, denied };
        if (stand === 'open') {
          const messages = { left: Number.POSITIVE_INFINITY };
          stoppedAt = await walkEdition(edition, { ...way, messages, isProbe: false }, deps);
        }
        if (stand === 'probe') {
          const messages = probes[laneOf(edition)];
          const end = await walkEdition(edition, { ...way, messages, isProbe: true }, deps);
          // Out of rows before it found work: the next run looks further on. Where its message was sent says nothing of the next one.
          if (messages.left > 0) stoppedAt = end;
        }
      },
      deps,
    );
    if (stoppedAt !== undefined) return stopAt(id, stoppedAt);
  }
  return { cursor: undefined, editions: ids.length, oldestMs };
}

/** The queue was empty in two runs that both began after the wave was due: a range without a row has lost its message. */
const hasLostMessages = (edition: Edition, slot: Slot, emptyRuns: Record<Lane, number>, deps: SweepDeps) =>
  emptyRuns[laneOf(edition)] >= 2 && deps.now().getTime() - leftAt(edition, slot) > 2 * runMs;

/** For how long the oldest of the begun waves is being sent; nothing while all that were begun are counted. */
const ageOf = (edition: Edition, now: Date): number =>
  Math.max(0, ...begunSlots(edition).flatMap((slot) => (edition.tallies[slot] ? [] : now.getTime() - leftAt(edition, slot))));

const theStart: Place = { prefix: '' };

const isToBeWalked = (edition: Edition) => !edition.completedAt && !edition.paused;
