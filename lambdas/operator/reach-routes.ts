import type { ReachAnswer } from '../../core/operator/api.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

export const reachRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/editions/{edition}/reach', scope: 'read', answer: (call) => readReach(call, deps) },
];

/** Has a route of its own, because it is counted from the evidence of every reader. */
async function readReach({ params }: Call, { reach }: OperatorDeps) {
  const id = params.edition ?? '';
  const found = /^[A-Za-z0-9_-]{1,200}$/.test(id) ? await reach.read(id) : undefined;
  if (!found) throw new HttpProblem(404, { detail: 'There is no edition with this id. List them with: afterword editions.' });
  return jsonAnswer(200, found satisfies ReachAnswer);
}
