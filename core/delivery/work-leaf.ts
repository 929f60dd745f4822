import { laneOf } from '../edition/edition.ts';
import { type GateDeps, type Held, stopLane, withNextProbe } from './lane.ts';
import { changeLeaf, everyDoubtOf, type Release } from './leaf.ts';
import { after, begin, type Facts, type LeafEvent, type LeafState, type LeafWork, nextStep, type Step } from './leaf-step.ts';
import type { OutageDetector } from './outage.ts';
import type { Outcomes } from './outcome.ts';
import type { AudienceReader, EditionLedger, EvidenceReader, Pacer, RangeQueue, SendableReader } from './ports.ts';
import { proveDoubts } from './prove-doubts.ts';
import type { Leaf } from './range.ts';
import { type Back, type ChunkDeps, type Sent, sendChunk } from './send-chunk.ts';
import type { Throttle } from './send-rate.ts';
import { isNotAllowed, type Sieve, skipNotAllowed } from './skip-not-allowed.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';

export interface DeliverDeps extends ChunkDeps, GateDeps {
  readonly audience: AudienceReader;
  readonly editions: EditionLedger;
  readonly evidence: EvidenceReader;
  readonly fragments: SendableReader;
  readonly pacer: Pacer;
  readonly queue: RangeQueue;
  /** This worker's own brake, kept between messages. */
  readonly throttle: Throttle;
  readonly outages: OutageDetector;
  readonly sieve: Sieve;
  readonly newOwner: () => string;
  readonly leaseMs: number;
  /** How long a leaf with doubts waits for evidence. */
  readonly graceMs: number;
  readonly requestTimeoutMs: number;
  /**
   * Called with the outcomes of each chunk, and with the doubts that a dead worker left. It serves
   * metrics only: the ledger has the exact counts.
   */
  readonly counted?: (outcomes: Outcomes, back: readonly Back[]) => void;
}

/** How a message ended. Every answer but 'lost' is acknowledged. */
export type Handled =
  /**
   * 'settling': everybody has an outcome, but some are in doubt. `sweep` wakes the leaf when it is
   * time to look for evidence.
   */
  | { kind: 'split' | 'held' | 'settling' | 'done already' | 'done' | 'later' }
  /** The edition or the lane is held. The work is kept, and `sweep` puts it back. */
  | Held
  /**
   * Another worker took the leaf over. Not acknowledged: the message comes again if that worker
   * dies too.
   */
  | { kind: 'lost' };

/** What an act came to: something new to go on with, or the end of this message. */
type Done = { readonly event: LeafEvent } | { readonly handled: Handled };

const lost: Handled = { kind: 'lost' };

/** A message that is sent again has arrived this long after its delay at the latest. */
const messageMarginMs = 60_000;

/**
 * Sends to everybody in a claimed leaf who is owed a mail. `leaf-step.ts` decides each step, and
 * docs/adr/035-how-a-leaf-is-worked.md says what is left behind if the worker dies at one of them.
 */
export async function workLeaf(work: LeafWork, deps: DeliverDeps): Promise<Handled> {
  let state = begin(work);
  for (;;) {
    const done = await act(nextStep(state, factsOf(deps)), state, deps);
    if ('handled' in done) return done.handled;
    state = after(state, done.event, factsOf(deps));
  }
}

const factsOf = ({ now, remainingMs, throttle, sieve, refusals, graceMs, requestTimeoutMs }: DeliverDeps): Facts => {
  const at = now().getTime();
  return {
    now: at,
    remainingMs: remainingMs(),
    paceAt: (maxSendRate) => throttle.pace(maxSendRate, at),
    isSieveWanted: sieve.isWanted,
    acceptedAt: refusals.acceptedAt,
    graceMs,
    requestTimeoutMs,
  };
};

