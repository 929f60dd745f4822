import type { RunbookAnswer } from '../../core/operator/api.ts';
import { runbook, withoutAddresses } from '../../core/runbook/runbook.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

export const runbookRoutes = ({ distribution: store }: OperatorDeps): Route[] => [
  {
    method: 'GET',
    path: '/operator/runbook',
    scope: 'read',
    answer: async ({ caller }) => {
      const current = await store.read();
      if (!current) throw new HttpProblem(404, { detail: 'There is no configuration yet. Apply a distribution file: afterword apply.' });
      const { distribution, hash } = current;
      const addresses = caller.scopes.includes('people');
      const markdown = runbook(addresses ? distribution : withoutAddresses(distribution));
      return jsonAnswer(200, { markdown, hash, addresses } satisfies RunbookAnswer);
    },
  },
];
