import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Relevance } from './relevance.ts';
import type { Similar } from './similar.ts';

export interface RelevanceReader {
  /** Those that there are, by id, for any number of ids. Consistent. */
  readMany(postmortems: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, Relevance>>;
}

export interface RelevanceStore extends RelevanceReader {
  /** Consistent. */
  read(postmortem: PostmortemId): Promise<Relevance | undefined>;
  /**
   * Stores it unless one of a higher revision is there, or one of the same that was looked at
   * later. 'first': there was none. It is kept for 400 days, as long as the links of mails that
   * tell of it.
   */
  put(relevance: Relevance): Promise<'first' | 'again' | 'superseded'>;
}

/** What somebody found, before anybody pressed anything. */
export type FoundSimilar = Omit<Similar, 'state' | 'version' | 'by' | 'at' | 'reason'>;

export interface SimilarStore {
  /** What was found for a postmortem, dismissed ones too. Consistent. */
  of(postmortem: PostmortemId): Promise<readonly Similar[]>;
  /** Those that name it as the earlier one. May lag by a second. */
  later(earlier: PostmortemId): Promise<readonly Similar[]>;
  /** Puts one that was found. Nothing changes where there is one already. */
  find(found: FoundSimilar): Promise<void>;
  /** Stores what somebody pressed. False: somebody else wrote it since it was read. */
  put(similar: Similar): Promise<boolean>;
}
