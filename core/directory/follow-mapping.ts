import { canonicalHash } from '../shared/canonical-hash.ts';
import { changeGroupsOf } from './change-user.ts';
import { oneAtATime } from './lease.ts';
import { managedPeople } from './list-users.ts';
import { forEach } from './members.ts';
import { type DirectoryDeps, readGroupNames } from './ports.ts';
import { DirectoryRefusal } from './refusal.ts';

/** Kept in place of a hash, so that a mapping that comes back is followed anew. */
const noMapping = 'none';

/**
 * Gives everybody the team and the role that the distribution file in force gives them, if it maps
 * other groups or departments than the last time. A call that breaks off is finished by the next
 * one; who is settled already is not written again. Somebody who may not be taken any more, such as
 * one of a domain that is the organisation's no longer, stays as they are: they must not end every
 * request of the directory. A file without `directory:` takes nothing from anybody.
 */
export async function followMapping(deps: DirectoryDeps): Promise<void> {
  const { directory } = deps.distribution;
  const hash = directory ? canonicalHash({ groups: directory.groups, departments: directory.departments }) : noMapping;
  if ((await deps.directory.readMapping()) === hash) return;
  if (hash === noMapping) return deps.directory.putMapping(noMapping);
  await oneAtATime(deps, async () => {
    // Another request followed it meanwhile.
    if ((await deps.directory.readMapping()) === hash) return;
    const names = await readGroupNames(deps);
    await forEach(
      await managedPeople(deps),
      async ({ directory: { id } }) => {
        try {
          await changeGroupsOf(id, (all) => [...all], names, deps);
        } catch (error) {
          if (!(error instanceof DirectoryRefusal)) throw error;
        }
      },
      deps,
    );
    await deps.directory.putMapping(hash);
  });
}
