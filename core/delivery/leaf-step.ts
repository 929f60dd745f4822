import { type Edition, laneOf } from '../edition/edition.ts';
import { isOver, isPast } from '../edition/edition-state.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import { dayMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type Held, inDoubtCode, type LaneState, type LaneStop, openLane, reserveCode, sameRefusalCode, standOf } from './lane.ts';
import { isOutageOver } from './outage.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { Booking, Outlook, Unsendable, WantedPlaces } from './ports.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import { type ChunkResult, type Sent, stillUnconfirmed } from './send-chunk.ts';
import type { Pace } from './send-rate.ts';

/** A claimed leaf and what is to be done in it. */
export interface LeafWork {
  readonly edition: Edition;
  readonly range: Range;
  /** The row as it was last written by us, and with the readers who were denied since. */
  readonly leaf: Leaf;
  /** Outcomes that no write has recorded yet. The next write records them. */
  readonly unrecorded: Outcomes;
  /** The readers to look at. Those who have an outcome are passed over. */
  readonly people: readonly SubscriberId[];
  /** Doubts without evidence that are sent once more, with what was submitted before. */
  readonly again: ReadonlyMap<SubscriberId, Submitted>;
}

/** All that one worker knows of the leaf that it works on. */
export interface LeafState extends LeafWork {
  /** Readers who were denied just now, with SES's code. This invocation does not try them again. */
  readonly aside: ReadonlyMap<SubscriberId, string>;
  readonly outlook: Outlook | undefined;
  readonly fragments: EditionFragments | Unsendable | undefined;
  /** The one mail that may be tried in a stopped lane. 'unproven': evidence is looked for first. */
  readonly probe: 'none' | 'unproven' | 'ready';
  readonly isSieved: boolean;
  /**
   * False after a chunk came too late for its places: the next one uses its places all the same.
   */
  readonly mayBookAgain: boolean;
  readonly booking: ({ readonly chunk: Chunk } & Booking) | undefined;
  /** SES takes mail again. The lane is opened before anything else. */
  readonly isLaneToOpen: boolean;
  /** Why the work has to end before everybody has an outcome. */
  readonly ending: Ending | undefined;
}

/** Readers who are sent to together, and what that takes. */
export interface Chunk {
  readonly people: readonly SubscriberId[];
  readonly fragments: EditionFragments | Unsendable;
  /** Milliseconds between two mails. */
  readonly interval: number;
  /** Milliseconds of the invocation that must be left when the mark is made. */
  readonly span: number;
}

/** `since`: when the outage began, where it is one. */
export interface StopReason {
  readonly code: string;
  readonly since: Instant | undefined;
}

export type Ending =
  | { readonly kind: 'hold'; readonly held: Held }
  | { readonly kind: 'stop lane'; readonly stop: StopReason }
  /** `code`: SES cannot be reached. */
  | { readonly kind: 'put back'; readonly delay: number; readonly code?: string };

/** What a worker knows of itself and of this moment. */
export interface Facts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds that this invocation still has. */
  readonly remainingMs: number;
  readonly paceAt: (maxSendRate: number) => Pace;
  /** Whether readers who may not be mailed are looked for before places are booked. */
  readonly isSieveWanted: boolean;
  /** When SES last accepted a mail of this worker (milliseconds since 1970); 0: never. */
  readonly acceptedAt: number;
  /** How long doubts wait for evidence. */
  readonly graceMs: number;
  readonly requestTimeoutMs: number;
}

/** One act of a worker. The acts of the second half end its work on the leaf. */
export type Step =
  | { readonly do: 'read outlook' }
  | { readonly do: 'read fragments' }
  | { readonly do: 'take probe'; readonly stopped: LaneStop }
  | { readonly do: 'ask for evidence' }
  | { readonly do: 'open lane' }
  | { readonly do: 'find not allowed'; readonly people: readonly SubscriberId[] }
  | { readonly do: 'book'; readonly chunk: Chunk; readonly wanted: WantedPlaces }
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'send'; readonly chunk: Chunk; readonly at: number; readonly booked: number }
  // The leaf is given back and its message acknowledged. `sweep` puts it back to work.
  | { readonly do: 'hold'; readonly held: Held }
  // The same, or the end of a leaf in which everybody was tried; then the lane is stopped.
  | { readonly do: 'stop lane'; readonly stop: StopReason; readonly isFinished: boolean }
  // The leaf is given back, and its message comes again after `delay` seconds.
  | { readonly do: 'put back'; readonly delay: number; readonly handled: Held | { kind: 'later' } }
  | { readonly do: 'finish' };

