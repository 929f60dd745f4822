import * as z from 'zod';
import { SlackQueueUrl } from '../shared/slack-message.ts';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  COMPOSE_QUEUE_URL: z.url(),
  SLACK_QUEUE_URL: SlackQueueUrl,
  IDENTITY_SECRET_ARN: z.string().min(1),
  /** The hash of the parts of the distribution file that the stack was made from. */
  DEPLOYED_DISTRIBUTION: z.string().min(1),
  /** Short hashes of the same parts, value by value; see deployedValues in core/distribution. */
  DEPLOYED_VALUES: z.string().min(1),
  /** The name of the stack in CloudFormation, which tells what to deploy. */
  STACK_NAME: z.string().min(1),
  /** How long Slack's channels are waited for at most. */
  REFRESH_SECONDS: z.coerce.number().int().positive(),
});
export type EnvValues = z.input<typeof Env>;
