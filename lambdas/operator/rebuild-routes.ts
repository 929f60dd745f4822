import type { RebuildAnswer } from '../../core/operator/api.ts';
import { rebuildPostmortem } from '../../core/operator/rebuild-postmortem.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

export const rebuildRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/postmortems/{id}/rebuild', scope: 'configure', answer: (call) => rebuild(call, deps) },
];

async function rebuild({ params, caller }: Call, deps: OperatorDeps) {
  const id = PostmortemId.safeParse(params.id);
  const outcome = id.success ? await rebuildPostmortem(id.data, deps.rebuilds) : undefined;
  if (!id.success || outcome === undefined)
    throw new HttpProblem(404, { detail: 'There is no postmortem with this id. List them with: afterword postmortems list' });
  if (outcome === 'asked') await leaveLine(deps, caller.id, 'postmortem rebuilt', { postmortem: id.data, by: caller.label });
  return jsonAnswer(202, { id: id.data, outcome } satisfies RebuildAnswer);
}
