import type { DriftAnswer } from '../../core/operator/api.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import type { Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import type { OperatorDeps } from './deps.ts';

/** Looks now. The weekly check does the same, and mails what it finds. */
export const driftRoutes = ({ drift }: OperatorDeps): Route[] => [
  {
    method: 'GET',
    path: '/operator/drift',
    scope: 'read',
    answer: async ({ caller }) => {
      const found = await drift();
      if (!found) throw new HttpProblem(404, { detail: 'There is no configuration yet. Apply a distribution file: afterword apply.' });
      const { findings, ...rest } = found.drift;
      const maySee = caller.scopes.includes('people');
      return jsonAnswer(200, {
        ...rest,
        notLookedAt: [...rest.notLookedAt],
        findings: findings.map(({ address, postmortems, owners, ...one }) => ({
          ...one,
          ...(maySee && address !== undefined && { address }),
          // Among them are names of people.
          ...(maySee && owners && { owners: [...owners] }),
          ...(postmortems && { postmortems: [...postmortems] }),
        })),
      } satisfies DriftAnswer);
    },
  },
];
