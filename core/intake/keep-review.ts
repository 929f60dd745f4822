import type { ActionLedger } from '../action/ports.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { ReviewStore } from '../review/ports.ts';
import { pressReview } from '../review/press-review.ts';
import type { Review } from '../review/review.ts';
import { reviewAfter } from '../review/review-after.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';

/** What keeping reviews needs beside the actions. */
export interface ReviewKeeping {
  readonly store: Pick<ReviewStore, 'read' | 'put'>;
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly now: () => Date;
}

/**
 * Brings the review of a postmortem to a revision, after its actions. The row is put on condition
 * that nobody wrote it since it was read. Can be repeated. A review in a state of a later release
 * is left alone.
 */
export async function keepReview(
  stored: StoredPostmortem,
  { store, distribution, now }: ReviewKeeping,
  actions: Pick<ActionLedger, 'list'>,
): Promise<void> {
  const { id } = stored.postmortem;
  const file = await distribution();
  if (!file) return;
  await pressReview(
    id,
    async (before) => {
      const rows = before?.state === 'reviewed' ? await actions.list(id) : [];
      const after = reviewAfter(before, stored, { distribution: file, actions: rows, now: now() });
      return !after || isSame(before, after) ? { kind: 'nothing' } : { kind: 'review', review: after };
    },
    { reviews: store },
  );
}

const isSame = (before: Review | undefined, after: Review): boolean =>
  before !== undefined && canonicalHash(before) === canonicalHash(after);
