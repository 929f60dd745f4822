import type { Audience } from '../rendition/audience.ts';
import type { Instant } from '../shared/instant.ts';
import type { Hidden, SearchEntry } from './search-entry.ts';

export interface SearchIndexWriter {
  /** Keeps the entry under the month of `at`. One of a higher revision that is there stays; the same entry twice is once. */
  put(audience: Audience, entry: SearchEntry, at: Instant): Promise<void>;
  /** Puts a hidden entry under the month of `at` and under each month where the postmortem stands, for whoever reads one of them alone. */
  hide(audience: Audience, entry: Hidden, at: Instant): Promise<void>;
}

export interface SearchIndexReader {
  /** Every entry of an audience, in no order; may lag by a second. */
  readAll(audience: Audience): Promise<SearchEntry[]>;
  /** What stands of one postmortem under the month of `at`. Consistent. */
  readOne(audience: Audience, id: string, at: Instant): Promise<SearchEntry | undefined>;
}
