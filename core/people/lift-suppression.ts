import type { Instant } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';

export interface Lift extends Who {
  /** What was lifted. Undefined if nothing was suppressed. */
  readonly was?: NonNullable<Profile['suppressed']>;
}

export interface LiftDeps {
  readonly store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly refusals: {
    /** Removes what was kept beside the profile, and returns it. */
    lift(sid: SubscriberId, at: Instant): Promise<NonNullable<Profile['suppressed']> | undefined>;
  };
  readonly now: () => Instant;
}

/**
 * Lets people be mailed again. Events up to now no longer count against them, even if they are
 * reported later; events from now on do. Answers with the people who exist, and with those who were
 * erased and had a suppression on record. Idempotent.
 */
export async function liftSuppression(people: readonly Who[], { store, refusals, now }: LiftDeps): Promise<Lift[]> {
  const lifts: Lift[] = [];
  for (const { realm, sid } of people) {
    const rewritten = await rewriteProfile({ realm, sid }, (profile) => lifted(profile, now()), store);
    const refused = await refusals.lift(sid, now());
    const was = rewritten?.before.suppressed ?? refused;
    if (rewritten || refused) lifts.push({ realm, sid, ...(was && { was }) });
  }
  return lifts;
}

/** The profile with the suppression lifted. Undefined if nothing is suppressed. */
function lifted({ suppressed, softBounces: _, ...rest }: Profile, at: Instant): Profile | undefined {
  return suppressed && { ...rest, lifted: { at } };
}
