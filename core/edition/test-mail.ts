import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { minuteMs } from '../shared/duration.ts';
import { Instant } from '../shared/instant.ts';
import { Frequency, StreamName } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { EditionId } from './edition.ts';

/** Which edition a preview or a test mail shows. */
export const Shown = z.object({
  stream: StreamName,
  /** For the digest. Absent: weekly. */
  frequency: Frequency.optional(),
  /** The postmortem that an alert, or the digest as it is published, is about. */
  postmortem: PostmortemId.optional(),
  /** Shows the edition that is due at this instant. Absent: the next one. */
  due: Instant.optional(),
});
export type Shown = z.infer<typeof Shown>;

/** A test mail: an edition as it would be, for one person. */
export interface WantedTest {
  readonly shows: Shown;
  readonly subscriber: SubscriberId;
  /** When it was requested. */
  readonly at: Date;
  /**
   * A postmortem as it would be stored, shown as if it were published now, without any other.
   * `shows` names it where the mail is about one.
   */
  readonly draft?: StoredPostmortem;
}

/**
 * Drafts that are tested, kept for a day. Messages name them by `id`, because whoever may write to
 * the queue of `compose` could have a mail made of whatever a message says.
 */
export interface TestDrafts {
  /** Stores it and answers its id. The second time it is kept for another day. */
  put(draft: StoredPostmortem): Promise<string>;
  /** Undefined: it is not stored, or not any more. */
  read(id: string): Promise<StoredPostmortem | undefined>;
}

/**
 * One per minute, stream and person. The id begins like that of every mail to one person, so that
 * lists, exports and erasure find it.
 */
export const testEditionId = ({ shows: { stream }, subscriber, at }: WantedTest): EditionId =>
  ['service_test', subscriber, stream, Math.floor(at.getTime() / minuteMs).toString(36)].join('_');
