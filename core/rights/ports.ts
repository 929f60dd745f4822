/** What the rights of a person need of the world, as narrowly as they need it. */
import type { Evidence } from '../delivery/evidence.ts';
import type { Leaf, Range } from '../delivery/range.ts';
import type { EditionId } from '../edition/edition.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Who } from '../subscriber/ports.ts';
import type { Profile, Slot, SubscriberId } from '../subscriber/subscriber.ts';
import type { Erasure } from './erasure.ts';

export interface ErasureStore {
  /** Consistent. */
  read(who: Who): Promise<Erasure | undefined>;
  /**
   * `before` is the version that was read, 0 for none. False: somebody else wrote in between,
   * nothing changed.
   */
  write(erasure: Erasure, before: number): Promise<boolean>;
  /** False: somebody else wrote in between, nothing changed. */
  end(erasure: Erasure): Promise<boolean>;
  /** Those that are due, the longest due first; may lag by a second. */
  due(now: Date, limit: number): Promise<Who[]>;
}

export interface PersonRemover {
  readProfiles(people: readonly Who[]): Promise<Profile[]>;
  /** Every slot that somebody may hold of a stream. */
  slotsOf(stream: StreamName): Promise<Slot[]>;
  removeSubscription(stream: StreamName, slot: Slot, sid: SubscriberId): Promise<void>;
  /** False: it changed since it was read; also where it is gone. */
  removeProfile(who: Who, revision: number): Promise<boolean>;
}

/** An edition as a list shows it. */
export interface LedgerEdition {
  readonly edition: EditionId;
  readonly stream: string;
  readonly subject: string;
  readonly composedAt: Instant;
  /** All that there are; of an unfinished edition in a list those that have a tally. */
  readonly slots: readonly Slot[];
  readonly isComplete: boolean;
  /** Where a list goes on behind it. */
  readonly cursor: string;
}

/** Of a mail that was made for one person, whose id is part of the edition's. */
export const isService = (edition: EditionId): boolean => /^service(-customers)?_/.test(edition);

export interface FoundLeaf {
  readonly range: Range;
  readonly leaf: Leaf;
}

export interface PersonLedger {
  /** In the order of their schedule, at most `limit`; what is still being sent is among them. */
  editions(since: Instant, limit: number, cursor?: string): Promise<LedgerEdition[]>;
  /** Undefined where it is not there any more. */
  edition(id: EditionId): Promise<LedgerEdition | undefined>;
  /**
   * In each of these slots the leaf in whose range a person is, where there is one; consistent. Its
   * requests follow one another.
   */
  leaves(edition: EditionId, slots: readonly Slot[], sid: SubscriberId): Promise<FoundLeaf[]>;
  evidence(edition: EditionId, sid: SubscriberId): Promise<Evidence | undefined>;
}

export interface LedgerEraser {
  /** Writes a leaf if its row still has this version and this owner. */
  replace(range: Range, leaf: Leaf, expected: { version: number; owner: string }): Promise<boolean>;
  removeEvidence(edition: EditionId, sid: SubscriberId): Promise<void>;
  /** A mail that was made for one person: all of it, the edition's own item last. */
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
   * Acts whose facts name this subscriber, among others or alone, oldest first; the others are left
   * out.
   */
  about(sid: SubscriberId, since: Instant): Promise<ActAbout[]>;
}

export interface ForgottenList {
  /**
   * Keeps, under a hash that tells nobody who it was, that this person is not to be imported again.
   * Twice is once.
   */
  add(hash: string, at: Instant): Promise<void>;
  /** Keeps that this person was moved to another address. Twice is once. */
  move(hash: string, at: Instant): Promise<void>;
  /**
   * Keeps why no mail goes to this person. A complaint outweighs the rest; what happened before an
   * operator's lifting counts no more. Twice is once.
   */
  refuse(hash: string, why: NonNullable<Profile['suppressed']>): Promise<void>;
  /** Takes back why no mail goes to them, and that they were moved. Twice is once. */
  lift(hash: string, at: Instant): Promise<void>;
}
