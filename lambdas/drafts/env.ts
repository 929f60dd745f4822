import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** The secret with the signing secret of the Slack app; two while it is replaced. */
  SLACK_SIGNING_ARN: z.string().min(1),
  /** Answers go to addresses below it and to no others. */
  SLACK_ANSWERS_URL: z.url(),
  /** The stage's address for links, without a trailing slash. */
  PUBLIC_URL: z.url(),
});
export type EnvValues = z.input<typeof Env>;

/** Every path that it serves. `lib` makes the routes from this list. */
export const draftPaths = ['/slack/commands', '/slack/actions'] as const;
