import type { DeliveryEvent } from '../delivery/evidence.ts';
import { type ReconcileDeps, reconcileDelivery } from '../delivery/reconcile.ts';
import { realmOf } from '../edition/edition.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import { type Cause, type Refusals, suppress } from './suppress.ts';

/** One SES event in our words, with what it says against mailing this person again. */
export interface FeedbackEvent {
  readonly delivery: DeliveryEvent;
  readonly cause?: Cause['kind'];
}

export interface FeedbackDeps extends ReconcileDeps {
  readonly evidence: {
    /**
     * `isAwaited`: somebody had asked for it before it came, and has to be told. The same event
     * twice changes nothing.
     */
    add(event: DeliveryEvent): Promise<{ isAwaited: boolean }>;
  };
  readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly refusals: Refusals;
}

export type FeedbackOutcome =
  /** About no delivery of ours: nothing was stored. */
  | { kind: 'parked'; why: 'unknown edition' }
  | { kind: 'recorded'; healed?: Awaited<ReturnType<typeof reconcileDelivery>>; suppression?: Awaited<ReturnType<typeof suppress>> };

/**
 * Keeps what an event tells, and does what follows from it. That somebody is not mailed again waits
 * for nothing else: should evidence or healing fail, however often, the person is suppressed, and
 * the other way round; what failed is thrown once both were tried. Each step is safe to repeat, so
 * an event that comes again after a crash finishes what was left, and one that comes twice changes
 * nothing. It may come before the ledger knows that the mail was accepted.
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
