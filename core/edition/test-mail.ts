import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { StreamName } from '../stream/stream.ts';
import { Frequency } from '../subscriber/slot.ts';
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

/** One a minute for each stream and person. It begins like every mail to one person, so that lists, exports and erasing find it. */
export const testEditionId = ({ shows: { stream }, subscriber, at }: WantedTest): EditionId =>
  ['service_test', subscriber, stream, Math.floor(at.getTime() / minuteMs).toString(36)].join('_');

/** The stream of the edition that a test mail shows; undefined for the id of any other edition. */
export function streamShownBy(edition: EditionId): StreamName | undefined {
  const stream = /^service_test_[0-9a-f]{32}_([a-z0-9-]+)_/.exec(edition)?.[1];
  return StreamName.safeParse(stream).data;
}
