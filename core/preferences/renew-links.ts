import type { AuditLog } from '../audit/audit.ts';
import { toInstant } from '../shared/instant.ts';
import { generationAt } from '../subscriber/beginning.ts';
import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { PersonInDispute } from '../subscriber/rewrite-profile.ts';
import type { Profile } from '../subscriber/subscriber.ts';

export interface RenewDeps {
  readonly people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>;
  readonly audit: AuditLog;
  readonly now: () => Date;
}

const attempts = 8;

/**
 * Makes every link invalid that this person got so far; those signed from now on hold. `seen`: the generation of the link that asked for it, so that
 * pressing twice is once. Undefined where nobody is there any more.
 */
export async function renewLinks(who: Who, seen: number, { people, audit, now }: RenewDeps): Promise<Profile | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const [profile] = await people.readProfiles([who]);
    if (!profile || (profile.generation ?? 0) > seen) return profile;
    const renewed: Profile = { ...profile, generation: Math.max(seen + 1, generationAt(now())), revision: profile.revision + 1 };
    if (!(await people.writeProfile(renewed, profile.revision))) continue;
    const facts = { subscriber: who.sid, field: 'links', after: 'renewed', way: 'page' };
    await audit.record({ at: toInstant(now()), who: 'reader', act: 'subscription changed', facts });
    return renewed;
  }
  throw new PersonInDispute(who.sid);
}
