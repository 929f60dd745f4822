import type { Distribution } from '../distribution/distribution.ts';
import { foldedName } from '../shared/text.ts';
import type { InDirectory } from '../subscriber/directory.ts';
import type { GroupNames } from './ports.ts';

type User = Pick<InDirectory, 'displayName' | 'formatted' | 'givenName' | 'familyName' | 'department' | 'groups'>;

/**
 * What the directory gives of a profile: the name, and by the distribution file the team and the
 * role. Of two groups that give a team, the one that stands first in the file wins. Groups that the
 * file does not name give nothing.
 */
export function givenBy(user: User, names: GroupNames, { directory }: Pick<Distribution, 'directory'>): InDirectory['gave'] {
  const groups = new Set(user.groups.flatMap((id) => (names.has(id) ? [foldedName(names.get(id) ?? '')] : [])));
  const department = user.department === undefined ? undefined : foldedName(user.department);
  const entries = [
    ...(directory?.groups ?? []).filter(({ group }) => groups.has(foldedName(group))),
    ...(directory?.departments ?? []).filter((one) => foldedName(one.department) === department),
  ];
  const name = user.displayName ?? user.formatted ?? ([user.givenName, user.familyName].filter(Boolean).join(' ') || undefined);
  const [team, role] = [entries.find((one) => one.team)?.team, entries.find((one) => one.role)?.role];
  return { ...(name !== undefined && { name }), ...(team !== undefined && { team }), ...(role !== undefined && { role }) };
}

/** Whether departments are kept at all. */
export const mapsDepartments = ({ directory }: Pick<Distribution, 'directory'>): boolean => (directory?.departments.length ?? 0) > 0;
