import { type Instant, isAfter } from '../shared/instant.ts';
import type { Mark, SuppressionList } from './ports.ts';
import type { Profile, SubscriberId } from './subscriber.ts';
import { suppressionHash } from './subscriber-id.ts';

/** What outlives a profile. It is read whenever a new profile begins. */
export interface Beginnings {
  readonly suppressed: SuppressionList;
  readonly suppressionSecret: string;
}

/**
 * The generation of links that are valid from an instant on: that instant in seconds. Links of
 * anyone who had this id before (erased, moved away or never confirmed) carry an earlier
 * generation, so nothing has to be kept about them.
 */
export const generationAt = (at: Instant | Date): number => Math.floor(new Date(at).getTime() / 1000);

/**
 * Whether this person did something as they are here now. False for an act from an earlier life of
 * their id, or from before they made their links invalid.
 */
export const isOfThisLife = (at: Instant, { generation = 0 }: Pick<Profile, 'generation'>): boolean => generationAt(at) >= generation;

/**
 * What every new profile begins with, whoever makes it: its own generation of links, and any
 * earlier reason not to mail this address.
 */
export const beginningOf = (at: Instant, mark: Mark | undefined): Pick<Profile, 'generation' | 'suppressed'> => ({
  generation: generationAt(at),
  ...(mark?.refused && { suppressed: mark.refused }),
});

/** The mark of one person. Undefined if there is none. */
export async function markOf(sid: SubscriberId, { suppressed, suppressionSecret }: Beginnings): Promise<Mark | undefined> {
  const hash = suppressionHash(sid, suppressionSecret);
  return (await suppressed.listed([hash])).get(hash);
}

/**
 * Whether a suppression is kept when the profile goes. A mailbox that turned mail away for a time
 * may belong to somebody else the next time. A complaint, a dead address and an operator's decision
 * are kept.
 */
export const outlivesProfile = (suppressed: Profile['suppressed']): suppressed is NonNullable<Profile['suppressed']> =>
  suppressed !== undefined && suppressed.reason !== 'transient bounces';

/** Whether the person moved away, and nobody has joined at the old address since. */
export const isMovedAway = ({ movedAt }: Mark, profile: Profile | undefined): boolean =>
  movedAt !== undefined && (!profile || profile.unconfirmed !== undefined);

/** Whether the person was erased, and has not come back since by their own consent. */
export const isForgotten = ({ erasedAt }: Mark, profile: Profile | undefined): boolean => {
  if (!erasedAt) return false;
  const consents = profile && !profile.unconfirmed ? Object.values(profile.streams).flatMap((settings) => settings?.consent ?? []) : [];
  return !consents.some(({ way, at }) => way === 'signup' && !isAfter(erasedAt, at));
};
