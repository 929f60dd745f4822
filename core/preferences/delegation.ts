import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile, StreamSettings, SubscriberId } from '../subscriber/subscriber.ts';
import { isOnNow } from '../subscriber/subscription.ts';

interface Lending {
  readonly people: PeopleStore;
  readonly now: () => Date;
}

const staff = (sid: SubscriberId) => ({ realm: 'staff' as const, sid });
const mostLenders = 20;

/**
 * Gives a delegate a stream at least until an instant. Somebody who has the stream on their own
 * keeps it without an end. Idempotent.
 */
export const lend = (
  stream: StreamName,
  { sid, until }: { readonly sid: SubscriberId; readonly until: Instant },
  lender: SubscriberId,
  { people, now }: Lending,
) =>
  rewriteProfile(
    staff(sid),
    async (profile) => {
      const before = profile.streams[stream];
      const lentBy = [...new Set([...(before?.lentBy ?? []), lender])].slice(-mostLenders);
      if (before && isOnNow(before, now())) {
        const longer = before.until && isAfter(until, before.until) ? { until } : {};
        return withSettings(profile, stream, { ...before, ...longer, lentBy });
      }
      const slot = before?.slots.at(-1)?.slot ?? 'default';
      await people.putSubscription(stream, slot, sid, toInstant(now()));
      const since = toInstant(now());
      const { leftAt: _, ...kept } = before ?? { slots: [{ slot, at: since }] };
      return withSettings(profile, stream, { ...kept, on: true, since, until, lentBy });
    },
    people,
  );

/**
 * Ends a delegation for one reader. The delegate keeps the stream only if they stand in for
 * somebody else, or have it on their own.
 */
export const endLending = (stream: StreamName, sid: SubscriberId, lender: SubscriberId, { people, now }: Lending) =>
  rewriteProfile(
    staff(sid),
    (profile) => {
      const before = profile.streams[stream];
      if (!before?.lentBy?.includes(lender)) return undefined;
      const { lentBy, until, ...kept } = before;
      const others = lentBy.filter((one) => one !== lender);
      const lent = until && { until: others.length > 0 ? until : toInstant(now()) };
      return withSettings(profile, stream, { ...kept, ...lent, ...(others.length > 0 && { lentBy: others }) });
    },
    people,
  );

/**
 * Removes a delegate who left from these readers, so that their mandatory streams come to them
 * again.
 */
export async function releaseLenders(
  stream: StreamName,
  lenders: readonly SubscriberId[],
  delegate: SubscriberId,
  { people }: Lending,
): Promise<void> {
  for (const lender of lenders) {
    await rewriteProfile(
      staff(lender),
      (profile) => {
        const before = profile.streams[stream];
        if (before?.delegate?.sid !== delegate) return undefined;
        const { delegate: _, ...kept } = before;
        return withSettings(profile, stream, kept);
      },
      people,
    );
  }
}

const withSettings = (profile: Profile, stream: StreamName, settings: StreamSettings): Profile => ({
  ...profile,
  streams: { ...profile.streams, [stream]: settings },
});
