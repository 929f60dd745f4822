import * as z from 'zod';
import { Instant } from '../../core/shared/instant.ts';
import { realms, StreamName } from '../../core/stream/stream.ts';
import { InDirectory } from '../../core/subscriber/directory.ts';
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
 * Rows outlive a deployment. An attribute, a stream or a setting that another release wrote is kept
 * as it is and written back with the profile.
 */
const KnownStream = z.string().refine((name) => StreamName.safeParse(name).success);
const StoredProfile = z.looseObject({
  ...Profile.shape,
  streams: z.looseRecord(KnownStream, z.looseObject(StreamSettings.shape)),
  grants: z.looseRecord(KnownStream, z.looseObject(Grant.shape)).optional(),
  directory: z.looseObject(InDirectory.shape).optional(),
});
/**
 * Attributes of the table and not of the profile: the item's keys, its expiry and its place in the
 * index.
 */
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
    /** Empty for none. Missing in lists of earlier releases. */
    zone: z.string().optional(),
    streams: z.array(z.string()),
    isSuspended: z.boolean().default(false),
    suppressed: Profile.shape.suppressed,
    /** Missing in lists of the first release. */
    revision: z.int().optional(),
    /** Missing in lists of earlier releases. */
    joined: z.string().optional(),
    /** Missing unless the directory manages them. */
    directory: InDirectory.pick({ id: true, active: true, externalId: true, displayName: true, groups: true }).strip().optional(),
  }),
});

/** Reads the profile in an item. */
export const profileOf = (item: Item): Profile =>
  StoredProfile.parse(Object.fromEntries(Object.entries(item).filter(([name]) => !placeAttributes.has(name))));

const confirmWithinSeconds = 7 * 24 * 3600;

/**
 * Anybody may have entered the address of an unconfirmed person. So their profile expires, and no
 * list shows it.
 */
const placeOf = ({ sid, unconfirmed }: Profile) =>
  unconfirmed ? { [expiryAttribute]: Math.floor(Date.parse(unconfirmed.at) / 1000) + confirmWithinSeconds } : inPeople(sid);

function listedInDirectory({ directory }: Profile) {
  if (!directory) return undefined;
  const { id, active, externalId, displayName, groups } = directory;
  return { id, active, externalId, displayName, groups };
}

/** The item of a profile: its fields, the keys, and what the list of people shows. */
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
    zone: profile.zone ?? '',
    streams: Object.entries(profile.streams).flatMap(([stream, settings]) => (settings?.on ? [stream] : [])),
    isSuspended: profile.suspended !== undefined,
    suppressed: profile.suppressed,
    joined: howJoined(profile),
    directory: listedInDirectory(profile),
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

/** The most people that one page reads when it looks for some of them. */
const mostRead = 5000;

/** Reads sixteen partitions one after the other. The cursor is the last sid that was read. */
export const dynamoPeopleList = (table: Table): PeopleList => ({
  async list(limit, cursor, wanted) {
    const items: Item[] = [];
    let read = 0;
    for (const d of digits.filter((digit) => digit >= (cursor ?? '').slice(0, 1))) {
      const from = cursor?.startsWith(d) ? { from: `${cursor}!` } : {}; // '!' sorts before every digit, so this starts after the last sid read
      const atOnce = wanted ? {} : { limit: limit - items.length };
      for await (const item of table.queryAll(peoplePartition(d), { index: true, ...atOnce, ...from })) {
        read += 1;
        if (!wanted || wanted(personIn(item, 0))) items.push(item);
        if (items.length >= limit || read >= mostRead) return { people: await listedPeople(items, table), cursor: String(item.gsi1sk) };
      }
    }
    return { people: await listedPeople(items, table) };
  },
});

/** Rows of earlier releases lack what the profile knows. */
async function listedPeople(items: readonly Item[], table: Table): Promise<ListedPerson[]> {
  const isOld = (item: Item) => {
    const { listed } = Listed.parse(item);
    return listed.revision === undefined || listed.zone === undefined;
  };
  const unlisted = await table.readMany(items.filter(isOld).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })));
  const profiles = new Map(unlisted.map((item) => [String(item.pk), profileOf(item)]));
  return items.map((item) => {
    const { revision = 0, zone } = profiles.get(String(item.pk)) ?? {};
    return personIn(item, revision, zone);
  });
}

/** `knownRevision`, `knownZone`: what the profile says, where the row is of an earlier release. */
function personIn(item: Item, knownRevision: number, knownZone?: string): ListedPerson {
  const { gsi1sk: sid, listed } = Listed.parse(item);
  const { name, team, role, zone = knownZone, suppressed, joined, directory, revision = knownRevision, ...rest } = listed;
  return {
    sid,
    ...rest,
    revision,
    ...(name && { name }),
    ...(team && { team }),
    ...(role && { role }),
    ...(zone && { zone }),
    ...(suppressed && { suppressed }),
    ...(joined && { joined }),
    ...(directory && { directory }),
  };
}
