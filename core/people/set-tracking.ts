import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile } from '../subscriber/subscriber.ts';

/**
 * Switches the estimate of opens off for people, or leaves it to their streams again. Answers with
 * those of the people who exist. Idempotent.
 */
export async function setTracking(
  people: readonly Who[],
  opens: boolean,
  store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
): Promise<(Who & { changed: boolean })[]> {
  const done: (Who & { changed: boolean })[] = [];
  for (const who of people) {
    const rewritten = await rewriteProfile(who, (profile) => withTracking(profile, opens), store);
    if (rewritten) done.push({ ...who, changed: rewritten.before !== rewritten.after });
  }
  return done;
}

/** Undefined if it is already set that way. */
function withTracking({ tracking, ...rest }: Profile, opens: boolean): Profile | undefined {
  if ((tracking !== false) === opens) return undefined;
  return { ...rest, ...(!opens && { tracking: false as const }) };
}
