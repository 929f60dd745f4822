/** @jsxImportSource hono/jsx */
import { reviewRulesOf, workingCalendarOf } from '../../../core/distribution/review-rules.ts';
import { shownReviews } from '../../../core/operator/list-reviews.ts';
import type { ShownReview } from '../../../core/operator/reviews-api.ts';
import type { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { listed } from '../../../core/runbook/words.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { DueOn, ReviewStanding } from './state.tsx';

/** The review of one postmortem, as its pages show it. Undefined: there is nothing to say of it. */
export async function reviewOf(postmortem: PostmortemId, visit: Visit, { operator }: HomeDeps): Promise<ShownReview | undefined> {
  const review = await operator.reviews.read(postmortem);
  if (!review || review === 'unknown' || (review.state === 'closed' && review.why === 'not reviewed')) return undefined;
  const [shown] = await shownReviews([review], {
    postmortems: operator.actions.postmortems,
    actionsOf: operator.actions.of,
    calendar: workingCalendarOf(visit.distribution),
    now: visit.now,
    seesAddresses: visit.rights.isOperator,
  });
  return shown;
}

/** Where the review of a postmortem stands, and who is asked. */
export const ReviewPanel = ({ review, visit }: { readonly review: ShownReview; readonly visit: Visit }) => {
  const reviewers = reviewRulesOf(visit.distribution)?.reviewers.map(({ as }) => as) ?? [];
  return (
    <section class="panel" aria-labelledby="review">
      <h2 id="review">Leadership’s review</h2>
      <ReviewStanding of={review} visit={visit} />
      {review.dueOn !== undefined && (
        <p>
          {review.state === 'awaiting postmortem' ? 'The postmortem is due on ' : 'Due on '}
          <DueOn of={review} visit={visit} />
          {reviewers.length > 0 && `. ${review.state === 'awaiting postmortem' ? 'It is then reviewed by' : 'Asked:'} ${listed(reviewers)}`}
          .
        </p>
      )}
      {visit.rights.isOperator && (
        <p>
          {review.dueOn === undefined ? (
            <a href="/home/reviews">To the reviews</a>
          ) : (
            <a class="button soft" href={`/home/reviews/${review.postmortem}/waive`}>
              Waive it
            </a>
          )}
        </p>
      )}
    </section>
  );
};
