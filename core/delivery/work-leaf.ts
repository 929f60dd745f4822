import { type Edition, laneOf } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type GateDeps, type Held, passLane, stopLane } from './lane-gate.ts';
import { inDoubtCode, openLane, reserveCode } from './lane-state.ts';
import { changeLeaf, everyDoubtOf, type Release } from './leaf.ts';
import type { Outcomes } from './outcome.ts';
import type { AudienceReader, EditionLedger, EvidenceReader, FragmentReader, Outlook, Pacer, RangeQueue } from './ports.ts';
import { healIfAccepted, proveDoubts } from './prove-doubts.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import { type Back, type ChunkDeps, sendChunk } from './send-chunk.ts';
import type { Silence } from './silence.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';
import type { Throttle } from './throttle.ts';

export interface DeliverDeps extends ChunkDeps, GateDeps {
  readonly audience: AudienceReader;
  readonly editions: EditionLedger;
  readonly evidence: EvidenceReader;
  readonly fragments: FragmentReader;
  readonly pacer: Pacer;
  readonly queue: RangeQueue;
  /** This worker's own brake, kept between messages. */
  readonly throttle: Throttle;
  readonly silence: Silence;
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
  | { kind: 'split' | 'held' | 'settling' | 'done already' | 'done' | 'later' }
  /** The edition or the lane is paused, or SES takes nothing of the lane: the work is kept, and `sweep` puts it back. */
  | Held
  /** Another worker took the leaf over while we worked: not acknowledged, so that the message comes again if that one dies too. */
  | { kind: 'lost' };

/** Two writes, generously: what has to fit behind the last request of a chunk. */
const writesMs = 500;
/** SQS delays a message by at most this. */
const longestDelay = 900;
/** Let an SES that cannot be reached be for so long. */
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
  const lane = laneOf(edition);
  let { leaf, unrecorded } = work;
  let fragments: Awaited<ReturnType<FragmentReader['readFragments']>> | undefined;
  let outlook: Outlook | undefined;
  let isProbe = false;
  let mayBookAgain = true;
  const isWaiting = (sid: SubscriberId): boolean => {
    if (unrecorded[sid]) return false;
    const known = leaf.outcomes[sid];
    return !known || (known.kind === 'in doubt' && known.attempt === again.get(sid)?.attempt);
  };
  // The leaf first: should the lane's write fail, what SES certainly did not accept must not stand as a doubt.
  const hold = async (handled: () => Held | Promise<Held>): Promise<Handled> => {
    const released = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: comingBack(leaf, 0, deps) });
    return released ? handled() : { kind: 'lost' };
  };

  for (;;) {
    const waiting = people.filter(isWaiting);
    if (waiting.length === 0) return finish(range, leaf, unrecorded, deps);
    if (edition.paused) return hold(() => ({ kind: 'paused' }));
    outlook ??= await deps.reader.outlook(edition);
    const { recalled } = outlook;
    if (!recalled && !isProbe) {
      const passed = await passLane(lane, outlook.lane, deps);
      if (typeof passed === 'object') return hold(() => passed);
      isProbe = passed === 'probe';
      if (isProbe && outlook.lane.stopped?.code === inDoubtCode) {
        // What was sent may have been accepted without an answer: that is known without another mail.
        unrecorded = { ...unrecorded, ...(await proveDoubts(edition, everyDoubtOf(leaf), deps.evidence)) };
        if (await healIfAccepted(edition, outlook.lane, { ...leaf.outcomes, ...unrecorded }, deps.breaker)) {
          isProbe = false;
          outlook = { ...outlook, lane: openLane };
          continue;
        }
      }
    }
    fragments ??= await deps.fragments.readFragments(edition);
    const pace = deps.throttle.pace(outlook.maxSendRate, deps.now().getTime());
    const chunk = waiting.slice(0, isProbe ? 1 : pace.chunk);
    const stop = (delay: number) => putBack(range, leaf, unrecorded, delay, deps);
    const span = (chunk.length - 1) * pace.interval + deps.requestTimeoutMs + writesMs;
    if (deps.remainingMs() < span) return stop(0);
    // A recalled edition sends nothing, so it takes nobody's place.
    const booking = recalled
      ? { kind: 'booked' as const, at: deps.now().getTime(), booked: 0 }
      : await deps.pacer.book({
          places: chunk.length,
          interval: pace.interval,
          urgent: lane === 'urgent',
          within: Math.max(0, deps.remainingMs() - span),
        });
    if (booking.kind === 'far') {
      const wait = booking.until - deps.now().getTime();
      // No wait, and yet too far: the places are free, but our own time is too short for them.
      if (wait <= 0 || deps.remainingMs() < wait + span) return stop(secondsUntil(booking.until, deps.now().getTime()));
      await deps.waitUntil(booking.until);
      continue;
    }

    const places = { at: booking.at, interval: pace.interval, booked: booking.booked };
    const result = await sendChunk(
      { edition, fragments, range, leaf, unrecorded, people: chunk, again, places, isProbe, mayBookAgain, span },
      deps,
    );
    if (result.kind === 'lost') return { kind: 'lost' };
    if (result.kind === 'short of time') return stop(0);
    if (result.kind === 'paused') return hold(() => ({ kind: 'paused' }));
    if (result.kind === 'reserved') return hold(() => stopLane(lane, reserveCode, deps));
    mayBookAgain = result.kind !== 'late';
    if (result.kind === 'late') continue;
    outlook = result.facts;
    if (result.kind === 'held') {
      // Paused after the probe was taken: it is asked anew whether the lane may be used.
      isProbe = false;
      continue;
    }
    leaf = result.leaf;
    unrecorded = result.outcomes;
    deps.counted?.(result.outcomes, result.back);
    if (isProbe && result.isTaken) {
      const recorded = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded });
      if (!recorded) return { kind: 'lost' };
      [leaf, unrecorded] = [recorded, {}];
      await deps.breaker.heal(lane);
      outlook = { ...outlook, lane: openLane };
    }
    const silentSince = isProbe ? undefined : deps.silence.after(result.isTaken, result.outcomes);
    // One whose reader was skipped is still to be made.
    isProbe &&= result.calls === 0;
    const throttled = result.back.filter(({ outcome }) => outcome.why === 'throttled').length;
    if (throttled > 0) deps.throttle.slowDown(throttled / result.calls, deps.now().getTime());
    const stopped = result.back.find(({ outcome }) => outcome.why === 'stopped');
    if (stopped) return hold(() => stopLane(lane, stopped.outcome.code, deps));
    if (silentSince) {
      const stop = () => stopLane(lane, inDoubtCode, deps, silentSince);
      if (people.some(isWaiting)) return hold(stop);
      const finished = await finish(range, leaf, unrecorded, deps);
      return finished.kind === 'lost' ? finished : stop();
    }
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
  return outage && handled.kind === 'later' ? { kind: 'stopped', code: outage.outcome.code, isNews: true } : handled;
}

/** Everybody has an outcome. A doubt waits for evidence before the leaf is counted. */
async function finish(range: Range, leaf: Leaf, unrecorded: Outcomes, deps: DeliverDeps): Promise<Handled> {
  const release: Release = { as: 'finished', settlesAt: deps.now().getTime() + deps.graceMs };
  const after = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release });
  if (!after) return { kind: 'lost' };
  if (after.state === 'settling') return { kind: 'settling' };
  await raiseTally(range, tallyOfLeaf(after), deps.ranges, deps.editions);
  return { kind: 'done' };
}

export const secondsUntil = (instant: number, now: number) => Math.min(longestDelay, Math.max(0, Math.ceil((instant - now) / 1000)));
