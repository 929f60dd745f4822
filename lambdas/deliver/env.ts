import * as z from 'zod';
import { lanes } from '../../core/stream/stream.ts';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  LANE: z.enum(lanes),
  /** This lane's own queue. A range that has to wait is sent to it again. */
  QUEUE_URL: z.url(),
  PUBLIC_URL: z.url(),
  TOKEN_KEYS_ARN: z.string().min(1),
  /**
   * The addresses that the lane's policy allows, in lower case: patterns as in IAM, separated by
   * commas.
   */
  MAY_MAIL: z.string().min(1),
  SENDER_NAME: z.string().min(1),
  SENDER_ADDRESS: z.email(),
  /** The configuration set of the lane that reports opens, and the one that does not. */
  TRACKED_CONFIGURATION_SET: z.string().min(1),
  UNTRACKED_CONFIGURATION_SET: z.string().min(1),
  REQUEST_TIMEOUT_MS: z.coerce.number().int().positive(),
  LEASE_SECONDS: z.coerce.number().int().positive(),
  /** How long a leaf with doubts waits for evidence. */
  GRACE_SECONDS: z.coerce.number().int().positive(),
});
export type EnvValues = z.input<typeof Env>;
