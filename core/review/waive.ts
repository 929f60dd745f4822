import type { PostmortemId } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import type { ReviewStore } from './ports.ts';
import { isOpenReview, type Review } from './review.ts';

/** Others kept writing the review. Nothing was changed; doing the same again may succeed. */
export class ReviewInDispute extends AfterwordError {
  override readonly name = 'ReviewInDispute';
  constructor(id: string) {
    super(`the review of ${id} was being changed by others at the same time`);
  }
}

export interface Waiver {
  /** Id of the key, or sid of the person. */
  readonly by: string;
  readonly as: string;
  readonly reason: string;
}

export type Waived =
  | { readonly kind: 'waived' | 'unchanged' | 'over'; readonly review: Review }
  | { readonly kind: 'none' }
  /** A later release wrote a state that this one does not know. */
  | { readonly kind: 'unknown' };

const tries = 8;

/**
 * Ends the review of a postmortem without one, or the wait for the postmortem. A postmortem that
 * comes all the same is reviewed. What is waived already, or over, stays as it is.
 */
export async function waiveReview(
  postmortem: PostmortemId,
  { by, as, reason }: Waiver,
  { store, now }: { readonly store: ReviewStore; readonly now: () => Date },
): Promise<Waived> {
  for (let i = 0; i < tries; i += 1) {
    const review = await store.read(postmortem);
    if (review === undefined) return { kind: 'none' };
    if (review === 'unknown') return { kind: 'unknown' };
    if (review.state === 'waived') return { kind: 'unchanged', review };
    if (!isOpenReview(review)) return { kind: 'over', review };
    const awaited = review.state === 'awaiting postmortem';
    const { state: _, dueOn: _d, ...facts } = review;
    const waived: Review = { ...facts, state: 'waived', by, as, reason, at: toInstant(now()), awaited };
    if (await store.put(waived)) return { kind: 'waived', review: { ...waived, version: waived.version + 1 } };
  }
  throw new ReviewInDispute(postmortem);
}
