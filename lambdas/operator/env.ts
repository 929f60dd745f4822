import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  COMPOSE_QUEUE_URL: z.url(),
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
  /** The name of the stack in CloudFormation, which tells what to deploy. */
  STACK_NAME: z.string().min(1),
});
export type EnvValues = z.input<typeof Env>;
