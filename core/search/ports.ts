import type { Instant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import type { Hidden, SearchEntry } from './search-entry.ts';

/** Once a write has returned, whoever asks for the stamp sees that something changed. */
export interface SearchIndexWriter {
  /**
   * Keeps the entry under the month of `at`. One of a higher revision that is there stays; the same
   * entry twice is once.
   */
  put(audience: Audience, entry: SearchEntry, at: Instant): Promise<void>;
  /**
   * Puts a hidden entry under the month of `at` and under each month where the postmortem stands,
   * for whoever reads one of them alone.
   */
  hide(audience: Audience, entry: Hidden, at: Instant): Promise<void>;
}

export interface SearchIndexReader {
  /**
   * Another one after each write: entries that were read under the same stamp still stand.
   * Consistent, one small read.
   */
  stamp(audience: Audience): Promise<number>;
  /** Every entry of an audience, in no order. Consistent. */
  readAll(audience: Audience): Promise<SearchEntry[]>;
}
