import type { Caller } from '../../core/access/key.ts';
import type { AuditLog } from '../../core/audit/audit.ts';
import { followMapping } from '../../core/directory/follow-mapping.ts';
import type { DirectoryDeps } from '../../core/directory/ports.ts';
import type { DistributionStore } from '../../core/distribution/apply-distribution.ts';
import { HttpProblem } from '../shared/problem.ts';

/** Everything that the routes depend on. */
export interface ScimDeps extends Omit<DirectoryDeps, 'secrets' | 'distribution' | 'leaveLine'> {
  readonly applied: Pick<DistributionStore, 'read'>;
  readonly audit: AuditLog;
  readonly identitySecret: () => Promise<string>;
  readonly suppressionSecret: () => Promise<string>;
  /** The address of the interface, without a slash at its end. */
  readonly base: string;
}

/** What one request needs. Throws 503 while nobody knows which domains are the organisation's. */
export async function forRequest(deps: ScimDeps, { id }: Pick<Caller, 'id'>): Promise<DirectoryDeps> {
  const [applied, identity, suppression] = await Promise.all([deps.applied.read(), deps.identitySecret(), deps.suppressionSecret()]);
  if (!applied) {
    throw new HttpProblem(503, { detail: 'No distribution file is applied yet. Apply one with: afterword apply distribution.yaml' });
  }
  const context: DirectoryDeps = {
    ...deps,
    distribution: applied.distribution,
    secrets: { identity, suppression },
    leaveLine: (act, facts) => deps.audit.record({ at: deps.now(), who: id, act, facts }),
  };
  await followMapping(context);
  return context;
}
