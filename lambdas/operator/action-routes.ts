import * as z from 'zod';
import { type ActionAnswer, type ActionsAnswer, actionStates } from '../../core/operator/actions-api.ts';
import { isActionCursor, listActions, showAction, type WantedActions } from '../../core/operator/list-actions.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { Refused } from '../../core/shared/errors.ts';
import { PlainDate } from '../../core/shared/instant.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { listQuery } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

/** Action items, as documents promise them and as they stand. Nothing here changes one. */
export const actionRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/actions', scope: 'read', answer: (call) => list(call, deps) },
  { method: 'GET', path: '/operator/actions/{postmortem}/{action}', scope: 'read', answer: (call) => one(call, deps) },
];

async function list({ query, caller }: Call, deps: OperatorDeps) {
  const page = listQuery(query, isActionCursor);
  const answer = await listActions(wantedIn(query, new Date(deps.now())), page, viewerOf(caller), await listing(deps));
  if (!answer) throw new HttpProblem(404, { detail: 'There is no postmortem with this id. List them with: afterword postmortems list' });
  return jsonAnswer(200, answer satisfies ActionsAnswer);
}

async function one({ params, caller }: Call, deps: OperatorDeps) {
  const id = PostmortemId.safeParse(params.postmortem);
  const answer = id.success ? await showAction(id.data, params.action ?? '', viewerOf(caller), await listing(deps)) : undefined;
  if (!answer) throw new HttpProblem(404, { detail: 'There is no action with this id. List them with: afterword actions list' });
  return jsonAnswer(200, answer satisfies ActionAnswer);
}

/** Like the list of postmortems, these show operators what nobody is told of. */
const viewerOf = ({ scopes }: Call['caller']) => ({ seesHidden: true, seesAddresses: scopes.includes('people') });

async function listing({ actions, distribution, now }: OperatorDeps) {
  return { actions, now: new Date(now()), zone: (await distribution.read())?.distribution.organisation.zone ?? 'UTC' };
}

const longestDays = 5 * 366;

/** An empty value excludes none. */
function wantedIn(query: URLSearchParams, now: Date): WantedActions {
  const read = <T>(field: keyof WantedActions, schema: z.ZodType<T>, problem: string, remedy: string): T | undefined => {
    const text = query.get(field)?.trim();
    if (!text) return undefined;
    const { success, data } = schema.safeParse(text);
    if (success) return data;
    throw new Refused('content', [{ field, problem, remedy }]);
  };
  const name = z.string().max(200);
  const ofDay = (field: string) => `For example ${field}=2026-11-01.`;
  const since = read('since', PlainDate, 'is not a day', ofDay('since'));
  if (since !== undefined && Date.parse(since) < now.getTime() - longestDays * dayMs)
    throw new Refused('content', [{ field: 'since', problem: 'lies more than five years back', remedy: 'Name a later day.' }]);
  return {
    state: read('state', z.enum(actionStates), 'is no state of an action', `Use one of ${actionStates.join(', ')}.`),
    team: read('team', name, 'is too long', 'Name one team.'),
    owner: read('owner', name, 'is too long', 'Name words of one owner.'),
    service: read('service', name, 'is too long', 'Name one service.'),
    dueBefore: read('dueBefore', PlainDate, 'is not a day', ofDay('dueBefore')),
    postmortem: read('postmortem', PostmortemId, 'is not the id of a postmortem', 'For example postmortem=checkout-down.'),
    since,
  };
}
