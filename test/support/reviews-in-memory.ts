import type { ReviewKeeping } from '../../core/intake/keep-review.ts';
import type { ReviewLists, ReviewStore } from '../../core/review/ports.ts';
import { isOpenReview, Review } from '../../core/review/review.ts';

/** Reviews without a table. */
export function reviewsInMemory(...given: readonly Review[]): ReviewStore & ReviewLists & { readonly all: () => Review[] } {
  const rows = new Map(given.map((review) => [review.postmortem, review]));
  const all = () => [...rows.values()];
  return {
    all,
    read: async (postmortem) => rows.get(postmortem),
    async put(review) {
      if ((rows.get(review.postmortem)?.version ?? 0) !== review.version) return false;
      rows.set(review.postmortem, { ...review, version: review.version + 1 });
      return true;
    },
    open: async () =>
      all()
        .filter(isOpenReview)
        .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
    closed: async (since) => all().filter((review) => !isOpenReview(review) && Date.parse(review.at) >= since.getTime()),
  };
}

/** For outboxes in tests of something else: no file is applied, so nothing is reviewed. */
export const noReviews: ReviewKeeping = {
  store: reviewsInMemory(),
  distribution: async () => undefined,
  now: () => new Date('2026-11-23T10:00:00Z'),
};

/** Sev-1, published on Monday 16 November 2026, in review until the 23rd. */
export const aReview = (change: Partial<Record<string, unknown>> = {}): Review =>
  Review.parse({
    postmortem: 'pm-1',
    severity: 'sev1',
    revision: 1,
    version: 1,
    publishedAt: '2026-11-16T10:00:00Z',
    state: 'in review',
    openedAt: '2026-11-16T10:00:00Z',
    dueOn: '2026-11-23',
    ...change,
  });
