import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

export const updateRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/updates', scope: 'read', answer: (call) => listUpdates(call, deps) },
];

async function listUpdates({ query }: Call, { updates }: OperatorDeps) {
  const wanted = query.get('postmortem');
  const id = PostmortemId.safeParse(wanted ?? undefined);
  if (wanted !== null && !id.success) throw new HttpProblem(400, { detail: 'postmortem: an id such as pm-2026-11-17-checkout.' });
  return jsonAnswer(200, await updates(id.data));
}
