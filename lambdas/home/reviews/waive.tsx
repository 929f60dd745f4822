/** @jsxImportSource hono/jsx */
import { ShownReview, WaiveAnswer } from '../../../core/operator/reviews-api.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { type Flaws, ReasonField, reasonFlaw } from '../fields.tsx';
import { operatorPage, type Visit } from '../guard.ts';
import { question } from '../parts.tsx';
import { notHere, refusedBy } from '../refusals.ts';
import { homePage } from '../shell.tsx';

const pathOf = (id: string): `/operator/reviews/${string}` => `/operator/reviews/${encodeURIComponent(id)}`;

/** Asks whether to waive a review, with a reason, and does it. */
export const waivePage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/reviews/{postmortem}/waive',
    asks: true,
    get: (visit) => ask(visit, visit.request.params.postmortem ?? ''),
    post: {
      async answer(visit) {
        const id = visit.request.params.postmortem ?? '';
        const reason = visit.request.form.get('reason')?.trim() ?? '';
        const { problem } = await visit.api.ask({ method: 'POST', path: `${pathOf(id)}/waive`, body: { reason } }, WaiveAnswer);
        if (!problem) return seeOther('/home/reviews?done=waive');
        if (problem.status === 404) return notHere();
        const flaws = reasonFlaw(problem);
        return flaws ? ask(visit, id, reason, flaws) : refusedBy(problem, '/home/reviews');
      },
    },
  });

async function ask(visit: Visit, id: string, reason = '', flaws: Flaws = {}): Promise<HttpAnswer> {
  const review = await visit.api.read(pathOf(id), ShownReview);
  if (review.dueOn === undefined) return over(visit, review);
  const awaits = review.state === 'awaiting postmortem';
  return question({
    ...visit,
    title: awaits ? `Wait no longer for “${review.title}”?` : `Waive the review of “${review.title}”?`,
    here: '/home/reviews',
    status: Object.keys(flaws).length > 0 ? 422 : 200,
    says: [
      awaits
        ? 'Nobody is asked for this postmortem any more. If it is published all the same, it is reviewed.'
        : 'Nobody in leadership is asked to review it any more. Decisions that were made on its actions stay.',
      'It cannot be undone here: a raise to the worst severity opens a review again.',
    ],
    action: `/home/reviews/${encodeURIComponent(id)}/waive`,
    fields: <ReasonField value={reason} flaws={flaws} />,
    yes: awaits ? 'Wait no longer' : 'Waive it',
    no: { words: 'Leave it', href: '/home/reviews' },
    isDanger: true,
  });
}

const over = (visit: Visit, { title, state }: ShownReview): HttpAnswer =>
  homePage({
    ...visit,
    title: 'Nothing to waive',
    here: '/home/reviews',
    children: (
      <section class="panel">
        <h1>Nothing to waive</h1>
        <p dir="auto">
          Nobody is asked to review “{title}” now: it is {state}.
        </p>
        <p>
          <a href="/home/reviews">To the reviews</a>
        </p>
      </section>
    ),
  });
