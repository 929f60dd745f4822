/** How other parts read, write, hold and list editions. Adapters implement each of these once. */
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Slot, SubscriberId } from '../subscriber/subscriber.ts';
import type { Carried, Correction, Counts, Edition, EditionId, Superseded, Tally } from './edition.ts';
import type { EditionState } from './edition-state.ts';
import type { OpenEdition } from './open-edition.ts';
import type { WavesAhead } from './waves.ts';

export interface EditionReader {
  /** Consistent. */
  read(id: EditionId): Promise<Edition | undefined>;
  /** The incomplete editions of these streams. May lag by a second. */
  listOpen(streams: readonly StreamName[]): Promise<OpenEdition[]>;
  /** Ids only, of every stream. May lag by a second. */
  listOpenIds(): Promise<EditionId[]>;
}

export interface EditionWriter {
  /** An edition is written once. False: it had been composed before. */
  create(edition: Edition): Promise<boolean>;
  /** Records that the root ranges of these slots were sent to their lane. Idempotent. */
  begin(id: EditionId, slots: readonly Slot[]): Promise<void>;
  /**
   * Sets a slot's tally if it is newer. The last slot completes the edition. Throws UnknownEdition.
   */
  setTally(id: EditionId, slot: Slot, tally: Tally): Promise<void>;
}

/**
 * The result of holding an edition. 'complete', 'recalled' and superseded ones can no longer be
 * held.
 */
export type HoldAnswer = 'changed' | 'unchanged' | 'complete' | 'recalled' | 'unknown' | Pick<Superseded, 'by'>;

/** Each takes effect from every worker's next chunk. Idempotent. */
export interface EditionHolder {
  pause(id: EditionId): Promise<HoldAnswer>;
  resume(id: EditionId): Promise<HoldAnswer>;
  /**
   * Readers without a mail so far get none. Cannot be undone, and does not take back mail that has
   * left.
   */
  recall(id: EditionId): Promise<HoldAnswer>;
  /**
   * Ends an edition because `by`, a later one about the same incident, is decided. Readers without
   * a mail so far get none, and a pause is taken off: `wasPaused` says whether there was one, so
   * that the later edition begins with it. Complete editions too, because an operator may have them
   * sent again. The first call decides; every other answers what that one found.
   */
  supersede(id: EditionId, by: EditionId): Promise<Pick<Superseded, 'wasPaused'> | 'unknown'>;
  /**
   * Keeps the postmortem out of all further mails of this edition. `revision`: the revision of the
   * postmortem that decided it. An older one than the last to decide changes nothing, so that a
   * slow writer undoes nothing. Does nothing if the edition does not exist or does not name the
   * postmortem.
   */
  withhold(id: EditionId, postmortem: PostmortemId, revision: number): Promise<void>;
  /** The reverse, by the same rule. */
  release(id: EditionId, postmortem: PostmortemId, revision: number): Promise<void>;
  /**
   * Records that this revision corrects what the edition may tell of the postmortem. All further
   * mails show a card of an earlier revision as a line with a notice. Does nothing if the edition
   * does not exist or does not name the postmortem.
   */
  correct(id: EditionId, postmortem: PostmortemId, revision: number): Promise<void>;
}

/** One entry in a list of editions. */
export interface ListedEdition {
  readonly edition: EditionId;
  readonly stream: string;
  readonly scheduledFor: Instant;
  readonly composedAt: Instant;
  readonly subject: string;
  /** How many postmortems it carries. */
  readonly postmortems: number;
  readonly state: EditionState;
  /** The edition that it was superseded by. Also present if it was recalled before. */
  readonly supersededBy?: EditionId | undefined;
  /** For an edition under way: the counts of its finished ranges. */
  readonly counts: Counts;
  readonly ahead?: Pick<WavesAhead, 'waves' | 'next'>;
  readonly completedAt?: Instant;
}

/** One edition, with the subscribers behind some of its counts: at most 1,000 of each. */
export interface EditionReport extends ListedEdition {
  readonly carries: Carried[];
  readonly corrects: Correction[];
  /** What earlier editions told and this one takes back, without a title. */
  readonly takesBack: PostmortemId[];
  /** The postmortems that were corrected since it was composed. Mails to come say so. */
  readonly corrected: PostmortemId[];
  readonly inDoubt: SubscriberId[];
  readonly unconfirmed: SubscriberId[];
  /** SES's code for each subscriber that it refused for good. */
  readonly refused: Readonly<Record<SubscriberId, string>>;
}

export interface EditionLister {
  /**
   * Latest first, including unfinished ones. `cursor`: from the previous page. `of`: editions for
   * many, or service mails.
   */
  list(limit: number, cursor?: string, of?: 'news' | 'service'): Promise<{ editions: ListedEdition[]; cursor?: string }>;
  /** Consistent. */
  report(id: EditionId): Promise<EditionReport | undefined>;
}
