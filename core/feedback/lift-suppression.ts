import type { Instant } from '../shared/instant.ts';
import { PersonInDispute } from '../subscriber/import-people.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';

export interface Lift extends Who {
  /** What was lifted; undefined where nothing was suppressed. */
  readonly was?: NonNullable<Profile['suppressed']>;
}

const tries = 5;

/**
 * Lets people be mailed again. What happened up to now no longer speaks against them, even where it is told later; what happens from now on
 * does. Of the people asked for, those who exist. Twice is once.
 */
export async function liftSuppression(
  people: readonly Who[],
  { store, now }: { readonly store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>; readonly now: () => Instant },
): Promise<Lift[]> {
  const lifts: Lift[] = [];
  for (const who of people) {
    const lifted = await lift(who, store, now);
    if (lifted) lifts.push(lifted);
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
