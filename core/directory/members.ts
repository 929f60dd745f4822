import { fewAtATime } from '../shared/few-at-a-time.ts';
import { mostGroupsOfOne } from '../subscriber/directory.ts';
import { changeGroupsOf, inTooMany } from './change-user.ts';
import { findUser } from './find-user.ts';
import type { Membership } from './group-draft.ts';
import { DirectoryUnfinished } from './lease.ts';
import { managedPeople, membersOf } from './list-users.ts';
import { type DirectoryDeps, readGroupNames } from './ports.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';

/** The most members whom one request changes. */
const mostMembers = 3000;
/** How many people are written at the same time. */
export const abreast = 25;

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
  await forEach([...plan], ([id, isIn]) => changeGroupsOf(id, (groups) => groupsAfter(groups, group, isIn), names, deps), deps);
}

/** Has the team and the role of each member found anew. */
export async function settleMembers(group: string, deps: DirectoryDeps): Promise<void> {
  const names = await readGroupNames(deps);
  const members = membersOf(group, await managedPeople(deps));
  await forEach(members, ({ directory }) => changeGroupsOf(directory.id, (groups) => [...groups], names, deps), deps);
}

/**
 * Works on all of them, also after one failed, and throws the first error at the end. Until then
 * the lease is needed. Begins with nobody any more when the time is up, and throws
 * DirectoryUnfinished.
 */
export async function forEach<One>(
  all: readonly One[],
  work: (one: One) => Promise<void>,
  { hasTime }: Pick<DirectoryDeps, 'hasTime'>,
): Promise<void> {
  const failures: unknown[] = [];
  let left = 0;
  const begin = async (one: One) => {
    if (hasTime()) await work(one).catch((error: unknown) => failures.push(error));
    else left += 1;
  };
  await fewAtATime(all, begin, abreast);
  if (failures.length > 0) throw failures[0];
  if (left > 0) throw new DirectoryUnfinished(left);
}

export const groupsAfter = (groups: readonly string[], group: string, isIn: boolean): string[] =>
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
