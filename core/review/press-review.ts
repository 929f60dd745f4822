import type { PostmortemId } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import type { ReviewStore } from './ports.ts';
import type { Review } from './review.ts';

/** What becomes of the review as it is now. `refused`: why nothing does. */
export type ReviewChange<R = never> =
  | { readonly kind: 'review'; readonly review: Review }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: R };

/** `review` is the one that is stored afterwards, if there is one. */
export type PressedReview<R> =
  | { readonly kind: 'stored'; readonly review: Review }
  /** It is so already. */
  | { readonly kind: 'nothing'; readonly review?: Review | undefined }
  | { readonly kind: 'refused'; readonly why: R; readonly review?: Review | undefined }
  /** A later release wrote a state that this one does not know. It is left alone. */
  | { readonly kind: 'unknown' };

/** Others kept writing the review. Nothing was changed; doing the same again may succeed. */
export class ReviewKeptChanging extends AfterwordError {
  override readonly name = 'ReviewKeptChanging';
  constructor(postmortem: PostmortemId) {
    super(`the review of ${postmortem} was being changed by others at the same time`);
  }
}

const tries = 8;

/**
 * Changes a review. `change` decides by the row as it is stored, and is asked again if somebody
 * wrote it meanwhile. Pressing again stores nothing.
 */
export async function pressReview<R = never>(
  postmortem: PostmortemId,
  change: (review: Review | undefined) => ReviewChange<R> | Promise<ReviewChange<R>>,
  { reviews }: { readonly reviews: ReviewStore },
): Promise<PressedReview<R>> {
  for (let i = 0; i < tries; i += 1) {
    const review = await reviews.read(postmortem);
    if (review === 'unknown') return { kind: 'unknown' };
    const wanted = await change(review);
    if (wanted.kind !== 'review') return { ...wanted, review };
    if (await reviews.put(wanted.review)) return { kind: 'stored', review: { ...wanted.review, version: wanted.review.version + 1 } };
  }
  throw new ReviewKeptChanging(postmortem);
}
