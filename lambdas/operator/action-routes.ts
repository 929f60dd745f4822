import * as z from 'zod';
import {
  type ActionAnswer,
  type ActionEventsAnswer,
  ActionEventsRequest,
  type ActionsAnswer,
  actionStates,
} from '../../core/operator/actions-api.ts';
import { isActionCursor, listActions, showAction, type WantedActions } from '../../core/operator/list-actions.ts';
import { pressActions } from '../../core/operator/press-actions.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { Refused } from '../../core/shared/errors.ts';
import { PlainDate } from '../../core/shared/instant.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { requireScope } from '../shared/http-authorise.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { filtersIn, listQuery, readAll } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import { addressesOf } from './audit-routes.ts';
import type { OperatorDeps } from './deps.ts';

/** Action items, as documents promise them and as they stand, and what people do with them. */
export const actionRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/actions', scope: 'read', answer: (call) => list(call, deps) },
  { method: 'GET', path: '/operator/actions/{postmortem}/{action}', scope: 'read', answer: (call) => one(call, deps) },
  { method: 'POST', path: '/operator/actions/{postmortem}/events', scope: 'actions', answer: (call) => press(call, deps) },
];

async function list({ query, caller }: Call, deps: OperatorDeps) {
  const { page, wanted } = readAll({
    page: () => listQuery(query, isActionCursor),
    wanted: () => wantedIn(query, new Date(deps.now())),
  });
  const answer = await listActions(wanted, page, viewerOf(caller), await listing(deps));
  if (!answer) throw noPostmortem();
  return jsonAnswer(200, answer satisfies ActionsAnswer);
}

const noPostmortem = () =>
  new HttpProblem(404, { detail: 'There is no postmortem with this id. List them with: afterword postmortems list' });

async function one({ params, query, caller }: Call, deps: OperatorDeps) {
  const withAddresses = query.get('addresses') === 'true';
  if (withAddresses) requireScope(caller, 'people');
  const id = PostmortemId.safeParse(params.postmortem);
  const answer = id.success ? await showAction(id.data, params.action ?? '', viewerOf(caller), await listing(deps)) : undefined;
  if (!answer) throw new HttpProblem(404, { detail: 'There is no action with this id. List them with: afterword actions list' });
  const people = withAddresses && {
    addresses: await addressesOf(
      answer.history.map(({ by }) => by),
      deps.people,
    ),
  };
  return jsonAnswer(200, { ...answer, ...people } satisfies ActionAnswer);
}

async function press({ event, params, query, caller }: Call, deps: OperatorDeps) {
  const { events } = readJsonBody(event, ActionEventsRequest);
  const id = PostmortemId.safeParse(params.postmortem);
  const dryRun = query.get('dryRun') === 'true';
  const answer =
    id.success && (await pressActions({ postmortem: id.data, presses: events, dryRun }, presserOf(caller), await pressing(deps)));
  if (!answer) throw noPostmortem();
  return jsonAnswer(200, answer satisfies ActionEventsAnswer);
}

const presserOf = (caller: Call['caller']) => ({ id: caller.id, viewer: caller.scopes.includes('read') ? viewerOf(caller) : undefined });

async function pressing({ actions, actionRows: rows, audit, distribution, reminding, now }: OperatorDeps) {
  const file = (await distribution.read())?.distribution;
  const { directory } = reminding;
  return {
    actions,
    rows,
    audit,
    directory,
    clock: () => new Date(now()),
    zone: file?.organisation.zone ?? 'UTC',
    teams: file?.teams ?? [],
  };
}

/** Like the list of postmortems, these show operators what nobody is told of. */
const viewerOf = ({ scopes }: Call['caller']) => ({ seesHidden: true, seesAddresses: scopes.includes('people') });

async function listing({ actions, distribution, now }: OperatorDeps) {
  return { actions, now: new Date(now()), zone: (await distribution.read())?.distribution.organisation.zone ?? 'UTC' };
}

const longestDays = 5 * 366;

/** As far back as anybody may look, by the clock of the server. */
const earliestDay = (now: Date): PlainDate => new Date(now.getTime() - (longestDays - 1) * dayMs).toISOString().slice(0, 10);

/** An empty value excludes none. `since=earliest` is the earliest day that may be named. */
function wantedIn(query: URLSearchParams, now: Date): WantedActions {
  const read = filtersIn<keyof WantedActions>(query);
  const name = z.string().max(200);
  const ofDay = (field: string) => `For example ${field}=2026-11-01.`;
  return readAll({
    state: () => read('state', z.enum(actionStates), 'is no state of an action', `Use one of ${actionStates.join(', ')}.`),
    team: () => read('team', name, 'is too long', 'Name one team.'),
    owner: () => read('owner', name, 'is too long', 'Name words of one owner.'),
    service: () => read('service', name, 'is too long', 'Name one service.'),
    dueBefore: () => read('dueBefore', PlainDate, 'is not a day', ofDay('dueBefore')),
    postmortem: () => read('postmortem', PostmortemId, 'is not the id of a postmortem', 'For example postmortem=checkout-down.'),
    since: () => notTooEarly(read('since', PlainDate.or(z.literal('earliest')), 'is not a day', ofDay('since')), now),
  });
}

function notTooEarly(asked: PlainDate | 'earliest' | undefined, now: Date): PlainDate | undefined {
  const since = asked === 'earliest' ? earliestDay(now) : asked;
  if (since !== undefined && Date.parse(since) < now.getTime() - longestDays * dayMs)
    throw new Refused('content', [{ field: 'since', problem: 'lies more than five years back', remedy: 'Name a later day.' }]);
  return since;
}
