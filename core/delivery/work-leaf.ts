import { type Edition, laneOf } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type GateDeps, type Held, inDoubtCode, openLane, passLane, reserveCode, sameRefusalCode, stopLane } from './lane.ts';
import { changeLeaf, everyDoubtOf, type Release } from './leaf.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { AudienceReader, EditionLedger, EvidenceReader, FragmentReader, Outlook, Pacer, RangeQueue } from './ports.ts';
import { healIfAccepted, proveDoubts } from './prove-doubts.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import { type Back, type ChunkDeps, type Sent, sendChunk, stillUnconfirmed } from './send-chunk.ts';
import type { Throttle } from './send-rate.ts';
import type { Silence } from './silence.ts';
import { isNotAllowed, type Sieve, skipNotAllowed } from './skip-not-allowed.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';

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
  readonly sieve: Sieve;
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
/** After so long a reader who is denied has no mail, whatever became of others. */
const longestDeniedMs = 86_400_000;
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
  let isSifted = false;
  /** Who was denied just now, and under which code: not tried again by this invocation. */
  const aside = new Map<SubscriberId, string>();
  const isWaiting = (sid: SubscriberId): boolean => {
    if (unrecorded[sid] || aside.has(sid)) return false;
    const known = leaf.outcomes[sid];
    return !known || (known.kind === 'in doubt' && known.attempt === again.get(sid)?.attempt);
  };
  // The leaf first: should the lane's write fail, what SES certainly did not accept must not stand as a doubt.
  const hold = async (handled: () => Held | Promise<Held>): Promise<Handled> => {
    const released = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release: comingBack(leaf, 0, deps) });
    return released ? handled() : { kind: 'lost' };
  };

  for (;;) {
    // Who was denied before comes last: it must keep nobody waiting, and a probe asks for others.
    const waiting = people.filter(isWaiting).toSorted((a, b) => Number(a in leaf.denied) - Number(b in leaf.denied));
    if (waiting.length === 0) {
      const left = [...aside].filter(([sid]) => !unrecorded[sid]);
      return left.length === 0 ? finish(range, leaf, unrecorded, deps) : putBackDenied(left, range, leaf, unrecorded, deps);
    }
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
    if (!recalled && !isSifted && deps.sieve.isWanted) {
      isSifted = true;
      const skipped = await skipNotAllowed(edition, range, waiting, deps);
      deps.counted?.(skipped, []);
      for (const [sid, outcome] of Object.entries(skipped))
        unrecorded = { ...unrecorded, [sid]: stillUnconfirmed(outcome, again.get(sid)) };
      continue;
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
    deps.sieve.isWanted ||= Object.values(unrecorded).some(isNotAllowed);
    deps.counted?.(result.outcomes, result.back);
    const wasProbe = isProbe;
    const denied = result.back.filter(({ outcome }) => outcome.why === 'unclear');
    for (const { sid, outcome } of denied) {
      aside.set(sid, outcome.code);
      const since = leaf.denied[sid];
      // The next write carries the note. Should it be lost, the reader is denied for the first time once more.
      if (since === undefined) leaf = { ...leaf, denied: { ...leaf.denied, [sid]: deps.now().getTime() } };
      else if (!isProbe && isForGood(since, deps)) unrecorded = { ...unrecorded, [sid]: refusedForGood(outcome.code, again.get(sid)) };
    }
    if (isProbe && isHealing(result)) {
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
    const stoppedBy = result.stoppedBy ?? (silentSince && inDoubtCode) ?? (wasProbe ? denied[0]?.outcome.code : undefined);
    if (stoppedBy !== undefined) {
      const stop = () => stopLane(lane, stoppedBy, deps, stoppedBy === inDoubtCode ? silentSince : undefined);
      if (aside.size > 0 || people.some(isWaiting)) return hold(stop);
      const finished = await finish(range, leaf, unrecorded, deps);
      return finished.kind === 'lost' ? finished : stop();
    }
    const back = result.back.filter(({ outcome }) => outcome.why !== 'unclear');
    if (back.length > 0) return putBackAfter(back, range, leaf, unrecorded, deps);
  }
}

/** Of a lane that refused mail after mail only an accepted one tells that it takes mail again. */
const isHealing = ({ facts, outcomes, isTaken }: Sent): boolean =>
  facts.lane.stopped?.code === sameRefusalCode ? Object.values(outcomes).some(({ kind }) => kind === 'accepted') : isTaken;

/**
 * Whether a reader who was denied since then, and is denied again, is denied for a reason of their own: others had their mail meanwhile, and
 * it was not for a moment, such as a policy takes to reach all of AWS. Without others a day has to pass.
 */
const isForGood = (since: number, { refusals, graceMs, now }: DeliverDeps): boolean => {
  const lasted = now().getTime() - since;
  return lasted >= longestDeniedMs || (lasted >= graceMs && refusals.acceptedAt >= since);
};

const refusedForGood = (code: string, before: Submitted | undefined): Outcome =>
  stillUnconfirmed({ kind: 'refused', attempt: (before?.attempt ?? 0) + 1, code }, before);

/** Has those tried again who were denied, each time after half as long as they have waited. Says so while nobody had a mail since. */
async function putBackDenied(
  left: readonly (readonly [SubscriberId, string])[],
  range: Range,
  leaf: Leaf,
  unrecorded: Outcomes,
  deps: DeliverDeps,
): Promise<Handled> {
  const since = Math.min(...left.map(([sid]) => leaf.denied[sid] ?? deps.now().getTime()));
  const delay = secondsUntil(deps.now().getTime() + (deps.now().getTime() - since) / 2, deps.now().getTime());
  const handled = await putBack(range, leaf, unrecorded, Math.max(outageDelay, delay), deps);
  const isNews = handled.kind === 'later' && deps.refusals.acceptedAt < since;
  return isNews ? { kind: 'stopped', code: left[0]?.[1] ?? '', isNews } : handled;
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
