import type { Instant } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { PersonInDispute } from '../subscriber/rewrite-profile.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';

export interface Lift extends Who {
  /** What was lifted; undefined where nothing was suppressed. */
  readonly was?: NonNullable<Profile['suppressed']>;
}

export interface LiftDeps {
  readonly store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly refusals: {
    /** What was kept beside the profile, and is no longer. */
    lift(sid: SubscriberId, at: Instant): Promise<NonNullable<Profile['suppressed']> | undefined>;
  };
  readonly now: () => Instant;
}

const tries = 5;

/**
 * Lets people be mailed again. What happened up to now no longer speaks against them, even where it is told later; what happens from now on
 * does. Of the people asked for, those who exist, or of whom it is kept though they were erased. Twice is once.
 */
export async function liftSuppression(people: readonly Who[], { store, refusals, now }: LiftDeps): Promise<Lift[]> {
  const lifts: Lift[] = [];
  for (const { realm, sid } of people) {
    const lifted = await lift({ realm, sid }, store, now);
    const refused = await refusals.lift(sid, now());
    const was = lifted?.was ?? refused;
    if (lifted || refused) lifts.push({ realm, sid, ...(was && { was }) });
  }
  return lifts;
}

async function lift(
  { realm, sid }: Who,
  store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
  now: () => Instant,
): Promise<Lift | undefined> {
  for (let i = 0; i < tries; i += 1) {
    const [profile] = await store.readProfiles([{ realm, sid }]);
    if (!profile) return undefined;
    const { suppressed, softBounces: _, ...rest } = profile;
    if (!suppressed) return { realm, sid };
    const after = { ...rest, lifted: { at: now() }, revision: profile.revision + 1 };
    if (await store.writeProfile(after, profile.revision)) return { realm, sid, was: suppressed };
  }
  throw new PersonInDispute(sid);
}
