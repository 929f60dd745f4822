import * as z from 'zod';
import type { DirectoryStore } from '../../core/directory/ports.ts';
import { Instant } from '../../core/shared/instant.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Table } from './table.ts';
import {
  brakeKey,
  directoryGroupKey,
  directoryGroupsPartition,
  directoryMappingKey,
  directoryPlaceKey,
  expiryAttribute,
} from './table-shape.ts';

const Place = z.object({ sids: z.array(SubscriberId) });
const Mapping = z.object({ hash: z.string() });
const Group = z.object({
  sk: z.string(),
  displayName: z.string(),
  externalId: z.string().optional(),
  at: Instant,
  changedAt: Instant,
  version: z.int(),
});
/** Sort keys are short, and no id of ours is longer. */
const longestId = 64;
const daySeconds = 24 * 3600;

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
    const until = Math.floor(Date.parse(`${day}T00:00:00Z`) / 1000) + 2 * daySeconds;
    const item = await table.update(brakeKey(brake, day), { add: { count: people }, set: { [expiryAttribute]: until } });
    return { count: Number(item?.count ?? people), isTold: item?.told === true };
  },
  async noteTold(brake, day) {
    await table.update(brakeKey(brake, day), { set: { told: true } });
  },
});
