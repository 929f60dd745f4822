import { type LaneState, standOf } from '../../core/delivery/lane.ts';
import type { ChunkFacts, ChunkReader } from '../../core/delivery/ports.ts';
import type { DailyQuota } from '../../core/delivery/send-rate.ts';
import { type EditionId, laneOf, realmOf } from '../../core/edition/edition.ts';
import type { Lane } from '../../core/stream/stream.ts';
import { Profile, type SubscriberId } from '../../core/subscriber/subscriber.ts';
import { laneAttributes, laneStateOf } from './lane-store.ts';
import { profileOf } from './profile-store.ts';
import type { Item, Table } from './table.ts';
import { heldIfCopy, nameAttribute } from './table-copy.ts';
import { editionKey, laneKey, profileKey, quotaKey } from './table-shape.ts';

/** The rate that SES allows in its sandbox. We assume it until the quota is known. */
const sandboxRate = 1;

const quotaAttributes = ['maxSendRate', 'max24Hours', 'sentLast24Hours', 'booked', 'reserve', 'at', nameAttribute];
/**
 * Everything that a decision needs and no more, because all that is read is parsed for each reader.
 */
const wanted = [
  ...new Set([
    ...Object.keys(Profile.shape),
    'paused',
    'recalled',
    'superseded',
    'withheld',
    'corrected',
    ...laneAttributes,
    ...quotaAttributes,
  ]),
];

/**
 * Reads a chunk's profiles, the brakes of the edition and the lane, and the quota in one consistent
 * call.
 */
export const dynamoChunkReader = (table: Table): ChunkReader => {
  const lastRead = new Map<Lane, { lane: LaneState; maxSendRate: number }>();
  /** Both are final, so they may be kept in memory. */
  const recalled = new Set<EditionId>();
  const superseded = new Set<EditionId>();

  const read: ChunkReader['read'] = async (edition, chunk) => {
    const lane = laneOf(edition);
    const realm = realmOf(edition);
    const meta = editionKey(edition.id);
    const brake = laneKey(lane);
    const items = await table.readMany([meta, brake, quotaKey, ...chunk.map((sid) => profileKey(realm, sid))], wanted);
    const profiles = new Map<SubscriberId, Profile>();
    let brakes: Item = {};
    let quota: Item | undefined;
    let laneItem: Item | undefined;
    for (const item of items) {
      if (item.pk === quotaKey.pk) quota = item;
      else if (item.pk === meta.pk) brakes = item;
      else if (item.pk === brake.pk) laneItem = item;
      else {
        const profile = profileOf(item);
        profiles.set(profile.sid, profile);
      }
    }
    const facts: ChunkFacts = {
      profiles,
      paused: brakes.paused === true,
      recalled: brakes.recalled === true,
      superseded: brakes.superseded !== undefined,
      withheld: membersOf(brakes.withheld),
      corrected: membersOf(brakes.corrected),
      lane: heldIfCopy(laneStateOf(laneItem), table, quota),
      maxSendRate: rateOf(quota),
      ...dailyOf(quota),
    };
    lastRead.set(lane, { lane: facts.lane, maxSendRate: facts.maxSendRate });
    if (facts.recalled) recalled.add(edition.id);
    if (facts.superseded) superseded.add(edition.id);
    return facts;
  };

  return {
    read,
    async outlook(edition) {
      const last = lastRead.get(laneOf(edition));
      if (!last || standOf(last.lane, 0) !== 'open') return read(edition, []);
      return { ...last, recalled: recalled.has(edition.id), superseded: superseded.has(edition.id) };
    },
  };
};

const membersOf = (value: unknown): ReadonlySet<string> => (value instanceof Set ? new Set([...value].map(String)) : new Set());

const rateOf = (quota: Item | undefined): number => {
  const rate = Number(quota?.maxSendRate);
  return rate > 0 ? rate : sandboxRate;
};

/** A quota that an earlier release stored has no reserve, so nothing is kept back. */
const dailyOf = (item: Item | undefined): { quota?: DailyQuota } => {
  if (typeof item?.max24Hours !== 'number') return {};
  const { max24Hours, sentLast24Hours, booked, reserve } = item;
  const quota = { max24Hours, sentLast24Hours: Number(sentLast24Hours ?? 0), booked: Number(booked ?? 0), reserve: Number(reserve ?? 0) };
  return { quota };
};
