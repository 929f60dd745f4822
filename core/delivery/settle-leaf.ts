import type { Edition } from '../edition/edition.ts';
import type { StreamName, SubscriberId } from '../subscriber/subscriber.ts';
import { doubtsOf, withOutcomes } from './leaf.ts';
import type { Outcome } from './outcome.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import { type DeliverDeps, type Handled, workLeaf } from './work-leaf.ts';

/**
 * What becomes of a doubt without evidence. 'hold': it is never sent again and reported as unconfirmed. 'resend-once': losing it would be
 * worse than a second copy, so it is sent once more, marked as a possible repeat.
 */
export const doubtPolicyOf = (stream: StreamName): 'hold' | 'resend-once' => (stream === 'sev1-alerts' ? 'resend-once' : 'hold');

type Doubt = Extract<Outcome, { kind: 'in doubt' }>;

/** Settles the doubts of a leaf that we have claimed: by evidence, and where there is none by the stream's policy. */
export async function settleLeaf(edition: Edition, range: Range, leaf: Leaf, deps: DeliverDeps): Promise<Handled> {
  const left = doubtsOf(leaf);
  deps.counted?.(left, []);
  const doubts = Object.entries(withOutcomes(leaf.outcomes, left)).flatMap(([sid, outcome]): [SubscriberId, Doubt][] =>
    outcome.kind === 'in doubt' ? [[sid, outcome]] : [],
  );
  const proofs = await deps.evidence.ask(
    edition.id,
    doubts.map(([sid]) => sid),
  );
  const settled: Record<SubscriberId, Outcome> = {};
  const again = new Map<SubscriberId, Submitted>();
  for (const [sid, { attempt, made, again: isAsked }] of doubts) {
    const proof = proofs.get(sid);
    if (proof) settled[sid] = { kind: 'accepted', attempt: proof.attempt, messageId: proof.messageId, made };
    else if (isAsked || (attempt === 1 && doubtPolicyOf(edition.stream) === 'resend-once')) again.set(sid, { attempt, made });
    else settled[sid] = { kind: 'unconfirmed', attempt, made };
  }
  return workLeaf({ edition, range, leaf, unrecorded: settled, people: [...again.keys()], again }, deps);
}
