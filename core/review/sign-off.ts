import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Decider, LeftUndecided } from './decide.ts';
import type { ReviewChange } from './press-review.ts';
import type { Review } from './review.ts';

/** The reviews that a reviewer can end now, the one that is due first before the others. */
export const openReviewsFor = (reviews: readonly Review[]): (Review & { state: 'in review' })[] =>
  reviews
    .filter((review): review is Review & { state: 'in review' } => review.state === 'in review' && !review.hidden)
    .toSorted((a, b) => (`${a.dueOn} ${a.postmortem}` < `${b.dueOn} ${b.postmortem}` ? -1 : 1));

export type SignOffRefused =
  /** Nobody reviews it now: it was signed, waived or closed, or it is hidden or unknown. */
  | { readonly why: 'not in review'; readonly review: Review | undefined }
  /** The account is another one than the page showed. */
  | { readonly why: 'revised' }
  | { readonly why: 'preliminary' }
  | { readonly why: 'own account' }
  /** Actions that were asked have no decision, and nobody said that they stay so. */
  | { readonly why: 'asked'; readonly asked: number };

export interface SignOff {
  readonly by: Decider;
  /** The revision that the page showed. */
  readonly revision: number;
  /** Of the open actions. */
  readonly left: LeftUndecided;
  /** The reviewer said that what was asked stays without a decision. */
  readonly leavesAsked: boolean;
  /** Until when it can be taken back. */
  readonly undoUntil: Instant;
  readonly isPreliminary: boolean;
  /** The reviewer wrote it. */
  readonly isOwn: boolean;
}

/** What a sign-off makes of a review as it is now. */
export function signedOff(review: Review | undefined, signOff: SignOff, at: Instant): ReviewChange<SignOffRefused> {
  const { by, revision, left, leavesAsked, undoUntil, isPreliminary, isOwn } = signOff;
  if (review?.state === 'reviewed' && review.by === by.sid && review.reviewed === revision) return { kind: 'nothing' };
  if (review?.state !== 'in review' || review.hidden) return { kind: 'refused', why: { why: 'not in review', review } };
  if (review.revision !== revision) return { kind: 'refused', why: { why: 'revised' } };
  if (isPreliminary) return { kind: 'refused', why: { why: 'preliminary' } };
  if (isOwn) return { kind: 'refused', why: { why: 'own account' } };
  if (left.asked > 0 && !leavesAsked) return { kind: 'refused', why: { why: 'asked', asked: left.asked } };
  const { state: _, openedAt, dueOn, again, ...facts } = review;
  const undo = { until: undoUntil, openedAt, dueOn, ...(again && { again }) };
  return {
    kind: 'review',
    review: { ...facts, state: 'reviewed', by: by.sid, as: by.as, at, reviewed: revision, undecided: left.undecided, undo },
  };
}

/** Takes a sign-off back, as long as that is possible: the review is open again as it was. */
export function signOffUndone(
  review: Review | undefined,
  { by, press }: { readonly by: SubscriberId; readonly press: Instant },
  now: Date,
): ReviewChange<'in effect'> {
  if (review?.state !== 'reviewed' || review.by !== by || Date.parse(review.at) !== Date.parse(press)) return { kind: 'nothing' };
  if (!review.undo || !isAfter(review.undo.until, toInstant(now))) return { kind: 'refused', why: 'in effect' };
  const { state: _, by: _by, as, at, reviewed: _r, undecided: _u, undo, ...facts } = review;
  const { until: _until, ...opened } = undo;
  return { kind: 'review', review: { ...facts, state: 'in review', ...opened, takenBack: { by, as, at, undoneAt: toInstant(now) } } };
}
