import type { SessionStore } from '../access/session.ts';
import type { Instant } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
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
   * Changed or gone since the list was read, or managed by the directory. Somebody else has newer
   * information than the file, so these people are left alone.
   */
  readonly kept: SubscriberId[];
}

export interface SuspendDeps {
  readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly now: () => Instant;
}

/**
 * Suspends one batch of people: no mail on any stream from the next chunk on, and every setting
 * kept. Idempotent. Each write is conditional on the revision that was listed, so anyone whom
 * another operator imported meanwhile is left as they are.
 */
export async function suspendPeople(leavers: readonly Leaver[], { people, sessions, now }: SuspendDeps): Promise<Suspension> {
  const profiles = new Map((await people.readProfiles(leavers.map(({ sid }) => ({ realm: 'staff', sid })))).map((one) => [one.sid, one]));
  const results = await Promise.all(
    leavers.map(async ({ sid, revision }) => ({ sid, result: await suspend(profiles.get(sid), revision, { people, now }) })),
  );
  // A suspended person's sessions open nothing. Ended, they do not come back with their holder.
  for (const { sid, result } of results) if (result !== 'kept') await sessions.endAll(sid);
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
  // The directory says who left. A file that lacks them knows less.
  if (profile?.directory) return 'kept';
  if (profile?.revision !== seen) return 'kept';
  const isWritten = await people.writeProfile({ ...profile, suspended: { at: now() }, revision: seen + 1 }, seen);
  return isWritten ? 'suspended' : 'kept';
}

/** Whether an operator suspended this person. Only an operator ends that; an import does not. */
export const isSuspendedByOperator = ({ suspended, suspendedBy }: Pick<Profile, 'suspended' | 'suspendedBy'>): boolean =>
  suspended !== undefined && suspendedBy === 'operator';

/**
 * Whether an import that names this person leaves them suspended: an operator began it, or the
 * directory, also one that let go of them since.
 */
export const staysSuspended = ({ suspended, suspendedBy }: Pick<Profile, 'suspended' | 'suspendedBy'>): boolean =>
  suspended !== undefined && (suspendedBy === 'operator' || suspendedBy === 'directory');

/**
 * Suspends people for an operator, or ends any suspension of theirs. Who was suspended by a file is
 * then suspended by the operator. Answers with those of the people who exist. Idempotent.
 */
export async function setSuspension(
  people: readonly Who[],
  suspended: boolean,
  { people: store, sessions, now }: SuspendDeps,
): Promise<(Who & { changed: boolean })[]> {
  const done: (Who & { changed: boolean })[] = [];
  for (const who of people) {
    const rewritten = await rewriteProfile(who, (profile) => withSuspension(profile, suspended, now()), store);
    if (rewritten && suspended && who.realm === 'staff') await sessions.endAll(who.sid);
    if (rewritten) done.push({ realm: who.realm, sid: who.sid, changed: rewritten.before !== rewritten.after });
  }
  return done;
}

/** Undefined if it is already so. */
function withSuspension(profile: Profile, suspended: boolean, at: Instant): Profile | undefined {
  if (suspended)
    return isSuspendedByOperator(profile) ? undefined : { ...profile, suspended: profile.suspended ?? { at }, suspendedBy: 'operator' };
  const { suspended: was, suspendedBy: _, ...rest } = profile;
  return was && rest;
}
