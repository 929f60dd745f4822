import type { Instant } from '../shared/instant.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
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

/**
 * Lets people be mailed again. What happened up to now no longer speaks against them, even where it
 * is told later; what happens from now on does. Of the people asked for, those who exist, or of
 * whom it is kept though they were erased. Twice is once.
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

/** The profile with the suppression lifted; undefined where nothing is suppressed. */
function lifted({ suppressed, softBounces: _, ...rest }: Profile, at: Instant): Profile | undefined {
  return suppressed && { ...rest, lifted: { at } };
}
