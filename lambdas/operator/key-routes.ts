import { createKey } from '../../core/access/key.ts';
import { KeyRequest } from '../../core/operator/api.ts';
import { Refused } from '../../core/shared/errors.ts';
import { isOneLine } from '../../core/shared/text.ts';
import { emptyAnswer, jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { listQuery } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

export const keyRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/keys', scope: 'keys', answer: (call) => list(call, deps) },
  { method: 'POST', path: '/operator/keys', scope: 'keys', answer: (call) => create(call, deps) },
  { method: 'DELETE', path: '/operator/keys/{id}', scope: 'keys', answer: (call) => remove(call, deps) },
];

const isKeyId = (text: string) => /^[0-9a-f]{16}$/.test(text);

async function list({ query }: Call, { keys }: OperatorDeps) {
  const { limit, cursor } = listQuery(query, isKeyId);
  return jsonAnswer(200, await keys.list(limit, cursor));
}

/** The secret appears in this answer and nowhere else. */
async function create({ event, caller }: Call, deps: OperatorDeps) {
  const { label, scopes } = readJsonBody(event, KeyRequest);
  if (!isOneLine(label))
    throw new Refused('content', [{ field: 'label', problem: 'has control characters in it', remedy: 'Write it on one line.' }]);
  const { key, stored } = createKey(deps.newSecret(), { label, scopes: [...new Set(scopes)], createdAt: deps.now() });
  await deps.keys.put(stored);
  await leaveLine(deps, caller.id, 'key created', { key: stored.id, scopes: stored.scopes.join(' ') });
  const { hash: _, ...listed } = stored;
  return jsonAnswer(201, { ...listed, key });
}

async function remove({ params, caller }: Call, deps: OperatorDeps) {
  const id = params.id ?? '';
  if (!isKeyId(id) || !(await deps.keys.remove(id))) {
    throw new HttpProblem(404, {
      detail: 'There is no key with this id. The first key of a stage is not in the list and cannot be removed.',
    });
  }
  await leaveLine(deps, caller.id, 'key removed', { key: id });
  return emptyAnswer();
}
