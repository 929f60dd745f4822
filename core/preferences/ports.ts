/** The ports that changing settings needs. */
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Slot, SubscriberId } from '../subscriber/subscriber.ts';

/** The row that makes a subscriber findable in a slot, as it was read. */
export interface SubscriptionRow {
  readonly since: Instant;
  /** How often it was put. A removal passes it on, to say which row it saw. */
  readonly puts: number;
}

/** Where slots are kept: who is in each, and which ones a stream has. */
export interface SlotStore {
  /**
   * Whether the slot is already listed, or fewer than `mostSlots` are. Several callers at once may
   * all get true; the limit is then exceeded by a few.
   */
  hasRoom(stream: StreamName, slot: Slot): Promise<boolean>;
  /** Adds a slot to the list of a stream. Idempotent. `default` needs no listing. */
  putSlot(stream: StreamName, slot: Slot, since: Instant): Promise<void>;
  /**
   * Removes a slot that has no subscribers from the list. If somebody enters it meanwhile, it
   * stays.
   */
  removeEmptySlot(stream: StreamName, slot: Slot): Promise<void>;
  /** Reads consistently. */
  readSubscription(stream: StreamName, slot: Slot, sid: SubscriberId): Promise<SubscriptionRow | undefined>;
  /** Returns false if the row is gone, or was put again since it was read. */
  removeSubscription(stream: StreamName, slot: Slot, sid: SubscriberId, seen: SubscriptionRow): Promise<boolean>;
}
