import type { Profile, Slot, StreamName, StreamSettings, SubscriberId } from '../subscriber/subscriber.ts';
import type { Wish } from './decide-change.ts';
import type { SlotStore, SubscriptionRow } from './ports.ts';
import { slotsLeft } from './slot-history.ts';

interface RowToLeave {
  readonly stream: StreamName;
  readonly slot: Slot;
  readonly seen: SubscriptionRow;
}

/**
 * The index rows that nobody needs after this change. They are read before the profile is written: who chooses such a slot once more meanwhile
 * puts its row again, and it stays.
 */
export async function rowsToLeave(
  { sid, streams }: Profile,
  counting: ReadonlyMap<StreamName, StreamSettings['slots']>,
  wish: Wish,
  store: SlotStore,
): Promise<RowToLeave[]> {
  const rows: RowToLeave[] = [];
  for (const [stream, held] of counting) {
    const chosen = wish.streams.get(stream)?.slot;
    for (const slot of slotsLeft(streams[stream]?.slots ?? [], held).filter((one) => one !== chosen)) {
      const seen = await store.readSubscription(stream, slot, sid);
      if (seen) rows.push({ stream, slot, seen });
    }
  }
  return rows;
}

/** Twice is once. A slot in which nobody is left is taken out of the list of its stream. */
export async function leaveRows(sid: SubscriberId, rows: readonly RowToLeave[], store: SlotStore): Promise<void> {
  for (const { stream, slot, seen } of rows) {
    const isRemoved = await store.removeSubscription(stream, slot, sid, seen);
    if (isRemoved && slot !== 'default') await store.removeEmptySlot(stream, slot);
  }
}
