import type { Instant } from '../shared/instant.ts';
import type { Realm, StreamName } from '../stream/stream.ts';
import type { Profile, Slot, SubscriberId } from './subscriber.ts';

export interface Who {
  readonly realm: Realm;
  readonly sid: SubscriberId;
}

/**
 * Where people are kept. The profile is authoritative; a subscription row only makes it findable.
 */
export interface PeopleStore {
  /** Reads consistently, in no particular order. People who do not exist are left out. */
  readProfiles(people: readonly Who[]): Promise<Profile[]>;
  /**
   * Puts the row that makes a subscriber findable. A row that already exists keeps its earlier
   * `since`.
   */
  putSubscription(stream: StreamName, slot: Slot, sid: SubscriberId, since: Instant): Promise<void>;
  /**
   * `before` is the revision that was read, or 0 if there was no profile. Returns false if somebody
   * else wrote in between; then nothing was changed.
   */
  writeProfile(profile: Profile, before: number): Promise<boolean>;
}

/** What is kept of a person who has no profile, under a hash that does not reveal who it was. */
export interface Mark {
  /** They asked to be forgotten. No import brings them back. */
  readonly erasedAt?: Instant;
  /**
   * They were moved to another address. A file that still holds this one is out of date, and no
   * import makes a profile from it.
   */
  readonly movedAt?: Instant;
  /**
   * Why no mail goes to this address, not even an answer to a request, until an operator lifts it.
   */
  readonly refused?: NonNullable<Profile['suppressed']>;
}

/** The marks that outlive profiles, by hash. */
export interface SuppressionList {
  /** Reads consistently. A hash without a mark is left out. */
  listed(hashes: readonly string[]): Promise<ReadonlyMap<string, Mark>>;
}

/** What a list knows of somebody whom the directory manages. */
export interface ListedInDirectory {
  readonly id: string;
  readonly active: boolean;
  readonly externalId?: string | undefined;
  readonly displayName?: string | undefined;
  readonly groups: readonly string[];
}

/** What an operator sees of a person. This is the only way to get a list of addresses. */
export interface ListedPerson {
  readonly sid: SubscriberId;
  readonly address: string;
  readonly name?: string;
  readonly team?: string;
  readonly role?: string;
  readonly zone?: string;
  readonly streams: readonly string[];
  readonly realm: Realm;
  readonly isSuspended: boolean;
  /** Why mail to this person stops, and since when. */
  readonly suppressed?: NonNullable<Profile['suppressed']>;
  /**
   * `approval`: a stream's owner let them in. `signup`: they signed up themselves. Absent: neither,
   * or the row was written by an earlier release.
   */
  readonly joined?: string;
  /** Of whom the organisation's directory manages: what it knows them by, and their groups. */
  readonly directory?: ListedInDirectory;
  /**
   * The profile's revision as the list knew it, so that a later act can say what it was based on.
   */
  readonly revision: number;
}

export interface PeopleList {
  /**
   * Lists everyone who is `wanted`, page by page, in an order that has no meaning. Pass the
   * `cursor` of one page to get the next. A page with a cursor may have fewer people than `limit`,
   * or none: each page reads only so many.
   */
  list(limit: number, cursor?: string, wanted?: (person: ListedPerson) => boolean): Promise<{ people: ListedPerson[]; cursor?: string }>;
}
