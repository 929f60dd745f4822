import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { Instant, PlainDate } from '../shared/instant.ts';

/**
 * Why a review was ended without anybody reviewing. `history`: the postmortem is part of an
 * archive, or was old when it came. `not reviewed`: the distribution file does not name its
 * severity.
 */
export const closings = ['downgraded', 'retracted', 'history', 'not reviewed'] as const;

const ReviewStanding = z.discriminatedUnion('state', [
  /** A draft, or an incident that was only declared. `dueOn`: the day for the postmortem. */
  z.object({ state: z.literal('awaiting postmortem'), declaredAt: Instant, dueOn: PlainDate }),
  z.object({
    state: z.literal('in review'),
    openedAt: Instant,
    dueOn: PlainDate,
    /** Why it is open again. Absent: it was never reviewed. */
    again: z.enum(['new action', 'raised']).optional().catch(undefined),
  }),
  z.object({
    state: z.literal('reviewed'),
    /** Sid of the reviewer. */
    by: z.string(),
    /** Their office. */
    as: z.string(),
    at: Instant,
    /** The revision that was shown. */
    reviewed: z.int().positive(),
    /** How many open actions they left without a decision. */
    undecided: z.int().nonnegative(),
    /** What taking it back makes of it, which is possible until an instant. */
    undo: z
      .object({ until: Instant, openedAt: Instant, dueOn: PlainDate, again: z.enum(['new action', 'raised']).optional().catch(undefined) })
      .optional()
      .catch(undefined),
  }),
  z.object({
    state: z.literal('waived'),
    by: z.string(),
    as: z.string(),
    at: Instant,
    reason: z.string(),
    /** What was waived is the wait for the postmortem. One that comes is reviewed. */
    awaited: z.boolean().catch(false),
  }),
  z.object({ state: z.literal('closed'), at: Instant, why: z.enum(closings).catch('not reviewed') }),
]);

const ReviewFacts = z.object({
  postmortem: PostmortemId,
  severity: Severity.catch('unclassified'),
  /** It is restricted: no page and no mail shows it, and lists have only its id. */
  hidden: z.boolean().catch(false),
  team: z.string().optional().catch(undefined),
  services: z.array(z.string()).catch([]),
  /** Names of the authors, as the document writes them. */
  authors: z.array(z.string()).catch([]),
  /** Who sent the document: id of a key, or sid of a person. */
  sentBy: z.string().optional().catch(undefined),
  /** The revision of the postmortem that was last compared with it. */
  revision: z.int().nonnegative(),
  /** Absent: it is a draft, or was taken back. */
  publishedAt: Instant.optional().catch(undefined),
  /** The account is preliminary: what was decided may count, but nobody signs it off yet. */
  preliminary: z.boolean().catch(false),
  /** Counts the writes of the row. 0: it is not written yet. */
  version: z.int().nonnegative(),
  /** What a reviewer's last sign-off was, while it is open again. */
  before: z.object({ by: z.string(), as: z.string(), at: Instant, reviewed: z.int() }).optional().catch(undefined),
  /** The last sign-off that was taken back: when it was made, and when it was undone. */
  takenBack: z.object({ by: z.string(), as: z.string(), at: Instant, undoneAt: Instant }).optional().catch(undefined),
});

/** Leadership's review of one postmortem, as it is stored. */
export const Review = z.intersection(ReviewFacts, ReviewStanding);
export type ReviewFacts = z.infer<typeof ReviewFacts>;
/** What is particular to the state of a review. */
export type ReviewStanding = z.infer<typeof ReviewStanding>;
export type Review = z.infer<typeof Review>;
export type ReviewState = Review['state'];
export const reviewStates = ['awaiting postmortem', 'in review', 'reviewed', 'waived', 'closed'] as const satisfies readonly ReviewState[];

/** Whether somebody still has something to do. */
export const isOpenReview = (review: Review): review is Review & { state: 'awaiting postmortem' | 'in review'; dueOn: PlainDate } =>
  review.state === 'awaiting postmortem' || review.state === 'in review';

/** A stored one. Undefined for a state that a later release wrote: this release leaves it alone. */
export function readReview(item: unknown): Review | undefined {
  const read = Review.safeParse(item);
  return read.success ? read.data : undefined;
}
