import * as z from 'zod';
import type { Braked, BrakedStore, DirectoryStore } from '../../core/directory/ports.ts';
import { Instant } from '../../core/shared/instant.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Table } from './table.ts';
import {
  brakedKey,
  brakedPartition,
  brakeKey,
  directoryGroupKey,
  directoryGroupsPartition,
  directoryLeaseKey,
  directoryMappingKey,
  directoryPlaceKey,
  expiryAttribute,
  takenOutKey,
} from './table-shape.ts';

const Place = z.object({ sids: z.array(SubscriberId) });
const Mapping = z.object({ hash: z.string() });
const Group = z.object({
  sk: z.string(),
  displayName: z.string(),
  externalId: z.string().optional(),
  at: Instant,
  changedAt: Instant,
  unsettled: z.literal(true).optional().catch(undefined),
  version: z.int(),
});
/** Sort keys are short, and no id of ours is longer. */
const longestId = 64;
const TakenOutRow = z.object({ people: z.array(z.string()) });
const BrakedRow = z.object({
  day: z.string(),
  at: Instant,
  brake: z.enum(['leavers', 'moves', 'losses', 'emptied group']),
  most: z.int().optional(),
  group: z.object({ id: z.string(), name: z.string(), people: z.int() }).optional(),
});
const daySeconds = 24 * 3600;
const twoDaysAfter = (day: string) => Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000) + 2 * daySeconds;

export const dynamoDirectoryStore = (table: Table): DirectoryStore => ({
  async readPlace(id) {
    if (id === '' || id.length > longestId) return [];
    const item = await table.read(directoryPlaceKey(id));
    return item ? Place.parse(item).sids : [];
  },
  async putPlace(id, sids) {
    await table.put({ ...directoryPlaceKey(id), sids: [...sids] });
  },
  async removePlace(id) {
    await table.remove(directoryPlaceKey(id));
  },
  async readGroups() {
    const groups = [];
    for await (const item of table.queryAll(directoryGroupsPartition, { consistent: true })) {
      const { sk: id, ...group } = Group.parse(item);
      groups.push({ id, ...group });
    }
    return groups;
  },
  writeGroup: ({ id, ...group }, before) =>
    table.put(
      { ...directoryGroupKey(id), ...group },
      before === 0 ? { expression: 'attribute_not_exists(pk)' } : { expression: 'version = :before', values: { ':before': before } },
    ),
  async removeGroup(id) {
    await table.remove(directoryGroupKey(id));
  },
  async readMapping() {
    const item = await table.read(directoryMappingKey);
    return item && Mapping.parse(item).hash;
  },
  async putMapping(hash) {
    await table.put({ ...directoryMappingKey, hash });
  },
  async countUnder(brake, day, people) {
    const item = await table.update(brakeKey(brake, day), { add: { count: people }, set: { [expiryAttribute]: twoDaysAfter(day) } });
    return Number(item?.count ?? people);
  },
  async readTakenOut(group, day) {
    const item = await table.read(takenOutKey(group, day));
    return item ? TakenOutRow.parse(item).people : [];
  },
  async putTakenOut(group, day, people) {
    await table.put({ ...takenOutKey(group, day), people: [...people], [expiryAttribute]: twoDaysAfter(day) });
  },
  takeLease: (owner, at, until) =>
    table.put(
      { ...directoryLeaseKey, owner, until: Date.parse(until) },
      {
        // A write whose answer was lost is sent again: it is our own then.
        expression: 'attribute_not_exists(pk) OR #until <= :at OR #owner = :owner',
        names: { '#until': 'until', '#owner': 'owner' },
        values: { ':at': Date.parse(at), ':owner': owner },
      },
    ),
  async endLease(owner) {
    await table.remove(directoryLeaseKey, { expression: '#owner = :owner', names: { '#owner': 'owner' }, values: { ':owner': owner } });
  },
});

const keyOf = ({ day, brake, group }: Braked) => brakedKey(day, group ? `group#${group.id}` : brake);

export const dynamoBraked = (table: Table): BrakedStore => ({
  isNoted: async (braked) => (await table.read(keyOf(braked))) !== undefined,
  async note(braked) {
    await table.put({ ...keyOf(braked), ...braked, [expiryAttribute]: twoDaysAfter(braked.day) });
  },
  async since(day) {
    const { items } = await table.query(brakedPartition, { from: day });
    return items.flatMap((item) => BrakedRow.safeParse(item).data ?? []).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  },
});
