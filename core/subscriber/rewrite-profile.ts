import { AfterwordError } from '../shared/errors.ts';
import type { PeopleStore, Who } from './ports.ts';
import type { Profile } from './subscriber.ts';

/** Somebody else kept changing the same person. The same act again finishes it. */
export class PersonInDispute extends AfterwordError {
  override readonly name = 'PersonInDispute';
  constructor(sid: string) {
    super(`subscriber ${sid} kept changing while it was imported`);
  }
}

const tries = 8;

/** Changes one profile, however many others write it at the same time. `change` is asked again after a lost race; undefined: nothing to change. */
export async function rewriteProfile(
  who: Who,
  change: (profile: Profile) => Promise<Omit<Profile, 'revision'> | undefined> | Omit<Profile, 'revision'> | undefined,
  people: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
): Promise<void> {
  for (let i = 0; i < tries; i += 1) {
    const [profile] = await people.readProfiles([who]);
    const after = profile && (await change(profile));
    if (!after) return;
    if (await people.writeProfile({ ...after, revision: profile.revision + 1 }, profile.revision)) return;
  }
  throw new PersonInDispute(who.sid);
}
