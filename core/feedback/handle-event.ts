import type { DeliveryEvent } from '../delivery/evidence.ts';
import { type ReconcileDeps, reconcileDelivery } from '../delivery/reconcile.ts';
import { realmOf } from '../edition/edition.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import { type Cause, type Refusals, suppress } from './suppress.ts';

/** One SES event in our terms, with what it says against mailing this person again. */
export interface FeedbackEvent {
  readonly delivery: DeliveryEvent;
  readonly cause?: Cause['kind'];
}

export interface FeedbackDeps extends ReconcileDeps {
  readonly evidence: {
    /**
     * `isAwaited`: somebody asked for this evidence before it came, and its delivery has to be
     * reconciled. Idempotent.
     */
    add(event: DeliveryEvent): Promise<{ isAwaited: boolean }>;
  };
  readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly refusals: Refusals;
}

export type FeedbackOutcome =
  /** The edition is unknown to us. Nothing was stored. */
  | { kind: 'parked'; why: 'unknown edition' }
  | { kind: 'recorded'; healed?: Awaited<ReturnType<typeof reconcileDelivery>>; suppression?: Awaited<ReturnType<typeof suppress>> };

/**
 * Stores what an event reports, and does what follows from it. Suppressing the person and keeping
 * the evidence do not depend on each other: if one fails, however often, the other is still done.
 * An error is thrown after both were tried. Idempotent: an event that comes again after a crash
 * finishes what was left. An event may come before the ledger knows that the mail was accepted.
 */
export async function handleEvent({ delivery, cause }: FeedbackEvent, deps: FeedbackDeps): Promise<FeedbackOutcome> {
  const edition = await deps.editions.read(delivery.edition);
  if (!edition) return { kind: 'parked', why: 'unknown edition' };
  const who = { realm: realmOf(edition), sid: delivery.subscriber };
  const [suppressing, keeping] = await Promise.allSettled([
    cause && suppress(who, { kind: cause, edition: delivery.edition, at: delivery.at }, deps.people, deps.refusals),
    keepEvidence(delivery, deps),
  ]);
  if (suppressing.status === 'rejected') throw suppressing.reason;
  if (keeping.status === 'rejected') throw keeping.reason;
  const [suppression, healed] = [suppressing.value, keeping.value];
  return { kind: 'recorded', ...(healed && { healed }), ...(suppression && { suppression }) };
}

async function keepEvidence(delivery: DeliveryEvent, deps: FeedbackDeps) {
  const { isAwaited } = await deps.evidence.add(delivery);
  return isAwaited ? reconcileDelivery(delivery, delivery, deps) : undefined;
}