/** What an act has brought. */
export type LeafEvent =
  | { readonly kind: 'outlook read'; readonly outlook: Outlook }
  | { readonly kind: 'fragments read'; readonly fragments: EditionFragments | Unsendable }
  /** One worker gets each probe. */
  | { readonly kind: 'probe asked for'; readonly stopped: LaneStop; readonly isOurs: boolean }
  | { readonly kind: 'evidence read'; readonly proven: Outcomes }
  /** `leaf`: with everything recorded. */
  | { readonly kind: 'lane opened'; readonly leaf: Leaf }
  | { readonly kind: 'not allowed found'; readonly skipped: Outcomes }
  | { readonly kind: 'booking answered'; readonly chunk: Chunk; readonly booking: Booking }
  | { readonly kind: 'waited' }
  /**
   * `outageSince`: SES has left so many calls unanswered since then that it counts as an outage.
   */
  | { readonly kind: 'chunk sent'; readonly sent: Sent; readonly outageSince: Instant | undefined }
  /** Nothing was marked or sent. */
  | { readonly kind: 'chunk kept'; readonly result: Exclude<ChunkResult, Sent | { kind: 'lost' }> };

/** Two writes, generously: what has to fit behind the last request of a chunk. */
const writesMs = 500;
/** SQS delays a message by at most this many seconds. */
const longestDelay = 900;
/** Seconds until an SES that cannot be reached is called again. */
const outageDelay = 20;
/** Seconds until an SES that throttles is called again. */
const throttledDelay = 1;
/** After this long a denied reader is refused, whatever became of the mail of others. */
const longestDeniedMs = dayMs;

export const begin = (work: LeafWork): LeafState => ({
  ...work,
  aside: new Map(),
  outlook: undefined,
  fragments: undefined,
  probe: 'none',
  isSieved: false,
  mayBookAgain: true,
  booking: undefined,
  isLaneToOpen: false,
  ending: undefined,
});

/**
 * What is done next. The order of the rules is explained in docs/adr/035-how-a-leaf-is-worked.md.
 */
export function nextStep(state: LeafState, facts: Facts): Step {
  if (state.isLaneToOpen) return { do: 'open lane' };
  if (state.ending) return lastStep(state, state.ending);
  if (state.booking) return afterBooking(state.booking, facts);
  const waiting = waitingIn(state);
  if (waiting.length === 0) return whenNobodyWaits(state, facts);
  if (state.edition.paused) return { do: 'hold', held: { kind: 'paused' } };
  if (!state.outlook) return { do: 'read outlook' };
  if (sendsNothing(state, state.outlook, facts)) return chunkStep(state, state.outlook, waiting, facts);
  return (
    laneStep(state, state.outlook.lane, facts) ??
    (facts.isSieveWanted && !state.isSieved ? { do: 'find not allowed', people: waiting } : chunkStep(state, state.outlook, waiting, facts))
  );
}

function lastStep(state: LeafState, ending: Ending): Step {
  switch (ending.kind) {
    case 'hold':
      return { do: 'hold', held: ending.held };
    case 'stop lane':
      return { do: 'stop lane', stop: ending.stop, isFinished: !state.people.some((sid) => isOwed(state, sid)) };
    case 'put back': {
      const { delay, code } = ending;
      return { do: 'put back', delay, handled: code === undefined ? { kind: 'later' } : { kind: 'stopped', code, isNews: true } };
    }
    default:
      return ending satisfies never;
  }
}

function afterBooking(booking: NonNullable<LeafState['booking']>, { now, remainingMs }: Facts): Step {
  const { chunk } = booking;
  if (booking.kind === 'booked') return { do: 'send', chunk, at: booking.at, booked: booking.booked };
  const wait = booking.until - now;
  // No wait, and yet too far: the places are free, but our own time is too short for them.
  if (wait <= 0 || remainingMs < wait + chunk.span) return later(secondsUntil(booking.until, now));
  return { do: 'wait', until: booking.until };
}

/**
 * Everybody was tried. Those who were denied are tried again, after half as long as they have
 * waited.
 */
function whenNobodyWaits(state: LeafState, { now, acceptedAt }: Facts): Step {
  const denied = [...state.aside].filter(([sid]) => isOwed(state, sid));
  const [first] = denied;
  if (!first) return { do: 'finish' };
  const since = Math.min(...denied.map(([sid]) => state.leaf.denied[sid] ?? now));
  const delay = Math.max(outageDelay, secondsUntil(now + (now - since) / 2, now));
  // Nobody has had a mail since, so the reason may be everybody's.
  const isNews = acceptedAt < since;
  return isNews ? { do: 'put back', delay, handled: { kind: 'stopped', code: first[1], isNews } } : later(delay);
}

