import { addCounts, type Edition, laneOf } from '../edition/edition.ts';
import { UnknownEdition } from '../shared/errors.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { changeLeaf, claimLeaf, doubtsOf, newLeaf } from './leaf.ts';
import type { Outcomes } from './outcome.ts';
import type { AudienceReader, EditionLedger, FragmentReader, Pacer, RangeQueue } from './ports.ts';
import { halvesOf, type Leaf, leafSize, type Range, type RangeRow, tallyOfSplit } from './range.ts';
import { type Back, type ChunkDeps, sendChunk } from './send-chunk.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';
import type { Throttle } from './throttle.ts';

export interface DeliverDeps extends ChunkDeps {
  readonly audience: AudienceReader;
  readonly editions: EditionLedger;
  readonly fragments: FragmentReader;
  readonly pacer: Pacer;
  readonly queue: RangeQueue;
  /** This worker's own brake, kept between messages. */
  readonly throttle: Throttle;
  readonly newOwner: () => string;
  readonly leaseMs: number;
  readonly requestTimeoutMs: number;
  /** Told what became of each chunk, and of the doubts that a dead worker left. For counting only: the ledger has the exact counts. */
  readonly counted?: (outcomes: Outcomes, back: readonly Back[]) => void;
}

/** How a message ended. Every answer but 'lost' is acknowledged. */
export type Handled =
  | { kind: 'split' | 'held' | 'done already' | 'done' | 'paused' | 'later' }
  /** SES took nothing for a reason that concerns the whole lane: the work is kept, an operator has to know. */
  | { kind: 'stopped'; code: string }
  /** Another worker took the leaf over while we worked: not acknowledged, so that the message comes again if that one dies too. */
  | { kind: 'lost' };

/** Two writes, generously: what has to fit behind the last request of a chunk. */
const writesMs = 500;
/** SQS delays a message by at most this. */
const longestDelay = 900;
/** Let a configuration fault or an unreachable SES be for so long. */
const outageDelay = 20;
/** A message that is sent again has surely come so long after its delay. */
const messageMarginMs = 60_000;

/** Handles one range message: decides its shape once, then splits it or sends to its people. Any number of times is once. */
export async function deliverRange(range: Range, deps: DeliverDeps): Promise<Handled> {
  const edition = await deps.editions.read(range.edition);
  if (!edition) throw new UnknownEdition(range.edition);
  if (edition.paused) return { kind: 'paused' };
  const { row, people, ours } = await decideShape(edition, range, deps);
  if (row.shape === 'split') {
    await deps.queue.send(halvesOf(range));
    const sum = tallyOfSplit(row, addCounts);
    if (sum) await raiseTally(range, sum, deps.ranges, deps.editions);
    return { kind: 'split' };
  }
  if (ours) return workLeaf(edition, range, row, people, deps);

  const now = deps.now().getTime();
  const claim = await claimLeaf(deps.ranges, range, row, { owner: deps.newOwner(), now, leaseEndsAt: now + deps.leaseMs });
  if (claim.answer === 'done') {
    await raiseTally(range, tallyOfLeaf(claim.leaf), deps.ranges, deps.editions);
    return { kind: 'done already' };
  }
  if (claim.answer === 'held') {
    await deps.queue.send([range], secondsUntil(claim.until, now));
    return { kind: 'held' };
  }
  return workLeaf(edition, range, claim.leaf, undefined, deps);
}

interface Shaped {
  readonly row: RangeRow;
  /** Everyone in a leaf that we have just made. */
  readonly people?: readonly SubscriberId[];
  readonly ours: boolean;
}

async function decideShape(edition: Edition, range: Range, deps: DeliverDeps): Promise<Shaped> {
  const seen = await deps.ranges.read(range);
  if (seen) return { row: seen, ours: false };
  const people = await deps.audience.first(edition, range, leafSize + 1);
  const leaf = newLeaf(deps.newOwner(), deps.now().getTime() + deps.leaseMs);
  const row: RangeRow = people.length > leafSize ? { shape: 'split', tallies: {} } : leaf;
  if (await deps.ranges.create(range, row)) return { row, people, ours: row.shape === 'leaf' };
  const now = await deps.ranges.read(range);
  if (!now) throw new Error(`range ${range.edition} ${range.slot} ${range.prefix || '-'}: neither created nor there`);
  const landed = now.shape === 'leaf' && now.owner === leaf.owner && now.step === 0;
  return landed ? { row: now, people, ours: true } : { row: now, ours: false };
}

