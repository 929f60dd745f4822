import { ImportRequest } from '../../core/operator/api.ts';
import { importPeople } from '../../core/subscriber/import-people.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJson } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';
import { listQuery } from './list-query.ts';

export const peopleRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/people/import', scope: 'people', answer: (call) => importBatch(call, deps) },
  { method: 'GET', path: '/operator/people', scope: 'people', answer: (call) => listPeople(call, deps) },
];

async function importBatch({ event, caller }: Call, deps: OperatorDeps) {
  const { rows } = readJson(event, ImportRequest);
  const applied = await deps.distribution.read();
  if (!applied) {
    throw new HttpProblem(409, {
      detail:
        'There is no configuration yet, so nobody knows which domains and streams are yours. Apply a distribution file first: afterword apply.',
    });
  }
  const [identity, suppression] = await Promise.all([deps.identitySecret(), deps.suppressionSecret()]);
  const answer = await importPeople(rows, applied.distribution, { ...deps, secrets: { identity, suppression } });

  const { added, changed, unchanged, refused } = answer;
  if (added + changed > 0) await leaveLine(deps, caller.id, 'people imported', { added, changed, unchanged, refused: refused.length });
  return jsonAnswer(200, answer);
}

async function listPeople({ query }: Call, { peopleList }: OperatorDeps) {
  const { limit, cursor } = listQuery(query);
  if (cursor !== undefined && !SubscriberId.safeParse(cursor).success)
    throw new HttpProblem(400, { detail: 'cursor is what the page before answered.' });
  return jsonAnswer(200, await peopleList.list(limit, cursor));
}
