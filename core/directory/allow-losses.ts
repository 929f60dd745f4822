import type { Distribution } from '../distribution/distribution.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { foldedName } from '../shared/text.ts';
import { type Allow, tellOnce } from './brake.ts';
import { type DirectoryUser, findUser } from './find-user.ts';
import { type ListedUser, managedPeople, membersOf } from './list-users.ts';
import { abreast, groupsAfter, type MembershipPlan } from './members.ts';
import { type DirectoryDeps, type DirectoryGroup, type GroupNames, readGroupNames } from './ports.ts';
import { DirectoryRefusal } from './refusal.ts';
import { givenTo, needOf } from './settle-user.ts';

/** The latest of whom one group lost on a day. Two are enough to refuse; a row has 400 KB. */
const mostKept = 2000;

/** What a request does to one group. `after` is undefined if the group goes. */
export interface GroupChange {
  readonly before: DirectoryGroup;
  readonly after: DirectoryGroup | undefined;
  readonly plan: MembershipPlan;
}

/**
 * Counts from whom a request takes a team or a role. Throws a refusal if they are too many for one
 * day, or if nobody would be left in a group that the distribution file names, and two people or
 * more would have lost by it on this day. Needs the lease: it decides by what it reads.
 */
export async function allowLosses(change: GroupChange, allow: Allow, deps: DirectoryDeps): Promise<void> {
  const { before, after, plan } = change;
  const isRenamed = after?.displayName !== before.displayName;
  const leaving = [...plan].filter(([, isIn]) => !isIn).map(([id]) => id);
  if (!isMapped(before, deps.distribution) || (leaving.length === 0 && !isRenamed)) return allow({});
  const names = new Map([...(await readGroupNames(deps)), [before.id, after?.displayName ?? '']]);
  const touched = new Set([...leaving, ...(isRenamed ? (await listMembers(change, deps)).map(({ directory }) => directory.id) : [])]);
  const losing = (await usersWith([...touched], deps)).filter((user) => losesIn(user, before.id, plan, names, deps));
  if (losing.length === 0) return allow({});

  const day = deps.now().slice(0, 10);
  const earlier = await deps.directory.readTakenOut(before.id, day);
  const taken = new Set([...losing.map(({ directory }) => directory.id), ...earlier]);
  if (taken.size > 1 && (isRenamed || (await isEmptied(change, deps)))) {
    const others = (await usersWith(earlier, deps)).filter((user) => hasLost(user, change, losing, deps));
    const lost = losing.length + others.length;
    if (lost > 1) return refuseEmptied(before, lost, day, deps);
  }
  await allow({ losses: losing.length });
  // Before the members: a crash in between leaves people counted who were not taken out.
  await deps.directory.putTakenOut(before.id, day, [...taken].slice(0, mostKept));
}

const listMembers = async ({ before }: GroupChange, deps: DirectoryDeps): Promise<ListedUser[]> =>
  membersOf(before.id, await managedPeople(deps));

const usersWith = async (ids: readonly string[], deps: DirectoryDeps): Promise<DirectoryUser[]> =>
  (await fewAtATime(ids, (id) => findUser(id, deps), abreast)).flatMap((found) => found?.user ?? []);

function losesIn(user: DirectoryUser, group: string, plan: MembershipPlan, names: GroupNames, deps: DirectoryDeps): boolean {
  const groups = groupsAfter(user.directory.groups, group, plan.get(user.directory.id) ?? true);
  const wish = { ...user.directory, groups, address: user.address };
  return needOf(user, wish, givenTo(user, wish, names, deps)).losses > 0;
}

/** Whoever left the organisation is in no team. The list of people may lag, so profiles decide. */
async function isEmptied(change: GroupChange, deps: DirectoryDeps): Promise<boolean> {
  const { before, plan } = change;
  if ([...plan.values()].includes(true)) return false;
  const others = (await listMembers(change, deps)).filter(({ directory }) => plan.get(directory.id) !== false);
  const profiles = others.length === 0 ? [] : await deps.people.readProfiles(others);
  return !profiles.some(({ suspended, directory }) => !suspended && directory?.groups.includes(before.id));
}

/** Whether somebody who was taken out earlier on the day still lacks what the group gives. */
function hasLost(user: DirectoryUser, { before }: GroupChange, losing: readonly DirectoryUser[], { distribution }: DirectoryDeps): boolean {
  const { id, gave, groups } = user.directory;
  if (user.suspended || groups.includes(before.id) || losing.some(({ directory }) => directory.id === id)) return false;
  const given = entriesFor(before, distribution);
  return (['team', 'role'] as const).some((field) => gave[field] === undefined && given.some((entry) => entry[field] !== undefined));
}

async function refuseEmptied({ id, displayName }: DirectoryGroup, lost: number, day: string, deps: DirectoryDeps): Promise<never> {
  const brake = 'emptied group';
  const group = { id, name: displayName, people: lost };
  await tellOnce({ day, at: deps.now(), brake, group }, { brake, group: id, people: String(lost), day }, deps);
  throw new DirectoryRefusal(
    403,
    `Nobody would be left in the group ${JSON.stringify(displayName)}, which the distribution file names, and ${lost} people would have lost their team or role by it today (UTC). Nothing was changed.`,
    'Look in the directory whether its members or its name were changed by mistake. If not, take the group out of directory.groups, or write its new name beside the old one, and apply the file.',
  );
}

const entriesFor = ({ displayName }: DirectoryGroup, { directory }: Distribution) =>
  directory?.groups.filter(({ group }) => foldedName(group) === foldedName(displayName)) ?? [];
const isMapped = (group: DirectoryGroup, distribution: Distribution): boolean => entriesFor(group, distribution).length > 0;
