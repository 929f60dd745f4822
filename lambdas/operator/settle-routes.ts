import type * as z from 'zod';
import { type SettleAnswer, SettleRequest } from '../../core/operator/api.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

export const settleRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/settle', scope: 'send', answer: (call) => settle(call, deps) },
];

async function settle({ event, caller }: Call, deps: OperatorDeps) {
  const { since, until = deps.now(), keep, how } = readJsonBody(event, SettleRequest);
  const settling = await deps.settle(how, { since: new Date(since), until: new Date(until), keep });
  const { isSettled, recalled } = settling;
  if (isSettled) await leaveLine(deps, caller.id, 'restore settled', { since, until, recalled: recalled.length, by: caller.label });
  return jsonAnswer(200, settling satisfies z.input<typeof SettleAnswer>);
}
