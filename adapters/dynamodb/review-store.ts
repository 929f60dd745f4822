import type { ReviewLists, ReviewStore } from '../../core/review/ports.ts';
import { isOpenReview, type Review, readReview } from '../../core/review/review.ts';
import { monthsBetween } from './months-between.ts';
import type { Condition, Item, Table } from './table.ts';
import { closedReviewsPartition, inClosedReviews, inOpen, openPartition, reviewKey } from './table-shape.ts';

const asItWasRead = ({ version }: Review): Condition =>
  version === 0
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } };

/** What never was to be reviewed is in no list: an archive has thousands of them. */
function placeOf(review: Review) {
  if (isOpenReview(review)) return inOpen('review', review.dueOn, review.postmortem);
  if (review.state === 'closed' && (review.why === 'history' || review.why === 'not reviewed')) return undefined;
  return inClosedReviews(review.at, review.postmortem);
}

/** Of a restricted postmortem a list says nothing but its id, its severity and its days. */
function listedOf(review: Review): Item {
  if (!review.hidden) return review;
  const { team: _, sentBy: _s, services: _n, authors: _a, ...left } = review;
  return left;
}

export const dynamoReviewStore = (table: Table): ReviewStore => ({
  async read(postmortem) {
    const item = await table.read(reviewKey(postmortem));
    return item && (readReview(item) ?? 'unknown');
  },
  put(review) {
    const next = { ...review, version: review.version + 1 };
    const place = placeOf(next);
    return table.put({ ...next, ...reviewKey(review.postmortem), ...(place && { ...place, listed: listedOf(next) }) }, asItWasRead(review));
  },
});

export const dynamoReviewLists = (table: Table): ReviewLists => ({
  open: () => listed(table, openPartition('review')),
  async closed(since, now) {
    const from = since.toISOString().slice(0, 19);
    const months = await Promise.all(monthsBetween(since, now).map((month) => listed(table, closedReviewsPartition(month), from)));
    return months.flat();
  },
});

async function listed(table: Table, partition: string, from?: string): Promise<Review[]> {
  const reviews: Review[] = [];
  for await (const item of table.queryAll(partition, { index: true, ...(from !== undefined && { from }) })) {
    const review = readReview(item.listed);
    if (review) reviews.push(review);
  }
  return reviews;
}
