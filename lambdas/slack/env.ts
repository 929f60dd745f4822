import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** Its own queue. A post that has to wait is sent to it again. */
  QUEUE_URL: z.url(),
  /** The secret with the token of the Slack app's bot. */
  SLACK_TOKEN_ARN: z.string().min(1),
  SLACK_API_URL: z.url(),
  /** The stage's address for links, without a trailing slash. */
  PUBLIC_URL: z.url(),
});
export type EnvValues = z.input<typeof Env>;
