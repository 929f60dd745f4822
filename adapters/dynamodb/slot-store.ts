import * as z from 'zod';
import type { SlotStore, SubscriptionRow } from '../../core/preferences/ports.ts';
import { Instant } from '../../core/shared/instant.ts';
import { mostSlots } from '../../core/subscriber/slot.ts';
import { putOnce } from './put-once.ts';
import type { Condition, Table } from './table.ts';
import { slotKey, slotsPartition, streamPartition, subscriptionKey } from './table-shape.ts';

/** Rows of the first release do not count their puts. */
const Row = z.object({ since: Instant, puts: z.int().default(0) });
const digits = [...'0123456789abcdef'];

const asSeen = ({ since, puts }: SubscriptionRow): Condition => ({
  expression: `since = :since AND ${puts === 0 ? 'attribute_not_exists(puts)' : 'puts = :puts'}`,
  values: { ':since': since, ...(puts > 0 && { ':puts': puts }) },
});

export const dynamoSlotStore = (table: Table): SlotStore => {
  const isEmpty = async (stream: Parameters<SlotStore['putSlot']>[0], slot: string) => {
    for (const d of digits) {
      const { items } = await table.query(streamPartition(stream, slot, d), { limit: 1, consistent: true });
      if (items.length > 0) return false;
    }
    return true;
  };
  return {
    async hasRoom(stream, slot) {
      if (await table.read(slotKey(stream, slot))) return true;
      const { items } = await table.query(slotsPartition(stream), { limit: mostSlots, consistent: true });
      return items.length < mostSlots;
    },
    async putSlot(stream, slot, since) {
      await putOnce(table, slotKey(stream, slot), { since });
    },
    async removeEmptySlot(stream, slot) {
      const item = await table.read(slotKey(stream, slot));
      if (item && (await isEmpty(stream, slot))) await table.remove(slotKey(stream, slot), asSeen(Row.parse(item)));
    },
    async readSubscription(stream, slot, sid) {
      const item = await table.read(subscriptionKey(stream, slot, sid));
      return item && Row.parse(item);
    },
    removeSubscription: (stream, slot, sid, seen) => table.remove(subscriptionKey(stream, slot, sid), asSeen(seen)),
  };
};
