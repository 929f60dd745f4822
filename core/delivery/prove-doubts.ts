import type { Edition } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Doubt } from './leaf.ts';
import { madeFor, type Outcome } from './outcome.ts';
import type { EvidenceReader } from './ports.ts';

/**
 * The outcomes of doubts that events prove accepted. For the others a note is left, so that later
 * evidence corrects them.
 */
export async function proveDoubts(
  edition: Edition,
  doubts: readonly (readonly [SubscriberId, Doubt])[],
  evidence: EvidenceReader,
): Promise<Readonly<Record<SubscriberId, Outcome>>> {
  const proofs = await evidence.ask(
    edition.id,
    doubts.map(([sid]) => sid),
  );
  const proven: Record<SubscriberId, Outcome> = {};
  for (const [sid, doubt] of doubts) {
    const proof = proofs.get(sid);
    if (proof) proven[sid] = { kind: 'accepted', attempt: proof.attempt, messageId: proof.messageId, made: madeFor(doubt, proof.attempt) };
  }
  return proven;
}
