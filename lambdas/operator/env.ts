import * as z from 'zod';
import { SlackQueueUrl } from '../shared/slack-message.ts';

/** `bulk=https://… compose=https://…`: the addresses of queues by their names. */
const queuesByName = z
  .string()
  .regex(/^[a-z-]+=https?:\/\/\S+( [a-z-]+=https?:\/\/\S+)*$/)
  .transform((text) =>
    text.split(' ').map((pair) => {
      const [name = '', ...url] = pair.split('=');
      return { name, url: url.join('=') };
    }),
  );

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  COMPOSE_QUEUE_URL: z.url(),
  SLACK_QUEUE_URL: SlackQueueUrl,
  RELEVANCE_QUEUE_URL: z.url(),
  /** The queue of `collect`. Empty where the stage has no connectors. */
  COLLECT_QUEUE_URL: z.union([z.url(), z.literal('')]),
  /** The stage's address for links in previews, without a trailing slash. */
  PUBLIC_URL: z.url(),
  /** The addresses that the lane of test mails may mail, as `deliver` gets them. */
  MAY_MAIL: z.string().min(1),
  IDENTITY_SECRET_ARN: z.string().min(1),
  SUPPRESSION_SECRET_ARN: z.string().min(1),
  /** The stage's first key. Its only scope is `keys`. */
  FIRST_KEY_ARN: z.string().min(1),
  /**
   * The hash of those parts of the distribution file that the stack was made from; see
   * core/distribution.
   */
  DEPLOYED_DISTRIBUTION: z.string().min(1),
  /** Short hashes of the same parts, value by value; see deployedValues in core/distribution. */
  DEPLOYED_VALUES: z.string().min(1).optional(),
  /** The queues for dead letters that SQS can move back, by their names. */
  DEAD_LETTER_QUEUES: queuesByName,
  /** Those of the scheduler, which SQS cannot move. */
  SCHEDULER_DEAD_LETTERS: queuesByName,
  /** The name of the stack in CloudFormation, which tells what to deploy. */
  STACK_NAME: z.string().min(1),
});
export type EnvValues = z.input<typeof Env> & { readonly DEPLOYED_VALUES: string };
