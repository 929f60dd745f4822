import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Profile, StreamSettings } from '../../core/subscriber/subscriber.ts';

type Wish = (settings: StreamSettings) => Pick<Profile, 'format'> & { readonly settings: StreamSettings };

/** What four of every eight readers choose. The others keep the defaults. */
const wishes: Readonly<Record<number, Wish>> = {
  4: (settings) => ({ settings: { ...settings, notRelevant: ['runs service-3'] } }),
  5: (settings) => ({ settings: { ...settings, leaveOut: ['service:service-1'] } }),
  6: (settings) => ({ settings: { ...settings, follow: ['service:service-3'], leaveOut: ['service:service-2'] } }),
  7: (settings) => ({ settings, format: 'text' }),
};
const each = 8;
const abreast = 50;

/** Lets some readers of the digest choose, so that mails of every kind are made and compared. */
export async function giveWishes(table: Table, sids: readonly string[]): Promise<void> {
  const people = dynamoPeopleStore(table);
  for (let from = 0; from < sids.length; from += abreast) {
    const some = sids.slice(from, from + abreast);
    const profiles = new Map((await people.readProfiles(some.map((sid) => ({ realm: 'staff', sid })))).map((one) => [one.sid, one]));
    await Promise.all(some.map((sid, n) => choose(profiles.get(sid), wishes[(from + n) % each], people)));
  }
}

async function choose(profile: Profile | undefined, wish: Wish | undefined, people: ReturnType<typeof dynamoPeopleStore>): Promise<void> {
  const settings = profile?.streams['engineering-digest'];
  if (!profile || !settings || !wish) return;
  const { settings: chosen, ...rest } = wish(settings);
  const streams = { ...profile.streams, 'engineering-digest': chosen };
  await people.writeProfile({ ...profile, ...rest, streams, revision: profile.revision + 1 }, profile.revision);
}
