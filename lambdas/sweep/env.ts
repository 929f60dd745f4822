import * as z from 'zod';
import { SlackQueueUrl } from '../shared/slack-message.ts';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  COMPOSE_QUEUE_URL: z.url(),
  SLACK_QUEUE_URL: SlackQueueUrl,
  RELEVANCE_QUEUE_URL: z.url(),
  BULK_QUEUE_URL: z.url(),
  PROMPT_QUEUE_URL: z.url(),
  URGENT_QUEUE_URL: z.url(),
  CUSTOMERS_QUEUE_URL: z.url(),
  DEPLOYED_DISTRIBUTION: z.string().min(1),
});
export type EnvValues = z.input<typeof Env>;
