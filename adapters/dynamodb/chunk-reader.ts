import type { ChunkReader } from '../../core/delivery/ports.ts';
import { realmOf } from '../../core/edition/edition.ts';
import { Profile, type SubscriberId } from '../../core/subscriber/subscriber.ts';
import { profileOf } from './profile-store.ts';
import type { Item, Table } from './table.ts';
import { editionKey, profileKey, quotaKey } from './table-shape.ts';

/** What an account in the SES sandbox may send, and what we assume until the quota is known. */
const sandboxRate = 1;

/** All that a decision needs, and no more: what is read has to be parsed, for each reader. */
const wanted = [...Object.keys(Profile.shape), 'paused', 'recalled', 'withheld', 'maxSendRate'];

/** Reads a chunk's profiles, the edition's brakes and the quota in one consistent call. Knows the rate from its last chunk. */
export const dynamoChunkReader = (table: Table): ChunkReader => {
  let lastRate: number | undefined;
  return {
    async read(edition, chunk) {
      const realm = realmOf(edition.stream);
      const meta = editionKey(edition.id);
      const items = await table.readMany([meta, quotaKey, ...chunk.map((sid) => profileKey(realm, sid))], wanted);
      const profiles = new Map<SubscriberId, Profile>();
      let brakes: Item = {};
      let quota: Item | undefined;
      for (const item of items) {
        if (item.pk === quotaKey.pk) quota = item;
        else if (item.pk === meta.pk) brakes = item;
        else {
          const profile = profileOf(item);
          profiles.set(profile.sid, profile);
        }
      }
      lastRate = rateOf(quota);
      return {
        profiles,
        paused: brakes.paused === true,
        recalled: brakes.recalled === true,
        withheld: brakes.withheld instanceof Set ? new Set([...brakes.withheld].map(String)) : new Set(),
        maxSendRate: lastRate,
      };
    },
    maxSendRate: async () => lastRate ?? rateOf(await table.read(quotaKey)),
  };
};

const rateOf = (quota: Item | undefined): number => {
  const rate = Number(quota?.maxSendRate);
  return rate > 0 ? rate : sandboxRate;
};
