import { canonicalHash } from '../shared/canonical-hash.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { changeGroupsOf } from './change-user.ts';
import { managedPeople } from './list-users.ts';
import { type DirectoryDeps, readGroupNames } from './ports.ts';

/**
 * Gives everybody the team and the role that the distribution file in force gives them, if it maps
 * other groups or departments than the last time. A call that breaks off is finished by the next
 * one; who is settled already is not written again.
 */
export async function followMapping(deps: DirectoryDeps): Promise<void> {
  const { groups = [], departments = [] } = deps.distribution.directory ?? {};
  const hash = canonicalHash({ groups, departments });
  if ((await deps.directory.readMapping()) === hash) return;
  const names = await readGroupNames(deps);
  await fewAtATime(await managedPeople(deps), ({ directory: { id } }) => changeGroupsOf(id, (all) => [...all], names, deps));
  await deps.directory.putMapping(hash);
}
