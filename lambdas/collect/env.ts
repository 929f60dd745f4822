import * as z from 'zod';
import { SlackQueueUrl } from '../shared/slack-message.ts';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** Its own queue. What has to wait for a vendor is sent to it again. */
  QUEUE_URL: z.url(),
  COMPOSE_QUEUE_URL: z.url(),
  SLACK_QUEUE_URL: SlackQueueUrl,
  RELEVANCE_QUEUE_URL: z.url(),
  /** The secret with the tokens of the vendors' APIs. */
  CONNECTORS_SECRET_ARN: z.string().min(1),
  /** Where all vendors' APIs are on a laptop. Empty: each has its own. */
  VENDORS_URL: z.union([z.url(), z.literal('')]),
});
export type EnvValues = z.input<typeof Env>;
