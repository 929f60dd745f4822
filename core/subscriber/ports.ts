import type { Instant } from '../shared/instant.ts';
import type { Realm, StreamName } from '../stream/stream.ts';
import type { Profile, Slot, SubscriberId } from './subscriber.ts';

export interface Who {
  readonly realm: Realm;
  readonly sid: SubscriberId;
}

/** Where people are kept. The profile is the truth; a subscription row only makes it findable. */
export interface PeopleStore {
  /** Consistent, in no order; people who are not there are left out. */
  readProfiles(people: readonly Who[]): Promise<Profile[]>;
  /**
   * Puts the row that makes a subscriber findable. One that is there already stays, with its
   * earlier `since`.
   */
  putSubscription(stream: StreamName, slot: Slot, sid: SubscriberId, since: Instant): Promise<void>;
  /**
   * `before` is the revision that was read, 0 for nobody. False: somebody else wrote in between,
   * nothing changed.
   */
  writeProfile(profile: Profile, before: number): Promise<boolean>;
}

/** What is kept of a person who has no profile, under a hash that tells nobody who it was. */
export interface Mark {
  /** They asked to be forgotten: no import brings them back. */
  readonly erasedAt?: Instant;
  /**
   * They were moved to another address: a file that still holds this one is behind, and makes
   * nobody of it.
   */
  readonly movedAt?: Instant;
  /** Why no mail goes to this address, not even one that answers, until an operator lifts it. */
  readonly refused?: NonNullable<Profile['suppressed']>;
}

/** The marks that outlive profiles, by their hash. */
export interface SuppressionList {
  /** Consistent; a hash without a mark is left out. */
  listed(hashes: readonly string[]): Promise<ReadonlyMap<string, Mark>>;
}

/** What an operator sees of a person. The only way to a list of addresses. */
export interface ListedPerson {
  readonly sid: SubscriberId;
  readonly address: string;
  readonly name?: string;
  readonly team?: string;
  readonly role?: string;
  readonly streams: readonly string[];
  readonly realm: Realm;
  readonly isSuspended: boolean;
  /** Why mail to this person stops, and since when. */
  readonly suppressed?: NonNullable<Profile['suppressed']>;
  /**
   * `approval`: a stream's owner let them in. `signup`: they came by themselves. Absent: neither,
   * or listed by an earlier release.
   */
  readonly joined?: string;
  /** The profile's, as the list knew it: whoever acts on the list can say what they saw. */
  readonly revision: number;
}

export interface PeopleList {
  /**
   * Everyone, page by page, in an order that has no meaning; `cursor` of the page before leads on.
   */
  list(limit: number, cursor?: string): Promise<{ people: ListedPerson[]; cursor?: string }>;
}
