import * as z from 'zod';
import { Instant } from '../../core/shared/instant.ts';
import { realms, StreamName } from '../../core/stream/stream.ts';
import { howJoined } from '../../core/subscriber/grant.ts';
import type { ListedPerson, Mark, PeopleList, PeopleStore, SuppressionList, Who } from '../../core/subscriber/ports.ts';
import { Grant, Profile, StreamSettings, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { putOnce } from './put-once.ts';
import type { Item, Table } from './table.ts';
import {
  expiryAttribute,
  inPeople,
  openIndex,
  peoplePartition,
  profileKey,
  subscriptionKey,
  suppressionKey,
  tableKeys,
} from './table-shape.ts';

/**
 * Rows outlive a deployment: an attribute, a stream or a setting that another release wrote is kept
 * as it is, and written back with the profile.
 */
const KnownStream = z.string().refine((name) => StreamName.safeParse(name).success);
const StoredProfile = z.looseObject({
  ...Profile.shape,
  streams: z.looseRecord(KnownStream, z.looseObject(StreamSettings.shape)),
  grants: z.looseRecord(KnownStream, z.looseObject(Grant.shape)).optional(),
});
/** Of the table, not of the profile: where an item is, how long, and where it shows. */
const placeAttributes = new Set([
  ...Object.values(tableKeys),
  openIndex.partition,
  openIndex.sort,
  ...openIndex.projected,
  expiryAttribute,
]);
const Listed = z.object({
  gsi1sk: SubscriberId,
  listed: z.object({
    realm: z.enum(realms),
    address: z.string(),
    name: z.string().optional(),
    team: z.string().optional(),
    role: z.string().optional(),
    streams: z.array(z.string()),
    isSuspended: z.boolean().default(false),
    suppressed: Profile.shape.suppressed,
    /** Lists of the first release did not have it. */
    revision: z.int().optional(),
    /** Lists of earlier releases did not have it. */
    joined: z.string().optional(),
  }),
});

/** The profile in an item as it is read. */
export const profileOf = (item: Item): Profile =>
  StoredProfile.parse(Object.fromEntries(Object.entries(item).filter(([name]) => !placeAttributes.has(name))));

const confirmWithinSeconds = 7 * 24 * 3600;

/**
 * Who has not confirmed goes away by itself and shows in no list; anybody may have entered their
 * address.
 */
const placeOf = ({ sid, unconfirmed }: Profile) =>
  unconfirmed ? { [expiryAttribute]: Math.floor(Date.parse(unconfirmed.at) / 1000) + confirmWithinSeconds } : inPeople(sid);

/** The item of a profile: its fields beside the keys, and what the list of people shows. */
const profileItem = (profile: Profile) => ({
  ...profileKey(profile.realm, profile.sid),
  ...placeOf(profile),
  ...profile,
  listed: {
    realm: profile.realm,
    address: profile.address,
    name: profile.name,
    team: profile.team,
    role: profile.role,
    streams: Object.entries(profile.streams).flatMap(([stream, settings]) => (settings?.on ? [stream] : [])),
    isSuspended: profile.suspended !== undefined,
    suppressed: profile.suppressed,
    joined: howJoined(profile),
    revision: profile.revision,
  },
});

export const dynamoPeopleStore = (table: Table): PeopleStore => ({
  async readProfiles(people: readonly Who[]) {
    const items = await table.readMany(people.map(({ realm, sid }) => profileKey(realm, sid)));
    return items.map(profileOf);
  },
  async putSubscription(stream, slot, sid, since) {
    await putOnce(table, subscriptionKey(stream, slot, sid), { since });
  },
  writeProfile: (profile, before) =>
    table.put(
      profileItem(profile),
      before === 0 ? { expression: 'attribute_not_exists(pk)' } : { expression: 'revision = :before', values: { ':before': before } },
    ),
});

const StoredMark = z.object({ at: Instant.optional(), movedAt: Instant.optional(), refused: Profile.shape.suppressed });
function markIn(item: Item): Mark {
  const { at, movedAt, refused } = StoredMark.parse(item);
  return { ...(at && { erasedAt: at }), ...(movedAt && { movedAt }), ...(refused && { refused }) };
}

export const dynamoSuppressionList = (table: Table): SuppressionList => ({
  async listed(hashes) {
    const items = await table.readMany([...new Set(hashes)].map(suppressionKey));
    return new Map(items.map(({ sk, ...item }) => [String(sk), markIn(item)]));
  },
});

const digits = [...'0123456789abcdef'];

/** Sixteen partitions one after the other; the cursor is the last sid that was shown. */
export const dynamoPeopleList = (table: Table): PeopleList => ({
  async list(limit, cursor) {
    const items: Item[] = [];
    for (const d of digits.filter((digit) => digit >= (cursor ?? '').slice(0, 1))) {
      const from = cursor?.startsWith(d) ? { from: `${cursor}!` } : {}; // '!' sorts before every digit: begins after the last one shown
      for await (const item of table.queryAll(peoplePartition(d), { index: true, limit: limit - items.length, ...from })) {
        items.push(item);
        if (items.length >= limit) return { people: await listedPeople(items, table), cursor: String(item.gsi1sk) };
      }
    }
    return { people: await listedPeople(items, table) };
  },
});

async function listedPeople(items: readonly Item[], table: Table): Promise<ListedPerson[]> {
  const rows = items.map((item) => ({ key: { pk: String(item.pk), sk: String(item.sk) }, ...Listed.parse(item) }));
  const unlisted = await table.readMany(rows.filter(({ listed }) => listed.revision === undefined).map(({ key }) => key));
  const revisions = new Map(unlisted.map((item) => [String(item.pk), profileOf(item).revision]));
  return rows.map(({ key, gsi1sk: sid, listed }) => {
    const { name, team, role, suppressed, joined, revision = revisions.get(key.pk) ?? 0, ...rest } = listed;
    return {
      sid,
      ...rest,
      revision,
      ...(name && { name }),
      ...(team && { team }),
      ...(role && { role }),
      ...(suppressed && { suppressed }),
      ...(joined && { joined }),
    };
  });
}
