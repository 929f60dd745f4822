import { homeRights } from '../access/home-rights.ts';
import type { DistributionStore } from '../distribution/apply-distribution.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { isRole } from '../distribution/stream-rules.ts';
import type { PeopleList } from '../subscriber/ports.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import type { UnheardDeps } from './named-unheard.ts';
import { peoplePages } from './people-pages.ts';

type AbleDeps = Pick<UnheardDeps, 'identitySecret' | 'people'>;

const mostOperators = 100;

/**
 * Who may run Afterword, by the same rule as the pages, and only those whom mail reaches, at most a
 * hundred. `withRole`: who has a role of operators.
 */
export async function ableOperators(
  distribution: Distribution,
  withRole: readonly SubscriberId[],
  { people, identitySecret }: AbleDeps,
): Promise<SubscriberId[]> {
  const named = distribution.operators?.people ?? [];
  const secret = named.length > 0 ? await identitySecret() : '';
  const byAddress = named.flatMap((one) => {
    const address = parseAddress(one);
    return address ? [subscriberId('staff', address, secret)] : [];
  });
  const sids = [...new Set([...byAddress, ...withRole])].slice(0, mostOperators);
  const profiles = await people.readProfiles(sids.map((sid) => ({ realm: 'staff', sid })));
  const able = profiles.filter((profile) => homeRights(profile, distribution).isOperator && !profile.suppressed);
  return able.map(({ sid }) => sid).toSorted();
}

export interface FindOperatorsDeps extends AbleDeps {
  readonly distribution: Pick<DistributionStore, 'read'>;
  readonly peopleList: Pick<PeopleList, 'list'>;
}

/**
 * They, and the organisation's zone. Undefined: no file is in force. People are read only where the
 * file has roles of operators.
 */
export async function findOperators(
  deps: FindOperatorsDeps,
): Promise<{ readonly operators: readonly SubscriberId[]; readonly zone: string } | undefined> {
  const distribution = (await deps.distribution.read())?.distribution;
  if (!distribution) return undefined;
  const operators = await ableOperators(distribution, await withRoleOf(distribution, deps), deps);
  return { operators, zone: distribution.organisation.zone };
}

async function withRoleOf({ operators }: Distribution, { peopleList }: Pick<FindOperatorsDeps, 'peopleList'>): Promise<SubscriberId[]> {
  const roles = operators?.roles ?? [];
  const withRole: SubscriberId[] = [];
  if (roles.length === 0) return withRole;
  for await (const { people } of peoplePages(peopleList)) {
    for (const person of people) {
      if (person.realm === 'staff' && roles.some((role) => isRole(role, person.role))) withRole.push(person.sid);
    }
  }
  return withRole;
}
