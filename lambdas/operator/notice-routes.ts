import * as z from 'zod';
import { dueOf } from '../../core/notice/due.ts';
import type { External } from '../../core/notice/external.ts';
import { listedOf } from '../../core/notice/listed.ts';
import { type NotOperated, type OperatorAct, operateNotice } from '../../core/notice/operate-notice.ts';
import { type NoticeActAnswer, NoticeReason, type NoticesAnswer, noticeStates, type OneNotice } from '../../core/operator/notices-api.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { PlainDate } from '../../core/shared/instant.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { filtersIn, readAll } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

/** Where notices to customers stand, and what an operator may do about one. */
export const noticeRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/notices', scope: 'read', answer: (call) => list(call, deps) },
  { method: 'GET', path: '/operator/notices/{postmortem}', scope: 'read', answer: (call) => one(call, deps) },
  {
    method: 'POST',
    path: '/operator/notices/{postmortem}/ask',
    scope: 'notices',
    answer: (call) => operate(call, { act: 'ask' }, deps),
  },
  {
    method: 'POST',
    path: '/operator/notices/{postmortem}/stop',
    scope: 'notices',
    answer: (call) => operate(call, { act: 'stop', ...readJsonBody(call.event, NoticeReason) }, deps),
  },
  {
    method: 'POST',
    path: '/operator/notices/{postmortem}/withdraw',
    scope: 'notices',
    answer: (call) => operate(call, { act: 'withdraw', ...readJsonBody(call.event, NoticeReason) }, deps),
  },
];

const mostDue = 500;
const usualDays = 31;

async function list({ query }: Call, { notices, now }: OperatorDeps) {
  const { state, since } = wantedIn(query);
  const today = new Date(now());
  const from = since === undefined ? new Date(today.getTime() - usualDays * dayMs) : new Date(`${since}T00:00:00Z`);
  const [due, resting] = [await notices.lists.open(mostDue), await notices.lists.resting(from, today)];
  const found = new Map([...resting, ...due].map((listed) => [listed.postmortem, listed]));
  const inOrder = [...new Set([...due, ...resting].map(({ postmortem }) => postmortem))].flatMap((id) => found.get(id) ?? []);
  return jsonAnswer(200, {
    notices: inOrder.filter((listed) => state === undefined || listed.state === state),
    notLookedAt: [
      ...(due.length < mostDue ? [] : [`Not looked at: all but the first ${mostDue} of which something is due.`]),
      ...(since === undefined
        ? [`Not looked at: those that rest since before ${from.toISOString().slice(0, 10)}. Name an earlier day to include them.`]
        : []),
    ],
  } satisfies NoticesAnswer);
}

async function one({ params }: Call, deps: OperatorDeps) {
  const external = await deps.notices.externals.read(idIn(params));
  if (external === 'unknown') throw ofLaterRelease();
  if (!external) throw noNotice();
  return jsonAnswer(200, shown(external, deps));
}

async function operate({ params, caller }: Call, press: OperatorAct, deps: OperatorDeps) {
  const by = { by: caller.id, at: deps.now(), label: caller.label };
  const operated = await operateNotice(idIn(params), press, by, { ...deps.notices, audit: deps.audit });
  if (operated.kind === 'unknown') throw ofLaterRelease();
  if (operated.kind === 'none') throw noNotice();
  if (operated.kind === 'refused') throw new HttpProblem(409, { detail: `${whyWords[operated.why]} Nothing was changed.` });
  const outcome = operated.kind === 'stored' ? 'done' : 'unchanged';
  return jsonAnswer(200, { outcome, notice: shown(operated.external, deps) } satisfies NoticeActAnswer);
}

const whyWords: Readonly<Record<NotOperated, string>> = {
  'nothing to ask': 'No text of it asks: there is none that is ready, or it is the one that is public.',
  asked: 'The approvers are asked already.',
  'nothing asked': 'No approval request is open.',
  'too late': 'It is leaving or has left. To take it back: afterword notices withdraw POSTMORTEM --reason TEXT.',
  'not public': 'Customers can read no version of it.',
};

const noNotice = () =>
  new HttpProblem(404, { detail: 'Nothing is known of a notice about such a postmortem. List notices with: afterword notices' });
const ofLaterRelease = () =>
  new HttpProblem(409, { detail: 'A later release wrote this notice. Do the same with a command line and a stack of that release.' });

function shown(external: External, { notices: { pace } }: OperatorDeps): OneNotice {
  const asked = external.request && 'content' in external.request ? external.request.content : undefined;
  return {
    ...listedOf(external, dueOf(external, pace)),
    withdrawnAt: external.withdrawn?.at,
    ...(external.seen && external.seen.content !== asked && { textSince: external.seen.at }),
  };
}

function idIn({ postmortem }: Call['params']): PostmortemId {
  const id = PostmortemId.safeParse(postmortem);
  if (!id.success) throw noNotice();
  return id.data;
}

/** An empty value excludes none. */
function wantedIn(query: URLSearchParams) {
  const read = filtersIn(query);
  return readAll({
    state: () => read('state', z.enum(noticeStates), 'is no state of an approval request', `Use one of ${noticeStates.join(', ')}.`),
    since: () => read('since', PlainDate, 'is not a day', 'For example since=2026-11-01.'),
  });
}
