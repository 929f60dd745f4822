import * as z from 'zod';
import { type Edition, laneOf } from '../edition/edition.ts';
import { isOver, isPast } from '../edition/edition-state.ts';
import { Instant } from '../shared/instant.ts';
import type { Lane } from '../stream/stream.ts';

/**
 * Stopped without an operator: SES takes no mail of the lane, for a reason that is not the mail's.
 */
export const LaneStop = z.strictObject({
  /**
   * SES's name for the reason, or `DailyQuotaReserve`, `InDoubt` or `SameRefusal`. The first one
   * stays until the lane is open again.
   */
  code: z.string(),
  since: Instant,
  /**
   * `probeAt`: when one mail is tried (milliseconds since 1970). `interval`: how long the lane
   * waited for that (milliseconds).
   */
  probeAt: z.int(),
  interval: z.int(),
});
export type LaneStop = z.infer<typeof LaneStop>;

/** What holds a lane back. An open lane has neither. */
export const LaneState = z.strictObject({
  /** Paused by an operator, until an operator resumes it. `by`: the label of the key. */
  paused: z.object({ at: Instant, by: z.string() }).optional(),
  stopped: LaneStop.optional(),
});
export type LaneState = z.infer<typeof LaneState>;

export const openLane: LaneState = {};

/** The code of a lane that keeps the rest of the day's quota for urgent mail. SES was not asked. */
export const reserveCode = 'DailyQuotaReserve';

/** The code of a lane in which SES leaves calls unanswered. `since`: when that began. */
export const inDoubtCode = 'InDoubt';

/** Pauses every lane of a restored table until the table is settled (docs/adr/024). */
export const unsettledCopy = 'the restore of the table';

/**
 * The code of a lane in which SES refuses mail after mail with one code, as if each were at fault.
 */
export const sameRefusalCode = 'SameRefusal';

/** 'probe': the lane is stopped, and one worker may try one mail. */
export const standOf = ({ paused, stopped }: LaneState, now: number): 'open' | 'paused' | 'stopped' | 'probe' => {
  if (paused) return 'paused';
  if (!stopped) return 'open';
  return stopped.probeAt > now ? 'stopped' : 'probe';
};

const firstProbeMs = 20_000;
const longestIntervalMs = 10 * 60_000;

/** A lane that stops now. */
export const stoppedBy = (code: string, now: Date, since: Instant = now.toISOString()): LaneStop => ({
  code,
  since,
  probeAt: now.getTime() + firstProbeMs,
  interval: firstProbeMs,
});

/** The same after another probe. Each interval is twice as long, at most ten minutes. */
export const withNextProbe = (stop: LaneStop, now: number): LaneStop => {
  const interval = Math.min(longestIntervalMs, stop.interval * 2);
  return { ...stop, interval, probeAt: now + interval };
};

/** The circuit breaker of a lane, shared by all of its workers. */
export interface LaneBreaker {
  /** Changes nothing if the lane is already stopped. True: it was open. */
  stop(lane: Lane, stop: LaneStop): Promise<boolean>;
  /** Moves the next probe on. Answers true to one caller for each probe, which may try one mail. */
  takeProbe(lane: Lane, seen: LaneStop, next: LaneStop): Promise<boolean>;
  /** Opens the lane, because SES takes mail again. A pause stays. */
  reopen(lane: Lane): Promise<void>;
}

export interface GateDeps {
  readonly breaker: LaneBreaker;
  readonly now: () => Date;
}

/**
 * How a message ends when a brake holds the mail. `isNews`: this worker has just met the reason.
 */
export type Held = { kind: 'paused' } | { kind: 'stopped'; code: string; isNews: boolean };

/** Stops the lane. A lane that is already stopped keeps its first code. */
export async function stopLane(lane: Lane, code: string, { breaker, now }: GateDeps, since?: Instant): Promise<Held> {
  await breaker.stop(lane, stoppedBy(code, now(), since));
  return { kind: 'stopped', code, isNews: true };
}

export type Lanes = Readonly<Record<Lane, LaneState>>;

/** An edition that is over, or past its time, sends nothing, so no brake keeps it from its end. */
export const standFor = (edition: Edition, lanes: Lanes, now: Date) =>
  isOver(edition) || isPast(edition, now.getTime()) ? 'open' : standOf(lanes[laneOf(edition)], now.getTime());
