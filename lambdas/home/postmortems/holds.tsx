/** @jsxImportSource hono/jsx */
import { HoldAnswer, type PostmortemAnswer } from '../../../core/intake/api.ts';
import { type HoldAct, holdActs } from '../../../core/intake/hold-postmortem.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import type { HomePath } from '../env.ts';
import { type Flaws, ReasonField, reasonFlaw } from '../fields.tsx';
import { operatorPage, type Visit } from '../guard.ts';
import { question } from '../parts.tsx';
import { notHere, refusedBy } from '../refusals.ts';
import { counted } from '../words.ts';
import { readPostmortem } from './one.tsx';
import { postmortemPath } from './words.ts';

interface Hold {
  readonly path: HomePath;
  readonly title: (what: string) => string;
  readonly says: (postmortem: PostmortemAnswer) => readonly string[];
  readonly yes: string;
  readonly no: string;
  readonly isDanger?: true;
}

const toldBy = ({ editions }: PostmortemAnswer): string =>
  editions.length === 0
    ? 'No edition has told it.'
    : `${counted(editions.length, 'edition')} told it. Mail that has left cannot be taken back.`;
const outlives = 'No later document of its author changes that, only a release.';

const holds: Readonly<Record<HoldAct, Hold>> = {
  restrict: {
    path: '/postmortems/{postmortem}/restrict',
    title: (what) => `Restrict “${what}”?`,
    says: (postmortem) => [
      'Nobody can read it any more: it is taken out of archives, searches, feeds and mails that have not left. Readers of an alert are told that it no longer stands.',
      toldBy(postmortem),
      outlives,
    ],
    yes: 'Restrict it',
    no: 'Leave it',
    isDanger: true,
  },
  retract: {
    path: '/postmortems/{postmortem}/retract',
    title: (what) => `Take “${what}” back?`,
    says: (postmortem) => [
      'It counts as retracted: it is taken out of archives, searches, feeds and mails that have not left, and readers of an alert are told that it was taken back.',
      toldBy(postmortem),
      outlives,
    ],
    yes: 'Take it back',
    no: 'Leave it',
    isDanger: true,
  },
  release: {
    path: '/postmortems/{postmortem}/release',
    title: (what) => `Release “${what}”?`,
    says: ({ held }) => [
      `What its document says counts again: ${held?.document.restricted ? `${held.document.status}, restricted` : (held?.document.status ?? 'as it is')}.`,
      held?.document.restricted || held?.document.status === 'retracted' || held?.document.status === 'draft'
        ? 'It is still told to nobody, because its document says so.'
        : 'It is read again, and readers who missed an alert because of the hold get it within minutes.',
    ],
    yes: 'Release it',
    no: 'Keep it held',
  },
};

/** Ask whether to restrict, take back or release a postmortem, with a reason, and do it. */
export const holdPages = (deps: HomeDeps): PageRoute[] => holdActs.map((act) => holdPage(act, deps));

function holdPage(act: HoldAct, deps: HomeDeps): PageRoute {
  const { path, title, says, yes, no, isDanger } = holds[act];
  const ask = async (visit: Visit, id: string, reason = '', flaws: Flaws = {}, status = 422): Promise<HttpAnswer> => {
    const postmortem = await readPostmortem(visit, id);
    return question({
      ...visit,
      title: title(postmortem.title),
      here: '/home/postmortems',
      status: Object.keys(flaws).length > 0 ? status : 200,
      says: says(postmortem),
      action: postmortemPath(id, `/${act}`),
      fields: <ReasonField value={reason} flaws={flaws} />,
      yes,
      no: { words: no, href: postmortemPath(id) },
      ...(isDanger && { isDanger }),
    });
  };
  return operatorPage(deps, {
    path,
    asks: true,
    get: (visit) => ask(visit, visit.request.params.postmortem ?? ''),
    post: {
      async answer(visit) {
        const id = visit.request.params.postmortem ?? '';
        const reason = visit.request.form.get('reason')?.trim() ?? '';
        const { body, problem } = await visit.api.ask(
          { method: 'POST', path: `/postmortems/${encodeURIComponent(id)}/${act}`, body: { reason } },
          HoldAnswer,
        );
        if (!problem) return seeOther(postmortemPath(id, `?done=${body.outcome === 'changed' ? act : 'same'}`));
        if (problem.status === 404) return notHere();
        const flaws = reasonFlaw(problem);
        if (flaws) return ask(visit, id, reason, flaws);
        if (problem.status === 503) return ask(visit, id, reason, { reason: stillUnderWay }, 503);
        return refusedBy(problem, postmortemPath(id));
      },
    },
  });
}

const stillUnderWay =
  'It is stored, but archives and mails under way may still tell of it. Press again until this page is gone; it is also tried every minute.';