/** Undefined: the lane lets mail through, or the one mail of our probe. */
function laneStep({ probe }: LeafState, lane: LaneState, { now }: Facts): Step | undefined {
  if (probe === 'unproven') return { do: 'ask for evidence' };
  if (probe === 'ready') return undefined;
  const stand = standOf(lane, now);
  if (stand === 'paused') return { do: 'hold', held: { kind: 'paused' } };
  if (!lane.stopped) return undefined;
  if (stand === 'probe') return { do: 'take probe', stopped: lane.stopped };
  return { do: 'hold', held: { kind: 'stopped', code: lane.stopped.code, isNews: false } };
}

function chunkStep(state: LeafState, outlook: Outlook, waiting: readonly SubscriberId[], facts: Facts): Step {
  if (!state.fragments) return { do: 'read fragments' };
  const { interval, chunk: size } = facts.paceAt(outlook.maxSendRate);
  const people = waiting.slice(0, state.probe === 'none' ? size : 1);
  const span = (people.length - 1) * interval + facts.requestTimeoutMs + writesMs;
  if (facts.remainingMs < span) return later(0);
  const chunk = { people, fragments: state.fragments, interval, span };
  // It takes nobody's place.
  if (sendsNothing(state, outlook, facts)) return { do: 'send', chunk, at: facts.now, booked: 0 };
  const within = Math.max(0, facts.remainingMs - span);
  return { do: 'book', chunk, wanted: { places: people.length, interval, urgent: laneOf(state.edition) === 'urgent', within } };
}

/** Over, or past its time: everybody is skipped, so no brake keeps the edition from its end. */
const sendsNothing = ({ edition }: LeafState, outlook: Outlook, { now }: Facts): boolean => isOver(outlook) || isPast(edition, now);

const later = (delay: number): Step => ({ do: 'put back', delay, handled: { kind: 'later' } });

export const secondsUntil = (instant: number, now: number) => Math.min(longestDelay, Math.max(0, Math.ceil((instant - now) / 1000)));

/** Without an outcome, or in a doubt that is to be sent again. */
const isOwed = ({ leaf, unrecorded, again }: LeafState, sid: SubscriberId): boolean => {
  if (unrecorded[sid]) return false;
  const known = leaf.outcomes[sid];
  return !known || (known.kind === 'in doubt' && known.attempt === again.get(sid)?.attempt);
};

/** Readers who were denied before come last: they keep nobody waiting, and a probe tries others. */
const waitingIn = (state: LeafState): SubscriberId[] =>
  state.people
    .filter((sid) => isOwed(state, sid) && !state.aside.has(sid))
    .toSorted((a, b) => Number(a in state.leaf.denied) - Number(b in state.leaf.denied));

/** What is known after an act. */
export function after(state: LeafState, event: LeafEvent, facts: Facts): LeafState {
  switch (event.kind) {
    case 'outlook read':
      return { ...state, outlook: event.outlook };
    case 'fragments read':
      return { ...state, fragments: event.fragments };
    case 'probe asked for':
      return event.isOurs
        ? { ...state, probe: event.stopped.code === inDoubtCode ? 'unproven' : 'ready' }
        : ending(state, { kind: 'hold', held: { kind: 'stopped', code: event.stopped.code, isNews: false } });
    case 'evidence read':
      return afterEvidence(state, event.proven);
    case 'lane opened':
      return {
        ...state,
        leaf: event.leaf,
        unrecorded: {},
        isLaneToOpen: false,
        ...(state.outlook && { outlook: { ...state.outlook, lane: openLane } }),
      };
    case 'not allowed found':
      return { ...state, isSieved: true, unrecorded: { ...state.unrecorded, ...unconfirmedOf(event.skipped, state) } };
    case 'booking answered':
      return { ...state, booking: { chunk: event.chunk, ...event.booking } };
    case 'waited':
      return { ...state, booking: undefined };
    case 'chunk sent':
      return afterSent(state, event.sent, event.outageSince, facts);
    case 'chunk kept':
      return afterKept({ ...state, booking: undefined, mayBookAgain: true }, event.result);
    default:
      return event satisfies never;
  }
}

const ending = (state: LeafState, why: Ending): LeafState => ({ ...state, ending: why });

