import * as z from 'zod';
import { type Edition, laneOf } from '../edition/edition.ts';
import { Instant } from '../shared/instant.ts';
import type { Lane } from '../stream/stream.ts';

/** Stopped by itself: SES takes no mail of the lane for a reason that is not the mail's. */
export const LaneStop = z.strictObject({
  /** SES's name for the reason, `DailyQuotaReserve`, `InDoubt` or `SameRefusal`. The first one stays until the lane is healed. */
  code: z.string(),
  since: Instant,
  /** When one mail is tried (milliseconds since 1970), and how long it was waited for that (milliseconds). */
  probeAt: z.int(),
  interval: z.int(),
});
export type LaneStop = z.infer<typeof LaneStop>;

/** What holds a lane back; nothing: it is open. */
export const LaneState = z.strictObject({
  /** By an operator, until an operator resumes it. `by`: the label of the key. */
  paused: z.strictObject({ at: Instant, by: z.string() }).optional(),
  stopped: LaneStop.optional(),
});
export type LaneState = z.infer<typeof LaneState>;

export const openLane: LaneState = {};

/** The code of a lane that leaves the rest of the day's quota to urgent mail. SES was not asked. */
export const reserveCode = 'DailyQuotaReserve';

/** The code of a lane in which SES answers nothing: `since` is when that began. */
export const inDoubtCode = 'InDoubt';

/** Who holds every lane of a table that was restored and not settled: no mail of it leaves before (docs/adr/024). */
export const unsettledCopy = 'the restore of the table';

/** The code of a lane in which SES refuses mail after mail under one name, as if each were at fault. */
export const sameRefusalCode = 'SameRefusal';

/** 'probe': it is stopped, and one worker may try one mail. */
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

/** The same after another probe: each waits twice as long as the one before, at most ten minutes. */
export const withNextProbe = (stop: LaneStop, now: number): LaneStop => {
  const interval = Math.min(longestIntervalMs, stop.interval * 2);
  return { ...stop, interval, probeAt: now + interval };
};

/** What stops a lane and lets it go on; shared by all of its workers. */
export interface LaneBreaker {
  /** Where the lane is stopped already, nothing changes. True: it was open. */
  stop(lane: Lane, stop: LaneStop): Promise<boolean>;
  /** Moves the next probe on. True to one caller for each probe: that one may try one mail. */
  takeProbe(lane: Lane, seen: LaneStop, next: LaneStop): Promise<boolean>;
  /** SES takes mail again. A pause stays. */
  reopen(lane: Lane): Promise<void>;
}

export interface GateDeps {
  readonly breaker: LaneBreaker;
  readonly now: () => Date;
}

/** How a message ends whose lane lets nothing through. `isNews`: SES, or the quota, said so to this worker. */
export type Held = { kind: 'paused' } | { kind: 'stopped'; code: string; isNews: boolean };

/** Stops the lane; one that is stopped already stays so under its first code. */
export async function stopLane(lane: Lane, code: string, { breaker, now }: GateDeps, since?: Instant): Promise<Held> {
  await breaker.stop(lane, stoppedBy(code, now(), since));
  return { kind: 'stopped', code, isNews: true };
}

export type Lanes = Readonly<Record<Lane, LaneState>>;

/** A recalled edition sends nothing, so no brake keeps it from its end. */
export const standFor = (edition: Edition, lanes: Lanes, now: Date) =>
  edition.recalled ? 'open' : standOf(lanes[laneOf(edition)], now.getTime());