async function act(step: Step, state: LeafState, deps: DeliverDeps): Promise<Done> {
  const { edition, range, leaf, unrecorded } = state;
  switch (step.do) {
    case 'read outlook':
      return { event: { kind: 'outlook read', outlook: await deps.reader.outlook(edition) } };
    case 'read fragments':
      return { event: { kind: 'fragments read', fragments: await deps.fragments.readFragments(edition) } };
    case 'take probe': {
      const { stopped } = step;
      const isOurs = await deps.breaker.takeProbe(laneOf(edition), stopped, withNextProbe(stopped, deps.now().getTime()));
      return { event: { kind: 'probe asked for', stopped, isOurs } };
    }
    case 'ask for evidence':
      return { event: { kind: 'evidence read', proven: await proveDoubts(edition, everyDoubtOf(leaf), deps.evidence) } };
    case 'open lane': {
      // The leaf first: if the lane's write failed, the mail that SES answered would stand as a
      // doubt.
      const recorded = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded });
      if (!recorded) return { handled: lost };
      await deps.breaker.reopen(laneOf(edition));
      return { event: { kind: 'lane opened', leaf: recorded } };
    }
    case 'find not allowed': {
      const skipped = await skipNotAllowed(edition, range, step.people, deps);
      deps.counted?.(skipped, []);
      return { event: { kind: 'not allowed found', skipped } };
    }
    case 'book':
      return { event: { kind: 'booking answered', chunk: step.chunk, booking: await deps.pacer.book(step.wanted) } };
    case 'wait':
      await deps.waitUntil(step.until);
      return { event: { kind: 'waited' } };
    case 'send':
      return send(step, state, deps);
    case 'hold':
      return { handled: (await giveBack(state, 0, deps)) ? step.held : lost };
    case 'stop lane': {
      // The leaf first, as above.
      const isWritten = step.isFinished ? (await finish(state, deps)) !== lost : await giveBack(state, 0, deps);
      if (!isWritten) return { handled: lost };
      return { handled: await stopLane(laneOf(edition), step.stop.code, deps, step.stop.since) };
    }
    case 'put back': {
      const expectedBy = deps.now().getTime() + step.delay * 1000 + messageMarginMs;
      if (!(await giveBack(state, expectedBy, deps))) return { handled: lost };
      await deps.queue.send([range], step.delay);
      return { handled: step.handled };
    }
    case 'finish':
      return { handled: await finish(state, deps) };
    default:
      return step satisfies never;
  }
}

async function send({ chunk, at, booked }: Extract<Step, { do: 'send' }>, state: LeafState, deps: DeliverDeps): Promise<Done> {
  const isProbe = state.probe !== 'none';
  const places = { at, interval: chunk.interval, booked };
  const { people, fragments, span } = chunk;
  const result = await sendChunk({ ...state, people, fragments, span, places, isProbe }, deps);
  if (result.kind === 'lost') return { handled: lost };
  if (result.kind !== 'sent') return { event: { kind: 'chunk kept', result } };
  return { event: { kind: 'chunk sent', sent: result, outageSince: remember(result, isProbe, deps) } };
}

/** Keeps what later chunks and messages need. Answers when the outage began, if there is one. */
function remember(sent: Sent, isProbe: boolean, { counted, sieve, throttle, outages, now }: DeliverDeps) {
  counted?.(sent.outcomes, sent.back);
  sieve.isWanted ||= Object.values(sent.outcomes).some(isNotAllowed);
  const throttled = sent.back.filter(({ outcome }) => outcome.why === 'throttled').length;
  if (throttled > 0) throttle.slowDown(throttled / sent.calls, now().getTime());
  return isProbe ? undefined : outages.after(sent.isTaken, sent.outcomes);
}

/** Ends the lease and records what is known. Undefined: somebody else owns the leaf. */
function giveBack({ range, leaf, unrecorded }: LeafState, expectedBy: number, deps: DeliverDeps): Promise<Leaf | undefined> {
  // A leaf that was settling is due at once.
  const release: Release =
    leaf.state === 'settling' ? { as: 'settling', settlesAt: deps.now().getTime(), expectedBy } : { as: 'open', expectedBy };
  return changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release });
}

/** Everybody has an outcome. A leaf with doubts waits for evidence before it is counted. */
async function finish({ range, leaf, unrecorded }: LeafState, deps: DeliverDeps): Promise<Handled> {
  const release: Release = { as: 'finished', settlesAt: deps.now().getTime() + deps.graceMs };
  const finished = await changeLeaf(deps.ranges, range, leaf, { outcomes: unrecorded, release });
  if (!finished) return lost;
  if (finished.state === 'settling') return { kind: 'settling' };
  await raiseTally(range, tallyOfLeaf(finished), deps.ranges, deps.editions);
  return { kind: 'done' };
}
