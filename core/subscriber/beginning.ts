import { type Instant, isAfter } from '../shared/instant.ts';
import type { Mark, SuppressionList } from './ports.ts';
import type { Profile, SubscriberId } from './subscriber.ts';
import { suppressionHash } from './subscriber-id.ts';

/** What outlives a profile, looked at whenever one begins. */
export interface Beginnings {
  readonly suppressed: SuppressionList;
  readonly suppressionSecret: string;
}

/**
 * The generation of links that hold from an instant on: its second. So the links of whoever had
 * this id before, erased, moved away or never confirmed, are of an earlier one, and nothing has to
 * be kept of them.
 */
export const generationAt = (at: Instant | Date): number => Math.floor(new Date(at).getTime() / 1000);

/**
 * Whether something was done by this person as they are here now, and not in an earlier life of
 * their id or before they made their links invalid.
 */
export const isOfThisLife = (at: Instant, { generation = 0 }: Pick<Profile, 'generation'>): boolean => generationAt(at) >= generation;

/**
 * What every new profile begins with, whoever makes it: links of its own, and what spoke against
 * mailing this address before.
 */
export const beginningOf = (at: Instant, mark: Mark | undefined): Pick<Profile, 'generation' | 'suppressed'> => ({
  generation: generationAt(at),
  ...(mark?.refused && { suppressed: mark.refused }),
});

/** The mark of one person; undefined where there is none. */
export async function markOf(sid: SubscriberId, { suppressed, suppressionSecret }: Beginnings): Promise<Mark | undefined> {
  const hash = suppressionHash(sid, suppressionSecret);
  return (await suppressed.listed([hash])).get(hash);
}

/**
 * A mailbox that turned mail away for a time may be another one by the next; a complaint, a dead
 * address and an operator's word stay.
 */
export const outlivesProfile = (suppressed: Profile['suppressed']): suppressed is NonNullable<Profile['suppressed']> =>
  suppressed !== undefined && suppressed.reason !== 'transient bounces';

/** Moved away, and nobody has joined at the old address since. */
export const isMovedAway = ({ movedAt }: Mark, profile: Profile | undefined): boolean =>
  movedAt !== undefined && (!profile || profile.unconfirmed !== undefined);

/** Erased, and not come back since by a consent of their own. */
export const isForgotten = ({ erasedAt }: Mark, profile: Profile | undefined): boolean => {
  if (!erasedAt) return false;
  const consents = profile && !profile.unconfirmed ? Object.values(profile.streams).flatMap((settings) => settings?.consent ?? []) : [];
  return !consents.some(({ way, at }) => way === 'signup' && !isAfter(erasedAt, at));
};
