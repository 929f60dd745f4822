import { type Counter, JoinRequest, type JoinRequests } from '../../core/joining/ports.ts';
import type { Table } from './table.ts';
import { expiryAttribute, joinRequestKey, limitKey } from './table-shape.ts';

const seconds = (instant: string) => Math.floor(Date.parse(instant) / 1000);

/** Counts in windows. A count expires when its window is over. */
export const dynamoCounter = (table: Table): Counter => ({
  async count(id, from, until) {
    const item = await table.update(limitKey(id, from), { add: { count: 1 }, set: { [expiryAttribute]: seconds(until) } });
    return Number(item?.count ?? 1);
  },
});

const StoredRequest = JoinRequest.strip();
const keptSeconds = 7 * 24 * 3600;

export const dynamoJoinRequests = (table: Table): JoinRequests => ({
  async read(id) {
    if (!JoinRequest.shape.id.safeParse(id).success) return undefined;
    const item = await table.read(joinRequestKey(id));
    return item && StoredRequest.parse(item);
  },
  async put(request) {
    const expiry = { [expiryAttribute]: seconds(request.askedAt) + keptSeconds };
    await table.put({ ...joinRequestKey(request.id), ...request, ...expiry }, { expression: 'attribute_not_exists(pk)' });
  },
  async approve(id, at) {
    const isOpen = { expression: 'attribute_exists(pk) AND attribute_not_exists(approvedAt)' };
    await table.update(joinRequestKey(id), { set: { approvedAt: at } }, isOpen);
  },
});
