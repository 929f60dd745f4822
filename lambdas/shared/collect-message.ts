import * as z from 'zod';
import { PollProgress } from '../../core/connector/poll-progress.ts';
import { longestRef, sources } from '../../core/connector/source.ts';
import { Instant } from '../../core/shared/instant.ts';

const source = z.enum(sources);

/** `isOnce`: a vendor that is busy is not asked again, because the next poll does. */
const CollectAsk = z.object({ source, ref: z.string().min(1).max(longestRef), isOnce: z.boolean().optional() });
export type CollectAsk = z.infer<typeof CollectAsk>;

/** `goOn`: what an earlier message of the same poll left. */
const PollMessage = z.object({ poll: z.union([source, z.literal('all')]), goOn: PollProgress.optional() });
export type PollMessage = z.infer<typeof PollMessage>;

/**
 * A message for the function `collect`: an event that was signed, an incident to ask a vendor
 * about, or a vendor to ask what changed.
 */
export const CollectMessage = z.union([
  /** `at`: when it was signed. `body`: the raw bytes, by gzip, in base64. */
  z.object({ event: z.object({ source, at: Instant, body: z.string() }) }),
  z.object({ ask: CollectAsk }),
  PollMessage,
]);
export type CollectMessage = z.infer<typeof CollectMessage>;
