import type { SidsByAddress } from '../approval/approval-file.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import type { Instant } from '../shared/instant.ts';
import { type Beginnings, beginningOf, isForgotten, isMovedAway, markOf } from '../subscriber/beginning.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type Address, parseAddress } from '../subscriber/subscriber-id.ts';

/** Whom the file names to approve notices, or to be asked last. */
const namedIn = (distribution: Distribution): Address[] => {
  const { approvers = [], escalate = [] } = noticeRulesOf(distribution) ?? {};
  return [...approvers.flatMap(({ address, also = [] }) => [address, ...also]), ...escalate].flatMap((one) => parseAddress(one) ?? []);
};

/** Their sids, by normalised address. */
export const sidsOfApprovers = (distribution: Distribution, sidOf: (address: Address) => SubscriberId): SidsByAddress =>
  Object.fromEntries(namedIn(distribution).map((address) => [address.normalised, sidOf(address)]));

export interface NameApproversDeps extends Beginnings {
  readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly sidOf: (address: Address) => SubscriberId;
  readonly now: () => Instant;
}

/**
 * Gives each of them a profile without streams who has none, so that mail can go to them. Whoever
 * was erased or moved to another address gets none: somebody else may have the mailbox now.
 * Idempotent.
 */
export async function nameApprovers(distribution: Distribution, deps: NameApproversDeps): Promise<void> {
  for (const address of namedIn(distribution)) {
    const sid = deps.sidOf(address);
    const [profile] = await deps.people.readProfiles([{ realm: 'staff', sid }]);
    if (profile) continue;
    const mark = await markOf(sid, deps);
    if (mark && (isForgotten(mark, undefined) || isMovedAway(mark, undefined))) continue;
    const begun = beginningOf(deps.now(), mark);
    await deps.people.writeProfile({ sid, realm: 'staff', ...begun, address: address.written, streams: {}, revision: 1 }, 0);
  }
}
