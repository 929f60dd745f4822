import type { PeopleStore, Who } from '../subscriber/ports.ts';
import { PersonInDispute } from '../subscriber/rewrite-profile.ts';

const tries = 5;

/** Leaves the estimate of opens of people's mails to their streams, or switches it off for them. Of the people asked for, those who exist. Twice is once. */
export async function setTracking(
  people: readonly Who[],
  opens: boolean,
  store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>,
): Promise<(Who & { changed: boolean })[]> {
  const done: (Who & { changed: boolean })[] = [];
  for (const who of people) {
    const changed = await setOne(who, opens, store);
    if (changed !== undefined) done.push({ ...who, changed });
  }
  return done;
}

async function setOne(who: Who, opens: boolean, store: Pick<PeopleStore, 'readProfiles' | 'writeProfile'>): Promise<boolean | undefined> {
  for (let i = 0; i < tries; i += 1) {
    const [profile] = await store.readProfiles([who]);
    if (!profile) return undefined;
    const { tracking, ...rest } = profile;
    if ((tracking !== false) === opens) return false;
    const after = { ...rest, ...(!opens && { tracking: false as const }), revision: profile.revision + 1 };
    if (await store.writeProfile(after, profile.revision)) return true;
  }
  throw new PersonInDispute(who.sid);
}