/** Mail that SES accepted without an answer opens the lane, and no other mail is spent on it. */
function afterEvidence(state: LeafState, proven: Outcomes): LeafState {
  const unrecorded = { ...state.unrecorded, ...proven };
  const isOver = isOutageOver(state.outlook?.lane ?? openLane, { ...state.leaf.outcomes, ...unrecorded });
  return { ...state, unrecorded, probe: isOver ? 'none' : 'ready', isLaneToOpen: isOver };
}

function afterKept(state: LeafState, result: Extract<LeafEvent, { kind: 'chunk kept' }>['result']): LeafState {
  switch (result.kind) {
    case 'late':
      return { ...state, mayBookAgain: false };
    case 'held':
      // The lane was held after the probe was taken: it is asked anew whether the lane may be used.
      return { ...state, outlook: result.facts, probe: 'none' };
    case 'paused':
      return ending(state, { kind: 'hold', held: { kind: 'paused' } });
    case 'reserved':
      return ending(state, { kind: 'stop lane', stop: { code: reserveCode, since: undefined } });
    case 'short of time':
      return ending(state, { kind: 'put back', delay: 0 });
    default:
      return result satisfies never;
  }
}

function afterSent(state: LeafState, sent: Sent, outageSince: Instant | undefined, facts: Facts): LeafState {
  const isProbe = state.probe !== 'none';
  return {
    ...withDenied({ ...state, leaf: sent.leaf, unrecorded: sent.outcomes }, sent, facts),
    outlook: sent.facts,
    booking: undefined,
    mayBookAgain: true,
    // A probe whose reader was skipped is still to be made.
    probe: sent.calls === 0 ? state.probe : 'none',
    isLaneToOpen: isProbe && opensLane(sent),
    ending: endingOf(sent, outageSince, isProbe),
  };
}

/**
 * A lane that refused mail after mail opens with an accepted one. Any other opens with any answer.
 */
const opensLane = ({ facts, outcomes, isTaken }: Sent): boolean =>
  facts.lane.stopped?.code === sameRefusalCode ? Object.values(outcomes).some(({ kind }) => kind === 'accepted') : isTaken;

function endingOf({ stoppedBy, back }: Sent, outageSince: Instant | undefined, isProbe: boolean): Ending | undefined {
  if (stoppedBy !== undefined) return { kind: 'stop lane', stop: { code: stoppedBy, since: undefined } };
  if (outageSince) return { kind: 'stop lane', stop: { code: inDoubtCode, since: outageSince } };
  const denied = back.find(({ outcome }) => outcome.why === 'unclear');
  if (isProbe && denied) return { kind: 'stop lane', stop: { code: denied.outcome.code, since: undefined } };
  const thrownBack = back.filter(({ outcome }) => outcome.why !== 'unclear');
  if (thrownBack.length === 0) return undefined;
  const outage = thrownBack.find(({ outcome }) => outcome.why !== 'throttled');
  return outage ? { kind: 'put back', delay: outageDelay, code: outage.outcome.code } : { kind: 'put back', delay: throttledDelay };
}

/**
 * Sets denied readers aside and notes in the leaf since when they are denied. The next write
 * records the note; if it is lost, the reader counts as denied for the first time once more.
 */
function withDenied(state: LeafState, { back }: Sent, facts: Facts): LeafState {
  const aside = new Map(state.aside);
  const denied = { ...state.leaf.denied };
  const refused: Record<SubscriberId, Outcome> = {};
  for (const { sid, outcome } of back) {
    if (outcome.why !== 'unclear') continue;
    aside.set(sid, outcome.code);
    const since = denied[sid];
    if (since === undefined) denied[sid] = facts.now;
    else if (state.probe === 'none' && isForGood(since, facts))
      refused[sid] = { kind: 'refused', attempt: (state.again.get(sid)?.attempt ?? 0) + 1, code: outcome.code };
  }
  const unrecorded = { ...state.unrecorded, ...unconfirmedOf(refused, state) };
  return { ...state, aside, leaf: { ...state.leaf, denied }, unrecorded };
}

/**
 * Whether a reader who is denied again is denied for a reason of their own. It lasted longer than a
 * policy takes to reach all of AWS, and others had mail meanwhile; or it lasted a whole day.
 */
const isForGood = (since: number, { now, graceMs, acceptedAt }: Facts): boolean => {
  const lasted = now - since;
  return lasted >= longestDeniedMs || (lasted >= graceMs && acceptedAt >= since);
};

const unconfirmedOf = (outcomes: Outcomes, { again }: LeafState): Outcomes =>
  Object.fromEntries(Object.entries(outcomes).map(([sid, outcome]) => [sid, stillUnconfirmed(outcome, again.get(sid))]));
