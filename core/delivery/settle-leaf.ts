import { type Edition, laneOf, rulesOf } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { LaneBreaker } from './lane.ts';
import { type Doubt, everyDoubtOf } from './leaf.ts';
import type { LeafWork } from './leaf-step.ts';
import { isOutageOver } from './outage.ts';
import type { Outcome } from './outcome.ts';
import type { ChunkReader, EvidenceReader } from './ports.ts';
import { proveDoubts } from './prove-doubts.ts';
import type { Leaf, Range, Submitted } from './range.ts';

interface SettleDeps {
  readonly evidence: EvidenceReader;
  readonly reader: ChunkReader;
  readonly breaker: LaneBreaker;
}

/** Whether a doubt without evidence is sent once more. */
export const isSentAgain = (edition: Edition, { attempt, again }: Doubt): boolean =>
  again === true || (attempt === 1 && rulesOf(edition).doubts === 'resend-once');

/**
 * Settles the doubts of a leaf that we have claimed: by evidence, else by the stream's policy.
 * Answers what is left to do, which is to send again. Looking for evidence sends nothing, so no
 * brake stops it.
 */
export async function settleDoubts(edition: Edition, range: Range, leaf: Leaf, deps: SettleDeps): Promise<LeafWork> {
  const doubts = everyDoubtOf(leaf);
  const proven = await proveDoubts(edition, doubts, deps.evidence);
  if (Object.keys(proven).length > 0) {
    const { lane } = await deps.reader.read(edition, []);
    if (isOutageOver(lane, { ...leaf.outcomes, ...proven })) await deps.breaker.reopen(laneOf(edition));
  }
  const settled: Record<SubscriberId, Outcome> = { ...proven };
  const again = new Map<SubscriberId, Submitted>();
  for (const [sid, doubt] of doubts) {
    if (proven[sid]) continue;
    const { kind: _, again: __, ...submitted } = doubt;
    if (isSentAgain(edition, doubt)) again.set(sid, submitted);
    else settled[sid] = { kind: 'unconfirmed', ...submitted };
  }
  return { edition, range, leaf, unrecorded: settled, people: [...again.keys()], again };
}
