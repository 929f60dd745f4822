import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { Frequency, StreamName } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { EditionId } from './edition.ts';

/** Which edition a preview shows and a test mail carries. */
export const Shown = z.object({
  stream: StreamName,
  /** Of the digest. Absent: weekly. */
  frequency: Frequency.optional(),
  /** What an alert, or the digest as it is published, is about. */
  postmortem: PostmortemId.optional(),
  /** The edition that is due then. Absent: the next one. */
  due: Instant.optional(),
});
export type Shown = z.infer<typeof Shown>;

/** An edition as it would be, for one person who tries it. */
export interface WantedTest {
  readonly shows: Shown;
  readonly subscriber: SubscriberId;
  /** When it was asked for. */
  readonly at: Date;
}

const minuteMs = 60_000;

/**
 * One a minute for each stream and person. It begins like every mail to one person, so that lists,
 * exports and erasing find it.
 */
export const testEditionId = ({ shows: { stream }, subscriber, at }: WantedTest): EditionId =>
  ['service_test', subscriber, stream, Math.floor(at.getTime() / minuteMs).toString(36)].join('_');
