import { hourMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Profile, Slot, StreamSettings, SubscriberId } from '../subscriber/subscriber.ts';
import type { PlannedChange } from './decide-change.ts';
import type { SlotStore, SubscriptionRow } from './ports.ts';

type Held = StreamSettings['slots'];

/**
 * An edition that was composed this long ago is in every list; one that is being composed now may
 * be in none.
 */
const composedWithinMs = hourMs;
/** In so short a time nobody chooses more often with a purpose. */
export const mostHeld = 30;

/**
 * The slots that still count: the one held now, those that were held at the cut-off of an
 * unfinished edition, and those left so lately that an edition may be in the making whose cut-off
 * was before.
 */
export function stillCounting(held: Held, cutoffs: readonly Instant[], now: Date): Held {
  return held.filter(({ at }, i) => {
    const left = held[i + 1]?.at;
    if (left === undefined || Date.parse(left) > now.getTime() - composedWithinMs) return true;
    // Whoever was cut off before the first change counts with the first slot.
    const from = i === 0 ? Number.NEGATIVE_INFINITY : Date.parse(at);
    return cutoffs.some((cutoff) => Date.parse(cutoff) >= from && Date.parse(cutoff) < Date.parse(left));
  });
}

/** Slots whose index row nobody needs any more, given what still counts. */
export const slotsLeft = (held: Held, counting: Held): Slot[] => [
  ...new Set(held.map(({ slot }) => slot).filter((slot) => !counting.some((one) => one.slot === slot))),
];

interface RowToLeave {
  readonly stream: StreamName;
  readonly slot: Slot;
  readonly seen: SubscriptionRow;
}

/**
 * The index rows that nobody needs after this change. They are read before the profile is written:
 * who chooses such a slot once more meanwhile puts its row again, and it stays.
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

/** Twice is once. A slot in which nobody is left is taken out of the list of its stream. */
export async function leaveRows(sid: SubscriberId, rows: readonly RowToLeave[], store: SlotStore): Promise<void> {
  for (const { stream, slot, seen } of rows) {
    const isRemoved = await store.removeSubscription(stream, slot, sid, seen);
    if (isRemoved && slot !== 'default') await store.removeEmptySlot(stream, slot);
  }
}
