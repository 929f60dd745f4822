import type { Edition } from '../edition/edition.ts';
import { begunSlots } from '../edition/waves.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { LeafFinder, RangeLedger } from './ports.ts';

export interface ResendDeps {
  readonly leaves: LeafFinder;
  readonly ranges: Pick<RangeLedger, 'replace'>;
  readonly now: () => Date;
}

export interface Resent {
  readonly asked: readonly SubscriberId[];
  readonly underWay: readonly SubscriberId[];
  readonly left: readonly SubscriberId[];
}

const tries = 20;

/**
 * Has unconfirmed deliveries sent once more. Only the ledger changes: the outcome is in doubt again
 * and its leaf is due. The next worker looks for evidence first and then sends one more attempt,
 * marked as a possible repeat.
 * Doubts of others keep their grace. A leaf that somebody works on is left alone, and so is every
 * other outcome. The second call finds the delivery under way and changes nothing.
 */
export async function resendDeliveries(edition: Edition, subscribers: readonly SubscriberId[], deps: ResendDeps): Promise<Resent> {
  const resent: Record<keyof Resent, SubscriberId[]> = { asked: [], underWay: [], left: [] };
  for (const sid of new Set(subscribers)) resent[await resendOne(edition, sid, deps)].push(sid);
  return resent;
}

async function resendOne(edition: Edition, sid: SubscriberId, { leaves, ranges, now }: ResendDeps): Promise<keyof Resent> {
  for (let i = 0; i < tries; i += 1) {
    const found = await findIn(edition, sid, leaves);
    const outcome = found?.leaf.outcomes[sid];
    if (outcome?.kind === 'in doubt') return 'underWay';
    if (!found || outcome?.kind !== 'unconfirmed') return 'left';
    const { range, leaf } = found;
    const at = now().getTime();
    if (leaf.leaseEndsAt > at) return 'left';
    const again = {
      ...leaf,
      version: leaf.version + 1,
      // A leaf that was opened again stays open: others in it wait for their first copy.
      ...(leaf.state !== 'open' && { state: 'settling' as const, settlesAt: Math.max(leaf.settlesAt, at) }),
      isAsked: false,
      leaseEndsAt: 0,
      expectedBy: 0,
      outcomes: { ...leaf.outcomes, [sid]: { ...outcome, kind: 'in doubt', again: true } as const },
    };
    if (await ranges.replace(range, again, { version: leaf.version, owner: leaf.owner })) return 'asked';
  }
  throw new Error(`outcome of ${edition.id}: too many writers at once`);
}

async function findIn(edition: Edition, sid: SubscriberId, leaves: LeafFinder) {
  for (const slot of begunSlots(edition)) {
    const found = await leaves.find(edition.id, slot, sid);
    if (found?.leaf.outcomes[sid]) return found;
  }
  return undefined;
}
