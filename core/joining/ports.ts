/** The ports that joining needs, kept as narrow as possible. */
import * as z from 'zod';
import { Instant } from '../shared/instant.ts';
import { StreamName } from '../stream/stream.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';

export interface Counter {
  /**
   * Counts one more in the window that begins at `from`. Answers the count, including this one.
   * Forgets it after `until`.
   */
  count(id: string, from: Instant, until: Instant): Promise<number>;
}

/** A request by somebody who confirmed their address, for a stream whose owner approves readers. */
export const JoinRequest = z.strictObject({
  /** `<stream>_<32 hex digits>`. */
  id: z.string().regex(/^[a-z0-9-]+_[0-9a-f]{32}$/),
  stream: StreamName,
  sid: SubscriberId,
  askedAt: Instant,
  /** Id of the wording that they agreed to. */
  consent: z.string().max(80),
  approvedAt: Instant.optional(),
});
export type JoinRequest = z.infer<typeof JoinRequest>;

export interface JoinRequests {
  read(id: string): Promise<JoinRequest | undefined>;
  /** Keeps a request for seven days. One that already exists stays as it is. */
  put(request: JoinRequest): Promise<void>;
  /** Idempotent: the first instant stays. */
  approve(id: string, at: Instant): Promise<void>;
}