async function workLeaf(
  edition: Edition,
  range: Range,
  claimed: Leaf,
  known: readonly SubscriberId[] | undefined,
  deps: DeliverDeps,
): Promise<Handled> {
  const people = known ?? (await deps.audience.first(edition, range, Number.POSITIVE_INFINITY));
  const fragments = await deps.fragments.readFragments(edition);
  let leaf = claimed;
  let unrecorded: Outcomes = doubtsOf(claimed);
  deps.counted?.(unrecorded, []);
  let rate = await deps.reader.maxSendRate();
  let mayBookAgain = true;

  for (;;) {
    const waiting = people.filter((sid) => !leaf.outcomes[sid] && !unrecorded[sid]);
    if (waiting.length === 0) return finish(range, leaf, unrecorded, deps);
    const pace = deps.throttle.pace(rate, deps.now().getTime());
    const chunk = waiting.slice(0, pace.chunk);
    const stop = (delay: number) => putBack(range, leaf, unrecorded, delay, deps);
    const span = (chunk.length - 1) * pace.interval + deps.requestTimeoutMs + writesMs;
    if (deps.remainingMs() < span) return stop(0);
    const booking = await deps.pacer.book({
      places: chunk.length,
      interval: pace.interval,
      urgent: laneOf(edition.stream) === 'urgent',
      within: Math.max(0, deps.remainingMs() - span),
    });
    if (booking.kind === 'far') {
      const wait = booking.until - deps.now().getTime();
      // No wait, and yet too far: the places are free, but our own time is too short for them.
      if (wait <= 0 || deps.remainingMs() < wait + span) return stop(secondsUntil(booking.until, deps.now().getTime()));
      await deps.waitUntil(booking.until);
      continue;
    }

    const result = await sendChunk(
      {
        edition,
        fragments,
        range,
        leaf,
        unrecorded,
        people: chunk,
        places: { at: booking.at, interval: pace.interval },
        mayBookAgain,
        span,
      },
      deps,
    );
    if (result.kind === 'lost') return { kind: 'lost' };
    if (result.kind === 'short of time') return stop(0);
    mayBookAgain = result.kind !== 'late';
    if (result.kind === 'late') continue;
    if (result.kind === 'paused') {
      await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: 'open' });
      return { kind: 'paused' };
    }
    leaf = result.leaf;
    unrecorded = result.outcomes;
    deps.counted?.(result.outcomes, result.back);
    rate = result.facts.maxSendRate;
    if (result.back.some(({ outcome }) => outcome.why === 'throttled')) deps.throttle.slowDown(deps.now().getTime());
    if (result.back.length > 0) return putBackAfter(result.back, range, leaf, unrecorded, deps);
  }
}

/** Stops early without a trace of failure: what is known is written, the lease ends, the range comes again. */
async function putBack(range: Range, leaf: Leaf, unrecorded: Outcomes, delay: number, deps: DeliverDeps): Promise<Handled> {
  const expectedBy = deps.now().getTime() + delay * 1000 + messageMarginMs;
  const released = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: 'open', expectedBy });
  if (!released) return { kind: 'lost' };
  await deps.queue.send([range], delay);
  return { kind: 'later' };
}

/** Waits a second where SES throttled, longer where it takes nothing at all, and says so. */
async function putBackAfter(back: readonly Back[], range: Range, leaf: Leaf, unrecorded: Outcomes, deps: DeliverDeps): Promise<Handled> {
  const outage = back.find(({ outcome }) => outcome.why !== 'throttled');
  const handled = await putBack(range, leaf, unrecorded, outage ? outageDelay : 1, deps);
  return outage && handled.kind === 'later' ? { kind: 'stopped', code: outage.outcome.code } : handled;
}

async function finish(range: Range, leaf: Leaf, unrecorded: Outcomes, deps: DeliverDeps): Promise<Handled> {
  const done = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: 'done' });
  if (!done) return { kind: 'lost' };
  await raiseTally(range, tallyOfLeaf(done), deps.ranges, deps.editions);
  return { kind: 'done' };
}

const secondsUntil = (instant: number, now: number) => Math.min(longestDelay, Math.max(0, Math.ceil((instant - now) / 1000)));
