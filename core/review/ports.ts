import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Review } from './review.ts';

export interface ReviewStore {
  /** Consistent. 'unknown': a later release wrote a state that this one does not know. */
  read(postmortem: PostmortemId): Promise<Review | 'unknown' | undefined>;
  /**
   * Puts it with its `version` counted up, in the list where it belongs. False if somebody else
   * wrote it since it was read: nothing changed.
   */
  put(review: Review): Promise<boolean>;
}

/** Reads the index, which is eventually consistent. */
export interface ReviewLists {
  /** Those with something to do, by the day on which it is due. Hidden ones are among them. */
  open(): Promise<Review[]>;
  /** Those that were over since an instant, in the order in which they ended. */
  closed(since: Date, now: Date): Promise<Review[]>;
}
