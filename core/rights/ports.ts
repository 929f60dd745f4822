/** The ports that exporting, moving and erasing people need, kept as narrow as possible. */
import type { Evidence } from '../delivery/evidence.ts';
import type { Leaf, Range } from '../delivery/range.ts';
import type { EditionId } from '../edition/edition.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Who } from '../subscriber/ports.ts';
import type { Profile, Slot, SubscriberId } from '../subscriber/subscriber.ts';
import type { Erasure } from './erasure.ts';

export interface ErasureStore {
  /** Reads consistently. */
  read(who: Who): Promise<Erasure | undefined>;
  /**
   * `before` is the version that was read, or 0 for none. Returns false if somebody else wrote in
   * between; then nothing was changed.
   */
  write(erasure: Erasure, before: number): Promise<boolean>;
  /** Returns false if somebody else wrote in between; then nothing was changed. */
  end(erasure: Erasure): Promise<boolean>;
  /** The erasures that are due, longest due first. May lag by a second. */
  due(now: Date, limit: number): Promise<Who[]>;
}

export interface PersonRemover {
  readProfiles(people: readonly Who[]): Promise<Profile[]>;
  /** Every slot of a stream that somebody may hold. */
  slotsOf(stream: StreamName): Promise<Slot[]>;
  removeSubscription(stream: StreamName, slot: Slot, sid: SubscriberId): Promise<void>;
  /** Returns false if the profile changed since it was read, or is gone. */
  removeProfile(who: Who, revision: number): Promise<boolean>;
}

/** An edition as a list shows it. */
export interface LedgerEdition {
  readonly edition: EditionId;
  readonly stream: string;
  readonly subject: string;
  readonly composedAt: Instant;
  /** All slots. For an unfinished edition in a list, only those that have a tally. */
  readonly slots: readonly Slot[];
  readonly isComplete: boolean;
  /** Where a list continues after this edition. */
  readonly cursor: string;
}

/** Whether an edition is a mail that was made for one person, whose sid is part of its id. */
export const isService = (edition: EditionId): boolean => /^service(-customers)?_/.test(edition);

export interface FoundLeaf {
  readonly range: Range;
  readonly leaf: Leaf;
}

export interface PersonLedger {
  /**
   * In the order of their schedule, at most `limit`. Editions that are still being sent are
   * included. `news`: without the mails that answered one person. @default all
   */
  editions(since: Instant, limit: number, cursor?: string, which?: 'all' | 'news'): Promise<LedgerEdition[]>;
  /** Undefined if it no longer exists. */
  edition(id: EditionId): Promise<LedgerEdition | undefined>;
  /**
   * In each of these slots, the leaf whose range holds the person, if there is one. Reads
   * consistently, one request after another.
   */
  leaves(edition: EditionId, slots: readonly Slot[], sid: SubscriberId): Promise<FoundLeaf[]>;
  evidence(edition: EditionId, sid: SubscriberId): Promise<Evidence | undefined>;
}

export interface LedgerEraser {
  /** Writes a leaf if its row still has this version and this owner. */
  replace(range: Range, leaf: Leaf, expected: { version: number; owner: string }): Promise<boolean>;
  removeEvidence(edition: EditionId, sid: SubscriberId): Promise<void>;
  /** Removes a mail that was made for one person, whole, with the edition's own item last. */
  removeServiceEdition(edition: EditionId, slots: readonly Slot[]): Promise<void>;
}

/** One act about a person, as the audit log keeps it. */
export interface ActAbout {
  readonly at: Instant;
  readonly act: string;
  readonly facts: Readonly<Record<string, string | number>>;
}
export interface ActsReader {
  /**
   * Acts whose facts name this subscriber, alone or among others, oldest first. Other subscribers
   * are left out of the facts.
   */
  about(sid: SubscriberId, since: Instant): Promise<ActAbout[]>;
}

export interface ForgottenList {
  /**
   * Keeps, under a hash that does not reveal who it was, that no import may bring this person back.
   * Idempotent.
   */
  add(hash: string, at: Instant): Promise<void>;
  /** Keeps that this person was moved to another address. Idempotent. */
  move(hash: string, at: Instant): Promise<void>;
  /**
   * Keeps why no mail goes to this person. A complaint outweighs the rest. What happened before an
   * operator lifted a suppression no longer counts. Idempotent.
   */
  refuse(hash: string, why: NonNullable<Profile['suppressed']>): Promise<void>;
  /**
   * Removes the reason why no mail goes to them, and the record that they were moved. Idempotent.
   */
  lift(hash: string, at: Instant): Promise<void>;
}
