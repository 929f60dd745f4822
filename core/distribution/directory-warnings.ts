import type { Flaw } from '../shared/errors.ts';
import { foldedName } from '../shared/text.ts';
import type { Distribution } from './distribution.ts';
import { type UnknownName, unknownRoles, unknownTeams } from './known-names.ts';

/**
 * Warns of what the mapping of the directory says and hardly means: a team that the file does not
 * list, a role that it names nowhere, an entry that gives nothing, and a group that stands twice.
 */
export function directoryWarnings(distribution: Distribution): Flaw[] {
  const { groups = [], departments = [] } = distribution.directory ?? {};
  return [
    ...mappingWarnings(
      'groups',
      groups.map(({ group, ...gives }) => ({ name: group, ...gives })),
      distribution,
    ),
    ...mappingWarnings(
      'departments',
      departments.map(({ department, ...gives }) => ({ name: department, ...gives })),
      distribution,
    ),
  ];
}

interface Entry {
  readonly name: string;
  readonly team?: string | undefined;
  readonly role?: string | undefined;
}

function mappingWarnings(list: 'groups' | 'departments', entries: readonly Entry[], distribution: Distribution): Flaw[] {
  return entries.flatMap(({ name, team, role }, n) => {
    const field = `directory.${list}.${n}`;
    const first = entries.findIndex((one) => foldedName(one.name) === foldedName(name));
    const shown = JSON.stringify(name);
    return [
      ...(first < n ? [{ field, problem: `${shown} stands in entry ${first + 1} already`, remedy: 'Keep one of the two.' }] : []),
      ...(team === undefined && role === undefined
        ? [{ field, problem: `${shown} gives nothing`, remedy: 'Add a team or a role, or leave it out.' }]
        : []),
      ...unknownTeams(team === undefined ? [] : [team], distribution).map((one) => unknownFlaw(`${field}.team`, 'team', one)),
      ...unknownRoles(role === undefined ? [] : [role], distribution).map((one) => unknownFlaw(`${field}.role`, 'role', one)),
    ];
  });
}

const unknownFlaw = (field: string, what: 'team' | 'role', { name, meant }: UnknownName): Flaw => ({
  field,
  problem: `"${name}" is no ${what} that the file names`,
  remedy: meant === undefined ? `Correct it, or name the ${what} in the file.` : `Did you mean ${meant}?`,
});
