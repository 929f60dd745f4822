import type { Distribution } from '../distribution/distribution.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { foldedName } from '../shared/text.ts';
import { mostGroupsOfOne } from '../subscriber/directory.ts';
import type { Allow } from './brake.ts';
import { changeGroupsOf, inTooMany } from './change-user.ts';
import { type DirectoryUser, findUser } from './find-user.ts';
import type { Membership } from './group-draft.ts';
import { type ListedUser, managedPeople, membersOf } from './list-users.ts';
import { type DirectoryDeps, type DirectoryGroup, type GroupNames, readGroupNames } from './ports.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';
import { givenTo, needOf } from './settle-user.ts';

/** The most members whom one request changes. */
const mostMembers = 3000;
/** How many people are written at the same time. */
const abreast = 25;

/** Who is in a group afterwards, by id: true for whoever comes, false for whoever goes. */
export type MembershipPlan = ReadonlyMap<string, boolean>;

/**
 * What the changes of a request come to. Throws a refusal if there are too many, or if one cannot
 * be made: then nothing is to be changed.
 */
export async function planMembers(group: string | undefined, changes: readonly Membership[], deps: DirectoryDeps): Promise<MembershipPlan> {
  await refuseUnknown(group, changes, deps);
  const plan = new Map<string, boolean>();
  const isAsked = group !== undefined && changes.some(({ kind }) => kind === 'all');
  const members = isAsked ? membersOf(group, await managedPeople(deps)) : [];
  for (const change of changes) {
    if (change.kind === 'all') {
      for (const { directory } of members) plan.set(directory.id, false);
      for (const id of plan.keys()) plan.set(id, false);
    } else plan.set(change.id, change.kind === 'add');
  }
  return plan;
}

export async function changeMembers(group: string, plan: MembershipPlan, deps: DirectoryDeps): Promise<void> {
  if (plan.size === 0) return;
  const names = await readGroupNames(deps);
  await fewAtATime([...plan], ([id, isIn]) => changeGroupsOf(id, (groups) => changed(groups, group, isIn), names, deps), abreast);
}

/** Has the team and the role of each member found anew. */
export async function settleMembers(group: string, deps: DirectoryDeps): Promise<void> {
  const names = await readGroupNames(deps);
  const members = membersOf(group, await managedPeople(deps));
  await fewAtATime(members, ({ directory }) => changeGroupsOf(directory.id, (groups) => [...groups], names, deps), abreast);
}

/**
 * Counts from whom a request takes a team or a role. Throws a refusal if they are too many for one
 * day, or if it takes everybody out of a group that the distribution file names. `after`: the group
 * as the request leaves it, undefined if it goes.
 */
export async function allowLosses(
  before: DirectoryGroup,
  after: DirectoryGroup | undefined,
  plan: MembershipPlan,
  allow: Allow,
  deps: DirectoryDeps,
): Promise<void> {
  const isRenamed = after?.displayName !== before.displayName;
  const leaving = [...plan].filter(([, isIn]) => !isIn).map(([id]) => id);
  if (!isMapped(before, deps.distribution) || (leaving.length === 0 && !isRenamed)) return allow({});
  const people = isRenamed || leaving.length > 1 ? membersOf(before.id, await managedPeople(deps)) : [];
  const names = new Map([...(await readGroupNames(deps)), [before.id, after?.displayName ?? '']]);
  const touched = new Set([...leaving, ...(isRenamed ? people.map(({ directory }) => directory.id) : [])]);
  const users = await fewAtATime([...touched], (id) => findUser(id, deps), abreast);
  const losing = users.flatMap((found) => (found && losesIn(found.user, before.id, plan, names, deps) ? [found.user] : []));
  if (losing.length > 1 && isEmptied(people, plan, isRenamed)) await refuseEmptied(before, losing.length, deps);
  await allow({ losses: losing.length });
}

function losesIn(user: DirectoryUser, group: string, plan: MembershipPlan, names: GroupNames, deps: DirectoryDeps): boolean {
  const groups = changed(user.directory.groups, group, plan.get(user.directory.id) ?? true);
  const wish = { ...user.directory, groups, address: user.address };
  return needOf(user, wish, givenTo(user, wish, names, deps)).losses > 0;
}

/** Another name takes from everybody, as long as the file does not have it. */
const isEmptied = (people: readonly ListedUser[], plan: MembershipPlan, isRenamed: boolean): boolean =>
  isRenamed || (people.every(({ directory }) => plan.get(directory.id) === false) && ![...plan.values()].includes(true));

async function refuseEmptied({ id, displayName }: DirectoryGroup, people: number, deps: DirectoryDeps): Promise<never> {
  const day = deps.now().slice(0, 10);
  await deps.leaveLine('directory braked', { brake: 'emptied group', group: id, people: String(people), day });
  throw new DirectoryRefusal(
    403,
    `This would take the team or the role from all ${people} people in the group ${JSON.stringify(displayName)}, which the distribution file names. Nothing was changed.`,
    'Look in the directory whether its members or its name were changed by mistake. If not, take the group out of directory.groups, or write its new name beside the old one, and apply the file.',
  );
}

const isMapped = ({ displayName }: DirectoryGroup, { directory }: Distribution): boolean =>
  directory?.groups.some(({ group }) => foldedName(group) === foldedName(displayName)) ?? false;

const changed = (groups: readonly string[], group: string, isIn: boolean): string[] =>
  [...groups.filter((one) => one !== group), ...(isIn ? [group] : [])].toSorted();

async function refuseUnknown(group: string | undefined, changes: readonly Membership[], deps: DirectoryDeps): Promise<void> {
  const added = [...new Set(changes.flatMap((change) => (change.kind === 'add' ? [change.id] : [])))];
  if (changes.length > mostMembers)
    throw new DirectoryRefusal(
      413,
      `At most ${mostMembers} members are changed by one request.`,
      'Send the others in a further one.',
      'tooMany',
    );
  const found = await fewAtATime(added, (id) => findUser(id, deps), abreast);
  const missing = added.find((_, n) => found[n] === undefined);
  if (missing !== undefined)
    throw invalidValue(
      `members: there is no user with the id ${JSON.stringify(missing.slice(0, 64))}.`,
      'Create the user first, or leave it out.',
    );
  const full = found.find((one) => {
    const groups = one?.user.directory.groups ?? [];
    return groups.length >= mostGroupsOfOne && !groups.some((known) => known === group);
  });
  if (full) throw inTooMany(full.user.directory.id);
}
