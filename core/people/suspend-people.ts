import type { Instant } from '../shared/instant.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';

/**
 * A member of staff who is no longer in the file, and their profile's revision when the list was
 * read.
 */
export interface Leaver {
  readonly sid: SubscriberId;
  readonly revision: number;
}

export interface Suspension {
  readonly suspended: number;
  /** Already suspended before. */
  readonly unchanged: number;
  /**
   * Changed or gone since the list was read. Somebody else has newer information than the file, so
   * these people are left alone.
   */
  readonly kept: SubscriberId[];
}

/**
 * Suspends one batch of people: no mail on any stream from the next chunk on, and every setting
 * kept. Idempotent. Each write is conditional on the revision that was listed, so anyone whom
 * another operator imported meanwhile is left as they are.
 */
export async function suspendPeople(
  leavers: readonly Leaver[],
  { people, now }: { readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>; readonly now: () => Instant },
): Promise<Suspension> {
  const profiles = new Map((await people.readProfiles(leavers.map(({ sid }) => ({ realm: 'staff', sid })))).map((one) => [one.sid, one]));
  const results = await Promise.all(
    leavers.map(async ({ sid, revision }) => ({ sid, result: await suspend(profiles.get(sid), revision, { people, now }) })),
  );
  const count = (wanted: Result) => results.filter(({ result }) => result === wanted).length;
  return {
    suspended: count('suspended'),
    unchanged: count('unchanged'),
    kept: results.filter(({ result }) => result === 'kept').map(({ sid }) => sid),
  };
}

type Result = 'suspended' | 'unchanged' | 'kept';

async function suspend(
  profile: Profile | undefined,
  seen: number,
  { people, now }: { readonly people: Pick<PeopleStore, 'writeProfile'>; readonly now: () => Instant },
): Promise<Result> {
  if (profile?.suspended) return 'unchanged';
  if (profile?.revision !== seen) return 'kept';
  const isWritten = await people.writeProfile({ ...profile, suspended: { at: now() }, revision: seen + 1 }, seen);
  return isWritten ? 'suspended' : 'kept';
}
