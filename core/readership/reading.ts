import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { Topic } from '../subscriber/topic.ts';

/** `page`: they looked at its page. The others are what they pressed there. */
const ways = ['page', 'useful', 'not relevant', 'discussed'] as const;

/**
 * That somebody read a postmortem. It does not say who, and nothing in it is the same for two
 * postmortems of one reader.
 */
export const Reading = z.object({
  postmortem: PostmortemId,
  /** See `blindedReader`. */
  blinded: z.string().regex(/^[0-9a-f]{32}$/),
  /** The reader's team then: `team:payments`. Absent: they have none. */
  team: Topic.optional().catch(undefined),
  /** The day of the first view, or of the press, in the organisation's zone. */
  on: z.iso.date(),
  /** A press of a later release counts as a view. */
  how: z.enum(ways).catch('page'),
  /** The key of the reason that a press is about. Absent: of none. */
  reason: z.string().max(400).optional().catch(undefined),
});
export type Reading = z.infer<typeof Reading>;

/**
 * What stands for a reader of one postmortem. Only whoever has the secret and the person's address
 * can tell whose it is.
 */
export const blindedReader = (postmortem: PostmortemId, sid: SubscriberId, identitySecret: string): string =>
  createHmac('sha256', identitySecret).update(`read\n${postmortem}\n${sid}`).digest('hex').slice(0, 32);
