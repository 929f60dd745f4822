import type { PostmortemId } from '../postmortem/postmortem.ts';
import { toInstant } from '../shared/instant.ts';
import type { ReviewStore } from './ports.ts';
import { type PressedReview, pressReview, type ReviewChange } from './press-review.ts';
import { isOpenReview, type Review } from './review.ts';

export interface Waiver {
  /** Id of the key, or sid of the person. */
  readonly by: string;
  readonly as: string;
  readonly reason: string;
}

/**
 * Ends the review of a postmortem without one, or the wait for the postmortem. A postmortem that
 * comes all the same is reviewed. What is waived already, or over, stays as it is.
 */
export const waiveReview = (
  postmortem: PostmortemId,
  waiver: Waiver,
  { reviews, now }: { readonly reviews: ReviewStore; readonly now: () => Date },
): Promise<PressedReview<'no review' | 'over'>> => pressReview(postmortem, (review) => waived(review, waiver, now()), { reviews });

function waived(review: Review | undefined, { by, as, reason }: Waiver, now: Date): ReviewChange<'no review' | 'over'> {
  if (!review) return { kind: 'refused', why: 'no review' };
  if (review.state === 'waived') return { kind: 'nothing' };
  if (!isOpenReview(review)) return { kind: 'refused', why: 'over' };
  const awaited = review.state === 'awaiting postmortem';
  const { state: _, dueOn: _d, ...facts } = review;
  return { kind: 'review', review: { ...facts, state: 'waived', by, as, reason, at: toInstant(now), awaited } };
}
