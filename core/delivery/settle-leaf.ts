import type { Edition } from '../edition/edition.ts';
import { deliveryRulesOf, type EditionStream } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type Doubt, doubtsOf, everyDoubtOf } from './leaf.ts';
import type { Outcome } from './outcome.ts';
import { healIfAccepted, proveDoubts } from './prove-doubts.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import { type DeliverDeps, type Handled, workLeaf } from './work-leaf.ts';

/** Whether a doubt is sent once more where there is no evidence. */
export const isSentAgain = (stream: EditionStream, { attempt, again }: Doubt): boolean =>
  again === true || (attempt === 1 && deliveryRulesOf(stream).doubts === 'resend-once');

/**
 * Settles the doubts of a leaf that we have claimed: by evidence, and where there is none by the stream's policy. Looking for evidence sends
 * nothing, so no brake keeps it back; what is to be sent once more waits for it.
 */
export async function settleLeaf(edition: Edition, range: Range, leaf: Leaf, deps: DeliverDeps): Promise<Handled> {
  deps.counted?.(doubtsOf(leaf), []);
  const doubts = everyDoubtOf(leaf);
  const proven = await proveDoubts(edition, doubts, deps.evidence);
  if (Object.keys(proven).length > 0) {
    const { lane } = await deps.reader.read(edition, []);
    await healIfAccepted(edition, lane, { ...leaf.outcomes, ...proven }, deps.breaker);
  }
  const settled: Record<SubscriberId, Outcome> = { ...proven };
  const again = new Map<SubscriberId, Submitted>();
  for (const [sid, doubt] of doubts) {
    if (proven[sid]) continue;
    const { kind: _, again: __, ...submitted } = doubt;
    if (isSentAgain(edition.stream, doubt)) again.set(sid, submitted);
    else settled[sid] = { kind: 'unconfirmed', ...submitted };
  }
  return workLeaf({ edition, range, leaf, unrecorded: settled, people: [...again.keys()], again }, deps);
}
