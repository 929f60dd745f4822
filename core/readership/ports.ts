import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Reading } from './reading.ts';

export interface Readings {
  /**
   * Keeps that somebody read it, for 400 days. A view changes nothing where there is a row already;
   * a press takes the place of a view and of another press, and keeps their day and team: what
   * was told of the days before does not change.
   */
  put(reading: Reading): Promise<void>;
  /** Removes the row if it still says that. */
  remove(reading: Pick<Reading, 'postmortem' | 'blinded' | 'how'>): Promise<void>;
  /** Consistent. */
  read(postmortem: PostmortemId, blinded: string): Promise<Reading | undefined>;
  /** Everybody's, in no order. Consistent. One that cannot be read is left out. */
  of(postmortem: PostmortemId): Promise<readonly Reading[]>;
}
