/** What the operator's routes say of reviews, as data. See api.ts. */
import * as z from 'zod';
import { Reason } from '../audit/reason.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant, PlainDate } from '../shared/instant.ts';

/** Also what GET /operator/reviews/{postmortem} answers, scope `read`; 404 if nothing is known. */
export const ShownReview = z.object({
  postmortem: PostmortemId,
  /**
   * As its document says now. Addresses are left out unless the key has the scope `people`. Of one
   * that nobody is told of, its id: neither title nor team nor services say what it is.
   */
  title: z.string(),
  severity: z.string(),
  /** One of `reviewStates`, or what a later release says. */
  state: z.string(),
  /** Since when it is in this state. */
  since: Instant,
  /** While somebody has something to do. */
  dueOn: PlainDate.optional(),
  /** Working days after the day on which it is due. Absent: it is not overdue. */
  overdueBy: z.int().positive().optional(),
  /** Why it is open again: `new action` or `raised`. */
  again: z.string().optional(),
  /** Who reviewed or waived it last: an office, or `operator`. */
  as: z.string().optional(),
  /** When that was, where it is open again. */
  reviewedAt: Instant.optional(),
  /** Of the actions that the sign-off left without a decision, how many have none by now. */
  undecided: z.int().optional(),
  /** Why it was waived. */
  reason: z.string().optional(),
  /** `downgraded retracted history not reviewed`: why it was closed. */
  why: z.string().optional(),
  /** The account is preliminary, so that nobody can sign it off. */
  preliminary: z.boolean(),
  team: z.string().optional(),
  services: z.array(z.string()),
  /** `draft restricted retracted`: why nobody is told of the postmortem. Absent: it is told. */
  hidden: z.string().optional(),
});
export type ShownReview = z.infer<typeof ShownReview>;

/**
 * GET /operator/reviews?state=&overdue=true&since=, scope `read`: overdue ones first, the longest
 * before the others, then open ones by due day, then those that were over since a day (default: 31
 * days ago), the latest first. Archives, and what is not to be reviewed, are left out.
 */
export const ReviewsAnswer = z.object({
  reviews: z.array(ShownReview),
  /** Sentences: what may match and was not looked at. */
  notLookedAt: z.array(z.string()),
});
export type ReviewsAnswer = z.infer<typeof ReviewsAnswer>;

/**
 * POST /operator/reviews/{postmortem}/waive, scope `send`: nobody has to review it any more, or to
 * write it. 409 if it is over. The second time it changes nothing. Its row and the audit log keep
 * the reason.
 */
export const WaiveRequest = z.strictObject({ reason: Reason });
export const WaiveAnswer = z.object({ outcome: z.enum(['waived', 'unchanged']), review: ShownReview });
export type WaiveAnswer = z.infer<typeof WaiveAnswer>;
