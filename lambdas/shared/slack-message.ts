import * as z from 'zod';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';

/**
 * A message for the function `slack`. Without `channel`: looks at each channel of the postmortem.
 * `refresh`: reads the workspace's channels anew.
 */
export const SlackMessage = z.union([
  z.object({ postmortem: PostmortemId, channel: z.string().min(1).max(40).optional() }),
  z.object({ refresh: z.literal('channels') }),
]);
export type SlackMessage = z.infer<typeof SlackMessage>;

/** The queue of `slack`. Empty where the stage has no Slack. */
export const SlackQueueUrl = z.union([z.url(), z.literal('')]);
