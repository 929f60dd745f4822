/**
 * Editions as the rest of the house reads, writes, holds and lists them. Adapters implement each of
 * these once.
 */
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Slot, SubscriberId } from '../subscriber/subscriber.ts';
import type { Carried, Counts, Edition, EditionId, Tally } from './edition.ts';
import type { EditionState } from './edition-state.ts';
import type { OpenEdition } from './open-edition.ts';
import type { WavesAhead } from './waves.ts';

export interface EditionReader {
  /** Consistent. */
  read(id: EditionId): Promise<Edition | undefined>;
  /** Those of these streams that are not complete; may lag by a second. */
  listOpen(streams: readonly StreamName[]): Promise<OpenEdition[]>;
  /** Of every stream, ids alone; may lag by a second. */
  listOpenIds(): Promise<EditionId[]>;
}

export interface EditionWriter {
  /** An edition is written once. False: it had been composed before. */
  create(edition: Edition): Promise<boolean>;
  /** Notes that the root ranges of these slots were sent to their lane. Twice is once. */
  begin(id: EditionId, slots: readonly Slot[]): Promise<void>;
  /**
   * Sets a slot's tally if newer; with the last slot the edition is complete. Throws
   * UnknownEdition.
   */
  setTally(id: EditionId, slot: Slot, tally: Tally): Promise<void>;
}

/** What holding an edition did: 'complete' and 'recalled' ones are not held any more. */
export type HoldAnswer = 'changed' | 'unchanged' | 'complete' | 'recalled' | 'unknown';

/** Each holds from the next chunk of every worker on. Twice is once. */
export interface EditionHolder {
  pause(id: EditionId): Promise<HoldAnswer>;
  resume(id: EditionId): Promise<HoldAnswer>;
  /**
   * Readers without a mail so far get none. It cannot be undone, and takes back no mail that has
   * left.
   */
  recall(id: EditionId): Promise<HoldAnswer>;
  /**
   * No further mail of this edition tells of the postmortem. `revision`: of the postmortem, that
   * decided so; an older one than decided last changes nothing, so that a slow writer undoes
   * nothing. Nothing happens where the edition is not there or does not name it.
   */
  withhold(id: EditionId, postmortem: PostmortemId, revision: number): Promise<void>;
  /** The opposite, by the same rule. */
  release(id: EditionId, postmortem: PostmortemId, revision: number): Promise<void>;
}

/** One line of a list of editions. */
export interface ListedEdition {
  readonly edition: EditionId;
  readonly stream: string;
  readonly scheduledFor: Instant;
  readonly composedAt: Instant;
  readonly subject: string;
  /** How many it carries. */
  readonly postmortems: number;
  readonly state: EditionState;
  /** Of an edition under way: what its finished ranges say. */
  readonly counts: Counts;
  readonly ahead?: Pick<WavesAhead, 'waves' | 'next'>;
  readonly completedAt?: Instant;
}

/** One edition with who is behind some of its counts, at most 1,000 of each. */
export interface EditionReport extends ListedEdition {
  readonly carries: Carried[];
  readonly inDoubt: SubscriberId[];
  readonly unconfirmed: SubscriberId[];
  /** SES's code for each subscriber it refused for good. */
  readonly refused: Readonly<Record<SubscriberId, string>>;
}

export interface EditionLister {
  /**
   * Latest first, unfinished ones among them; `cursor` of the page before leads on. News, or the
   * answers to single people.
   */
  list(limit: number, cursor?: string, of?: 'news' | 'service'): Promise<{ editions: ListedEdition[]; cursor?: string }>;
  /** Consistent. */
  report(id: EditionId): Promise<EditionReport | undefined>;
}
