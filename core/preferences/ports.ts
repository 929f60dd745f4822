/** What changing settings needs of the world. */
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Slot, SubscriberId } from '../subscriber/subscriber.ts';

/** The row that makes a subscriber findable in a slot, as it was read. */
export interface SubscriptionRow {
  readonly since: Instant;
  /** How often it was put: whoever removes it can say what they saw. */
  readonly puts: number;
}

/** Where slots are kept: who is in one, and which ones a stream has. */
export interface SlotStore {
  /**
   * Whether the slot is listed already, or fewer than `mostSlots` are. Several who ask at once may
   * all be told so: they exceed it by a few.
   */
  hasRoom(stream: StreamName, slot: Slot): Promise<boolean>;
  /** Lists a slot among those of a stream. Twice is once; `default` needs no listing. */
  putSlot(stream: StreamName, slot: Slot, since: Instant): Promise<void>;
  /** Takes a slot out in which nobody is. Where somebody comes into it meanwhile, it stays. */
  removeEmptySlot(stream: StreamName, slot: Slot): Promise<void>;
  /** Consistent. */
  readSubscription(stream: StreamName, slot: Slot, sid: SubscriberId): Promise<SubscriptionRow | undefined>;
  /** False: it is gone, or was put once more since it was read. */
  removeSubscription(stream: StreamName, slot: Slot, sid: SubscriberId, seen: SubscriptionRow): Promise<boolean>;
}
