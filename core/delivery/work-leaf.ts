import { type Edition, laneOf } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { changeLeaf, type Release, withOutcomes } from './leaf.ts';
import type { Outcomes } from './outcome.ts';
import type { AudienceReader, EditionLedger, EvidenceReader, FragmentReader, Pacer, RangeQueue } from './ports.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import { type Back, type ChunkDeps, sendChunk } from './send-chunk.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';
import type { Throttle } from './throttle.ts';

export interface DeliverDeps extends ChunkDeps {
  readonly audience: AudienceReader;
  readonly editions: EditionLedger;
  readonly evidence: EvidenceReader;
  readonly fragments: FragmentReader;
  readonly pacer: Pacer;
  readonly queue: RangeQueue;
  /** This worker's own brake, kept between messages. */
  readonly throttle: Throttle;
  readonly newOwner: () => string;
  readonly leaseMs: number;
  /** How long a leaf with doubts waits for evidence. */
  readonly graceMs: number;
  readonly requestTimeoutMs: number;
  /** Told what became of each chunk, and of the doubts that a dead worker left. For counting only: the ledger has the exact counts. */
  readonly counted?: (outcomes: Outcomes, back: readonly Back[]) => void;
}

/** How a message ended. Every answer but 'lost' is acknowledged. */
export type Handled =
  /** 'settling': everybody has an outcome, but some are in doubt; `sweep` wakes the leaf when it is time to look for evidence. */
  | { kind: 'split' | 'held' | 'settling' | 'done already' | 'done' | 'paused' | 'later' }
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

export interface LeafWork {
  readonly edition: Edition;
  readonly range: Range;
  /** As the claim left it. */
  readonly leaf: Leaf;
  /** Outcomes that no write has recorded yet; the first mark does. */
  readonly unrecorded: Outcomes;
  readonly people: readonly SubscriberId[];
  /** Doubts without evidence that are sent once more, with what was submitted before. */
  readonly again: ReadonlyMap<SubscriberId, Submitted>;
}

/** Sends chunk after chunk to everybody in a claimed leaf who has no outcome, or whose doubt is to be sent again. */
export async function workLeaf(work: LeafWork, deps: DeliverDeps): Promise<Handled> {
  const { edition, range, people, again } = work;
  let { leaf, unrecorded } = work;
  let fragments: Awaited<ReturnType<FragmentReader['readFragments']>> | undefined;
  let rate: number | undefined;
  let mayBookAgain = true;
  const isWaiting = (sid: SubscriberId): boolean => {
    if (unrecorded[sid]) return false;
    const known = leaf.outcomes[sid];
    return !known || (known.kind === 'in doubt' && known.attempt === again.get(sid)?.attempt);
  };

  for (;;) {
    const waiting = people.filter(isWaiting);
    if (waiting.length === 0) return finish(range, leaf, unrecorded, deps);
    fragments ??= await deps.fragments.readFragments(edition);
    rate ??= await deps.reader.maxSendRate();
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

    const places = { at: booking.at, interval: pace.interval };
    const result = await sendChunk({ edition, fragments, range, leaf, unrecorded, people: chunk, again, places, mayBookAgain, span }, deps);
    if (result.kind === 'lost') return { kind: 'lost' };
    if (result.kind === 'short of time') return stop(0);
    mayBookAgain = result.kind !== 'late';
    if (result.kind === 'late') continue;
    if (result.kind === 'paused') {
      await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: comingBack(leaf, 0, deps) });
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

/** To go on where we stopped: a leaf that was settling is due at once. */
const comingBack = ({ state }: Leaf, expectedBy: number, deps: DeliverDeps): Release =>
  state === 'settling' ? { as: 'settling', settlesAt: deps.now().getTime(), expectedBy } : { as: 'open', expectedBy };

/** Stops early without a trace of failure: what is known is written, the lease ends, the range comes again. */
async function putBack(range: Range, leaf: Leaf, unrecorded: Outcomes, delay: number, deps: DeliverDeps): Promise<Handled> {
  const expectedBy = deps.now().getTime() + delay * 1000 + messageMarginMs;
  const released = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: comingBack(leaf, expectedBy, deps) });
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

/** Everybody has an outcome. A doubt waits for evidence before the leaf is counted. */
async function finish(range: Range, leaf: Leaf, unrecorded: Outcomes, deps: DeliverDeps): Promise<Handled> {
  const hasDoubts = Object.values(withOutcomes(leaf.outcomes, unrecorded)).some(({ kind }) => kind === 'in doubt');
  const release: Release = hasDoubts ? { as: 'settling', settlesAt: deps.now().getTime() + deps.graceMs, expectedBy: 0 } : { as: 'done' };
  const after = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release });
  if (!after) return { kind: 'lost' };
  if (after.state === 'settling') return { kind: 'settling' };
  await raiseTally(range, tallyOfLeaf(after), deps.ranges, deps.editions);
  return { kind: 'done' };
}

export const secondsUntil = (instant: number, now: number) => Math.min(longestDelay, Math.max(0, Math.ceil((instant - now) / 1000)));
