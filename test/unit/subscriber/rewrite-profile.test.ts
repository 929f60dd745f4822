import { expect, it } from 'vitest';
import { PersonInDispute, rewriteProfile } from '../../../core/subscriber/rewrite-profile.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';

/**
 * Keeps one profile; others write it as often as `rivals` says, each time between a reading and the
 * write that follows.
 */
function aStore(profile: Profile | undefined, rivals = 0) {
  const store = { profile, writes: 0 };
  return {
    store,
    people: {
      readProfiles: async () => (store.profile ? [store.profile] : []),
      async writeProfile(after: Profile, before: number) {
        store.writes += 1;
        if (store.profile && store.writes <= rivals) store.profile = { ...store.profile, revision: store.profile.revision + 1 };
        if (store.profile?.revision !== before) return false;
        store.profile = after;
        return true;
      },
    },
  };
}

const who = { realm: 'staff', sid: aProfile().sid } as const;
const named = (profile: Profile) => ({ ...profile, name: `${profile.name ?? ''}x` });

it('writes what is changed, one revision on, and answers what it was and is', async () => {
  const { store, people } = aStore(aProfile({ revision: 3 }));

  const rewritten = await rewriteProfile(who, named, people);

  expect(store.profile).toMatchObject({ name: 'x', revision: 4 });
  expect(rewritten).toEqual({ before: aProfile({ revision: 3 }), after: store.profile });
});

it('asks again after each lost race, and changes what stands there then', async () => {
  const { store, people } = aStore(aProfile(), 9);
  const seen: number[] = [];

  await rewriteProfile(
    who,
    (profile) => {
      seen.push(profile.revision);
      return named(profile);
    },
    people,
  );

  expect(seen).toHaveLength(10);
  expect(store.profile).toMatchObject({ name: 'x', revision: (seen.at(-1) ?? 0) + 1 });
});

it('gives up where it loses every time', async () => {
  const { store, people } = aStore(aProfile(), 1000);

  await expect(rewriteProfile(who, named, people)).rejects.toBeInstanceOf(PersonInDispute);
  expect(store.profile?.name).toBeUndefined();
});

it('writes nothing where there is nothing to change, or nobody', async () => {
  const there = aStore(aProfile());
  const nobody = aStore(undefined);

  const same = await rewriteProfile(who, () => undefined, there.people);

  expect(same?.after).toBe(same?.before);
  expect(await rewriteProfile(who, named, nobody.people)).toBeUndefined();
  expect([there.store.writes, nobody.store.writes]).toEqual([0, 0]);
});
