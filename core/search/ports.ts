import type { Instant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import type { Hidden, SearchEntry } from './search-entry.ts';

/** After a write has returned, the stamp shows that something changed. */
export interface SearchIndexWriter {
  /** Stores the entry under the month of `at`. An entry of a higher revision stays. Idempotent. */
  put(audience: Audience, entry: SearchEntry, at: Instant): Promise<void>;
  /**
   * Puts a hidden entry under the month of `at` and under each month that has the postmortem, for
   * readers of a single month.
   */
  hide(audience: Audience, entry: Hidden, at: Instant): Promise<void>;
}

export interface SearchIndexReader {
  /**
   * Changes with each write. Entries read under the same stamp are still current. Consistent, one
   * small read.
   */
  stamp(audience: Audience): Promise<number>;
  /** Every entry of an audience, in no order. Consistent. */
  readAll(audience: Audience): Promise<SearchEntry[]>;
}

/**
 * At most so many entries of an audience that were published since the month of an instant, the
 * latest month first. `isWhole`: there are no more. Consistent.
 */
export type ArchiveSince = (
  audience: Audience,
  since: Instant,
  most: number,
) => Promise<{ readonly entries: readonly SearchEntry[]; readonly isWhole: boolean }>;
