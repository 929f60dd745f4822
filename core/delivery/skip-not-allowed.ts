import type { Edition } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { reasonToSkip } from './decide.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import { leafSize, type Range } from './range.ts';
import type { ChunkDeps } from './send-chunk.ts';

/**
 * Who of these has an address that may not be mailed and no other reason to be skipped. Known before places are booked: a stage that mails a
 * few of many readers would else use up the rate and the day's quota for mails that it does not send.
 */
export async function skipNotAllowed(
  edition: Edition,
  { slot }: Range,
  people: readonly SubscriberId[],
  { addressees, reader, now }: Pick<ChunkDeps, 'addressees' | 'reader' | 'now'>,
): Promise<Outcomes> {
  const skipped: Record<SubscriberId, Outcome> = {};
  if (addressees.isEverybody) return skipped;
  for (let n = 0; n < people.length; n += leafSize) {
    const some = people.slice(n, n + leafSize);
    const facts = await reader.read(edition, some);
    for (const sid of some) {
      const profile = facts.profiles.get(sid);
      const isAllowed = !profile || addressees.of(profile.address) !== undefined;
      if (!isAllowed && !reasonToSkip(edition, slot, profile, facts, now())) skipped[sid] = { kind: 'skipped', reason: 'not allowed' };
    }
  }
  return skipped;
}
