import { laneOf } from '../edition/edition.ts';
import { type Lane, lanes } from '../stream/stream.ts';
import { attempt, type Failures } from './attempt.ts';
import type { ProbeCandidate } from './wake-leaves.ts';
import { sendOnce, type WakingDeps } from './walk-edition.ts';

/** A run begins each minute. */
const runMs = 60_000;

/**
 * Sends the probe of each lane that found no other work with one of these leaves. Another leaf is
 * chosen each minute, so that no leaf keeps the probe to itself.
 */
export async function sendLeftProbes(
  candidates: readonly ProbeCandidate[],
  probed: ReadonlySet<Lane>,
  deps: WakingDeps & Failures,
): Promise<void> {
  for (const lane of lanes) {
    const ofLane = candidates.filter(({ edition }) => laneOf(edition) === lane);
    const chosen = ofLane[Math.floor(deps.now().getTime() / runMs) % ofLane.length];
    if (chosen && !probed.has(lane)) await attempt('settling', () => sendOnce(chosen.edition, chosen.range, chosen.leaf, deps), deps);
  }
}
