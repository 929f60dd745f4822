import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Relevance } from './relevance.ts';

export interface RelevanceReader {
  /** Those that there are, by id, for any number of ids. Consistent. */
  readMany(postmortems: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, Relevance>>;
}

export interface RelevanceStore extends RelevanceReader {
  /** Consistent. */
  read(postmortem: PostmortemId): Promise<Relevance | undefined>;
  /**
   * Stores it unless one of a higher revision is there. 'first': there was none. It is kept for 400
   * days, as long as the links of mails that tell of it.
   */
  put(relevance: Relevance): Promise<'first' | 'again' | 'superseded'>;
}
