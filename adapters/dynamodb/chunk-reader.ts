import type { ChunkReader } from '../../core/delivery/ports.ts';
import { realmOf } from '../../core/edition/edition.ts';
import type { Profile, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { profileOf } from './profile-store.ts';
import type { Item, Table } from './table.ts';
import { editionKey, profileKey, quotaKey } from './table-shape.ts';

/** What an account in the SES sandbox may send, and what we assume until the quota is known. */
const sandboxRate = 1;

/** Reads a chunk's profiles, the edition's brakes and the quota in one consistent call. */
export const dynamoChunkReader = (table: Table): ChunkReader => ({
  async read(edition, chunk) {
    const realm = realmOf(edition.stream);
    const meta = editionKey(edition.id);
    const items = await table.readMany([meta, quotaKey, ...chunk.map((sid) => profileKey(realm, sid))]);
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
    return {
      profiles,
      paused: brakes.paused === true,
      recalled: brakes.recalled === true,
      withheld: brakes.withheld instanceof Set ? new Set([...brakes.withheld].map(String)) : new Set(),
      maxSendRate: rateOf(quota),
    };
  },
  maxSendRate: async () => rateOf(await table.read(quotaKey)),
});

const rateOf = (quota: Item | undefined): number => {
  const rate = Number(quota?.maxSendRate);
  return rate > 0 ? rate : sandboxRate;
};
