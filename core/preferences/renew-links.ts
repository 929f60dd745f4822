import type { AuditLog } from '../audit/audit.ts';
import { toInstant } from '../shared/instant.ts';
import { generationAt } from '../subscriber/beginning.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { rewriteProfile } from '../subscriber/rewrite-profile.ts';
import type { Profile } from '../subscriber/subscriber.ts';

export interface RenewDeps {
  readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly audit: AuditLog;
  readonly now: () => Date;
}

/**
 * Makes every link invalid that this person has so far. Links signed from now on are valid. `seen`
 * is the generation of the link that asked for it, so that asking twice has the effect of asking
 * once. Undefined if the person no longer exists.
 */
export async function renewLinks(who: Who, seen: number, { people, audit, now }: RenewDeps): Promise<Profile | undefined> {
  const change = (profile: Profile) =>
    (profile.generation ?? 0) > seen ? undefined : { ...profile, generation: Math.max(seen + 1, generationAt(now())) };
  const rewritten = await rewriteProfile(who, change, people);
  if (rewritten && rewritten.before !== rewritten.after) {
    const facts = { subscriber: who.sid, field: 'links', after: 'renewed', way: 'page' };
    await audit.record({ at: toInstant(now()), who: 'reader', act: 'subscription changed', facts });
  }
  return rewritten?.after;
}
