/** @jsxImportSource hono/jsx */
import { NoticeActAnswer, OneNotice } from '../../../core/operator/notices-api.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { type Flaws, ReasonField, reasonFlaw } from '../fields.tsx';
import { operatorPage, type Visit } from '../guard.ts';
import { question } from '../parts.tsx';
import { notHere, refusedBy } from '../refusals.ts';

type Act = 'stop' | 'withdraw';

const words = {
  stop: {
    title: 'Stop the notice about',
    says: [
      'Approvals that were given count no more. Its writer and its approvers are told. The text is asked again when it changes.',
      'What customers can read already stays as it is.',
    ],
    yes: 'Stop it',
  },
  withdraw: {
    title: 'Withdraw the notice about',
    says: [
      'Its public page says that it was withdrawn, and whoever may have a mail of it gets one that says so. A request that is open ends.',
      'It cannot be undone: a new version is approved again. The same text is asked again only by: afterword notices ask.',
    ],
    yes: 'Withdraw it',
  },
} as const;

const pathOf = (id: string): `/operator/notices/${string}` => `/operator/notices/${encodeURIComponent(id)}`;

/** Asks whether to stop or withdraw a notice, with a reason, and does it. */
export const noticeActPages = (deps: HomeDeps): PageRoute[] => [actPage(deps, 'stop'), actPage(deps, 'withdraw')];

const actPage = (deps: HomeDeps, act: Act): PageRoute =>
  operatorPage(deps, {
    path: `/notices/{postmortem}/${act}`,
    asks: true,
    get: (visit) => ask(visit, act, visit.request.params.postmortem ?? ''),
    post: {
      async answer(visit) {
        const id = visit.request.params.postmortem ?? '';
        const reason = visit.request.form.get('reason')?.trim() ?? '';
        const { problem } = await visit.api.ask({ method: 'POST', path: `${pathOf(id)}/${act}`, body: { reason } }, NoticeActAnswer);
        if (!problem) return seeOther(`/home/notices?done=${act}`);
        if (problem.status === 404) return notHere();
        const flaws = reasonFlaw(problem);
        return flaws ? ask(visit, act, id, reason, flaws) : refusedBy(problem, '/home/notices');
      },
    },
  });

async function ask(visit: Visit, act: Act, id: string, reason = '', flaws: Flaws = {}): Promise<HttpAnswer> {
  const { postmortem } = await visit.api.read(pathOf(id), OneNotice);
  return question({
    ...visit,
    title: `${words[act].title} ${postmortem}?`,
    here: '/home/notices',
    status: Object.keys(flaws).length > 0 ? 422 : 200,
    says: words[act].says,
    action: `/home/notices/${encodeURIComponent(id)}/${act}`,
    fields: <ReasonField value={reason} flaws={flaws} />,
    yes: words[act].yes,
    no: { words: 'Leave it', href: '/home/notices' },
    isDanger: true,
  });
}
