import { jsonAnswer } from '../shared/http-answer.ts';
import type { Route } from '../shared/http-routes.ts';
import type { OperatorDeps } from './deps.ts';

/** What waits for somebody, on one page and in one command. */
export const statusRoutes = ({ status }: OperatorDeps): Route[] => [
  {
    method: 'GET',
    path: '/operator/status',
    scope: 'read',
    answer: async ({ caller }) => jsonAnswer(200, await status({ addresses: caller.scopes.includes('people') })),
  },
];
