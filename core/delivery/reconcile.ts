import type { EditionId } from '../edition/edition.ts';
import type { Slot, SubscriberId } from '../subscriber/subscriber.ts';
import { madeFor } from './outcome.ts';
import type { EditionLedger, LeafFinder, Proof, RangeLedger } from './ports.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';

export interface ReconcileDeps {
  readonly leaves: LeafFinder;
  readonly ranges: RangeLedger;
  readonly editions: EditionLedger;
}

const tries = 20;

/**
 * Corrects the outcome of a delivery for which evidence came late: it was accepted after all.
 * Raises the new tally, even if the outcome was corrected before, so that running it again repairs
 * a crash in between. Only doubts change.
 */
export async function reconcileDelivery(
  delivery: { readonly edition: EditionId; readonly slot: Slot; readonly subscriber: SubscriberId },
  proof: Proof,
  { leaves, ranges, editions }: ReconcileDeps,
): Promise<'healed' | 'nothing to heal'> {
  for (let i = 0; i < tries; i += 1) {
    const found = await leaves.find(delivery.edition, delivery.slot, delivery.subscriber);
    if (!found) return 'nothing to heal';
    const { range, leaf } = found;
    const outcome = leaf.outcomes[delivery.subscriber];
    const isDoubt = outcome?.kind === 'in doubt' || outcome?.kind === 'unconfirmed';
    if (!isDoubt) {
      if (leaf.state === 'done') await raiseTally(range, tallyOfLeaf(leaf), ranges, editions);
      return 'nothing to heal';
    }
    const submitted = leaf.submitting[delivery.subscriber] ?? outcome;
    const accepted = {
      kind: 'accepted',
      attempt: proof.attempt,
      messageId: proof.messageId,
      made: madeFor(submitted, proof.attempt),
    } as const;
    const healed = {
      ...leaf,
      version: leaf.version + 1,
      outcomes: { ...leaf.outcomes, [delivery.subscriber]: accepted },
    };
    if (!(await ranges.replace(range, healed, { version: leaf.version, owner: leaf.owner }))) continue;
    if (leaf.state === 'done') await raiseTally(range, tallyOfLeaf(healed), ranges, editions);
    return 'healed';
  }
  throw new Error(`outcome of ${delivery.edition}: too many writers at once`);
}
