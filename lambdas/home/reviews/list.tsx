/** @jsxImportSource hono/jsx */
import { reviewRulesOf } from '../../../core/distribution/review-rules.ts';
import { ReviewsAnswer, type ShownReview } from '../../../core/operator/reviews-api.ts';
import { reviewStates } from '../../../core/review/review.ts';
import { PlainDate } from '../../../core/shared/instant.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { HowMany, Of, Pages, pageOf, Said } from '../parts.tsx';
import { postmortemPath, severityWords } from '../postmortems/words.ts';
import { homePage } from '../shell.tsx';
import { DueOn, ReviewStanding, stateWords } from './state.tsx';

/** What the form says. `open`: whatever somebody has something to do for. */
const choices = ['all', 'overdue', ...reviewStates] as const;
type Choice = (typeof choices)[number];
const choiceWords = (choice: Choice): string => (choice === 'all' ? 'All' : choice === 'overdue' ? 'Overdue' : stateWords[choice].words);

const pathOf = (choice: Choice, since: string): `/operator/reviews?${string}` =>
  `/operator/reviews?${new URLSearchParams({
    ...(choice === 'overdue' ? { overdue: 'true' } : { state: choice === 'all' ? '' : choice }),
    since,
  })}`;

/** Where leadership's reviews stand, in one list. */
export const reviewsPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/reviews',
    async get(visit) {
      const { query } = visit.request;
      const choice = choices.find((one) => one === query.get('show')) ?? 'all';
      const since = PlainDate.safeParse(query.get('since')).data ?? '';
      const { reviews, notLookedAt } = await visit.api.read(pathOf(choice, since), ReviewsAnswer);
      const listed = pageOf(reviews, query);
      const { page, last, shown } = listed;
      const waived = query.get('done') === 'waive';
      return homePage({
        ...visit,
        title: 'Reviews',
        here: '/home/reviews',
        children: (
          <>
            <h1>Reviews</h1>
            {waived && <Said>Waived. Nobody is asked to review it any more.</Said>}
            {!reviewRulesOf(visit.distribution) && (
              <div class="said warn">
                <p>The file in force has no reviews: nobody is asked to review a postmortem.</p>
              </div>
            )}
            <section class="panel">
              <form method="get" action="/home/reviews">
                <div class="filters">
                  <label>
                    Show
                    <select name="show">
                      {choices.map((one) => (
                        <option value={one} selected={one === choice}>
                          {choiceWords(one)}
                        </option>
                      ))}
                    </select>
                  </label>
                  <label>
                    Over since
                    <input type="date" name="since" value={since} />
                  </label>
                </div>
                <p class="acts">
                  <button type="submit">Show</button>
                </p>
              </form>
            </section>
            <section class="panel" aria-labelledby="found">
              <HowMany of={listed} one="review" order="overdue ones first" />
              {shown.length > 0 && <ReviewTable reviews={shown} visit={visit} />}
              <Pages path="/home/reviews" query={{ show: choice, since }} page={page} last={last} words={['Before', 'After']} />
              {notLookedAt.map((said) => (
                <p class="m">{said}</p>
              ))}
            </section>
          </>
        ),
      });
    },
  });

const ReviewTable = ({ reviews, visit }: { readonly reviews: readonly ShownReview[]; readonly visit: Visit }) => (
  <table class="list">
    <caption class="unseen">Reviews, overdue ones first</caption>
    <thead>
      <tr>
        <th scope="col">Postmortem</th>
        <th scope="col">State</th>
        <th scope="col">Due</th>
        <th scope="col">Acts</th>
      </tr>
    </thead>
    <tbody>
      {reviews.map((review) => (
        <tr>
          <th scope="row">
            <a href={postmortemPath(review.postmortem)} dir="auto">
              {review.title}
            </a>
            <div class="pills">
              <span class={`pill ${review.severity}`}>{severityWords(review.severity, visit.distribution)}</span>
              {review.hidden !== undefined && (
                <span class="pill">{`${review.hidden.charAt(0).toUpperCase()}${review.hidden.slice(1)}`}</span>
              )}
            </div>
            <small class="m block" dir="auto">
              {[review.postmortem, review.team].filter((one) => one !== undefined).join(' · ')}
            </small>
          </th>
          <td>
            <ReviewStanding of={review} visit={visit} />
          </td>
          <td data-label="Due">
            <DueOn of={review} visit={visit} />
          </td>
          <td class="end">
            {review.dueOn !== undefined && (
              <a class="button soft" href={`/home/reviews/${review.postmortem}/waive`}>
                Waive
                <Of what={review.title} />
              </a>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
