import type { Lane } from '../edition/edition.ts';
import type { Instant } from '../shared/instant.ts';
import { type LaneState, standOf, stoppedBy, withNextProbe } from './lane-state.ts';
import type { LaneBreaker } from './ports.ts';

export interface GateDeps {
  readonly breaker: LaneBreaker;
  readonly now: () => Date;
}

/** How a message ends whose lane lets nothing through. `isNews`: SES, or the quota, said so to this worker. */
export type Held = { kind: 'paused' } | { kind: 'stopped'; code: string; isNews: boolean };

/** Whether the lane lets mail through: all of it, one as a probe, or none. Of all workers that find a probe due, one gets it. */
export async function passLane(lane: Lane, state: LaneState, { breaker, now }: GateDeps): Promise<'open' | 'probe' | Held> {
  if (state.paused) return { kind: 'paused' };
  if (!state.stopped) return 'open';
  const at = now().getTime();
  const isDue = standOf(state, at) === 'probe';
  if (isDue && (await breaker.takeProbe(lane, state.stopped, withNextProbe(state.stopped, at)))) return 'probe';
  return { kind: 'stopped', code: state.stopped.code, isNews: false };
}

/** Stops the lane; one that is stopped already stays so under its first code. */
export async function stopLane(lane: Lane, code: string, { breaker, now }: GateDeps, since?: Instant): Promise<Held> {
  await breaker.stop(lane, stoppedBy(code, now(), since));
  return { kind: 'stopped', code, isNews: true };
}
