import { hourMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Profile, Slot, StreamSettings, SubscriberId } from '../subscriber/subscriber.ts';
import type { PlannedChange } from './decide-change.ts';
import type { SlotStore, SubscriptionRow } from './ports.ts';

type Held = StreamSettings['slots'];

/**
 * An edition composed longer ago than this is in every list. One that is being composed now may be
 * in none.
 */
const composedWithinMs = hourMs;
/**
 * The most slots that may still count at once. Nobody has a reason to change more often in this
 * time.
 */
export const mostHeld = 30;

/**
 * The slots that still count: the one held now, those held at the cut-off of an unfinished edition,
 * and those left so recently that an edition with an earlier cut-off may still be in the making.
 */
export function stillCounting(held: Held, cutoffs: readonly Instant[], now: Date): Held {
  return held.filter(({ at }, i) => {
    const left = held[i + 1]?.at;
    if (left === undefined || Date.parse(left) > now.getTime() - composedWithinMs) return true;
    // A cut-off before the first change counts with the first slot.
    const from = i === 0 ? Number.NEGATIVE_INFINITY : Date.parse(at);
    return cutoffs.some((cutoff) => Date.parse(cutoff) >= from && Date.parse(cutoff) < Date.parse(left));
  });
}

/** Slots whose index row is no longer needed, given the slots that still count. */
export const slotsLeft = (held: Held, counting: Held): Slot[] => [
  ...new Set(held.map(({ slot }) => slot).filter((slot) => !counting.some((one) => one.slot === slot))),
];

interface RowToLeave {
  readonly stream: StreamName;
  readonly slot: Slot;
  readonly seen: SubscriptionRow;
}

/**
 * The index rows that are no longer needed after this change. They are read before the profile is
 * written: if the reader chooses such a slot again meanwhile, its row is put again, and it stays.
 */
export async function rowsToLeave(
  { sid, streams }: Profile,
  counting: ReadonlyMap<StreamName, StreamSettings['slots']>,
  wish: PlannedChange,
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

/**
 * Removes the rows. A slot that nobody holds any more is removed from its stream's list.
 * Idempotent.
 */
export async function leaveRows(sid: SubscriberId, rows: readonly RowToLeave[], store: SlotStore): Promise<void> {
  for (const { stream, slot, seen } of rows) {
    const isRemoved = await store.removeSubscription(stream, slot, sid, seen);
    if (isRemoved && slot !== 'default') await store.removeEmptySlot(stream, slot);
  }
}
