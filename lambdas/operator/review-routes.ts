import * as z from 'zod';
import { workingCalendarOf } from '../../core/distribution/review-rules.ts';
import { type ListReviewsDeps, listReviews, shownReviews } from '../../core/operator/list-reviews.ts';
import { type ReviewsAnswer, type ShownReview, type WaiveAnswer, WaiveRequest } from '../../core/operator/reviews-api.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { type Review, reviewStates } from '../../core/review/review.ts';
import { waiveReview } from '../../core/review/waive.ts';
import { PlainDate } from '../../core/shared/instant.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { filtersIn, readAll } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/** Where leadership's reviews stand, and what needs none. */
export const reviewRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/reviews', scope: 'read', answer: (call) => list(call, deps) },
  { method: 'GET', path: '/operator/reviews/{postmortem}', scope: 'read', answer: (call) => one(call, deps) },
  { method: 'POST', path: '/operator/reviews/{postmortem}/waive', scope: 'send', answer: (call) => waive(call, deps) },
];

async function list({ query, caller }: Call, deps: OperatorDeps) {
  const wanted = wantedIn(query);
  return jsonAnswer(200, (await listReviews(wanted, await listing(caller, deps))) satisfies ReviewsAnswer);
}

async function one({ params, caller }: Call, deps: OperatorDeps) {
  const review = await deps.reviews.read(idIn(params));
  if (review === 'unknown') throw ofLaterRelease();
  if (!review) throw noReview();
  return jsonAnswer(200, (await shown(review, caller, deps)) satisfies ShownReview);
}

async function waive({ event, params, caller }: Call, deps: OperatorDeps) {
  const { reason } = readJsonBody(event, WaiveRequest);
  const postmortem = idIn(params);
  const waiver = { by: caller.id, as: 'operator', reason };
  const waived = await waiveReview(postmortem, waiver, { reviews: deps.reviews, now: () => new Date(deps.now()) });
  if (waived.kind === 'unknown') throw ofLaterRelease();
  if (!waived.review) throw noReview();
  const review = await shown(waived.review, caller, deps);
  if (waived.kind === 'refused') throw new HttpProblem(409, { detail: overWords(waived.review) });
  if (waived.kind === 'stored') await leaveLine(deps, caller.id, 'review waived', { postmortem, reason, by: caller.label });
  return jsonAnswer(200, { outcome: waived.kind === 'stored' ? 'waived' : 'unchanged', review } satisfies WaiveAnswer);
}

function overWords(review: Review): string {
  if (review.state === 'reviewed') return `${review.as} reviewed it on ${review.at.slice(0, 10)}. Nothing was changed.`;
  const why = review.state === 'closed' ? ` (${review.why})` : '';
  return `Nothing waits for a review of it any more${why}. Nothing was changed.`;
}

const noReview = () =>
  new HttpProblem(404, { detail: 'Nothing is known of a review of such a postmortem. List reviews with: afterword reviews' });
const ofLaterRelease = () =>
  new HttpProblem(409, { detail: 'A later release wrote this review. Do the same with a command line and a stack of that release.' });

async function shown(review: Review, caller: Call['caller'], deps: OperatorDeps) {
  const [first] = await shownReviews([review], await listing(caller, deps));
  if (!first) throw noReview();
  return first;
}

async function listing({ scopes }: Call['caller'], { reviews, actions, distribution, now }: OperatorDeps): Promise<ListReviewsDeps> {
  const file = (await distribution.read())?.distribution;
  return {
    reviews,
    postmortems: actions.postmortems,
    actionsOf: actions.of,
    calendar: file ? workingCalendarOf(file) : workingCalendarOf({ organisation: { name: '', zone: 'UTC', domains: [] } }),
    now: new Date(now()),
    seesAddresses: scopes.includes('people'),
  };
}

function idIn({ postmortem }: Call['params']): PostmortemId {
  const id = PostmortemId.safeParse(postmortem);
  if (!id.success) throw noReview();
  return id.data;
}

/** An empty value excludes none. */
function wantedIn(query: URLSearchParams) {
  const read = filtersIn(query);
  return readAll({
    state: () => read('state', z.enum(reviewStates), 'is no state of a review', `Use one of ${reviewStates.join(', ')}.`),
    isOverdue: () => read('overdue', z.enum(['true', 'false']), 'is neither true nor false', 'Use overdue=true.') === 'true',
    since: () => read('since', PlainDate, 'is not a day', 'For example since=2026-11-01.'),
  });
}
