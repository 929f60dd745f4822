import { createHash } from 'node:crypto';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { foldedName, isOneLine } from '../shared/text.ts';
import { mostGroupsOfOne } from '../subscriber/directory.ts';
import { untilWon } from '../subscriber/rewrite-profile.ts';
import { changeGroupsOf } from './change-user.ts';
import { findUser } from './find-user.ts';
import type { GroupDraft, Membership } from './group-draft.ts';
import { managedPeople, membersOf } from './list-users.ts';
import { type DirectoryDeps, type DirectoryGroup, readGroupNames } from './ports.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';

/** The most groups of a directory, and the most members whom one request changes. */
const mostGroups = 1000;
const mostMembers = 3000;

/** How many people are written at the same time. */
const abreast = 25;

type CheckSeenGroup = (group: DirectoryGroup) => void;

/**
 * Makes a group. Throws a refusal: `uniqueness` if one has this name. Two requests at once make one
 * group, because its id is made of the name.
 */
export async function createGroup(draft: GroupDraft, deps: DirectoryDeps): Promise<DirectoryGroup> {
  const displayName = nameIn(draft);
  await refuseUnknown(draft.members, deps);
  const groups = await deps.directory.readGroups();
  if (groups.some((one) => isSame(one.displayName, displayName))) throw taken();
  if (groups.length >= mostGroups) throw new DirectoryRefusal(413, `A directory has at most ${mostGroups} groups here.`, 'tooMany');
  const at = deps.now();
  const group = { id: freeId(displayName, groups), displayName, externalId: draft.externalId, at, changedAt: at, version: 1 };
  if (!(await deps.directory.writeGroup(group, 0))) throw taken();
  await deps.leaveLine('directory group changed', { group: group.id, change: 'created' });
  await changeMembers(group.id, draft.members, deps);
  return group;
}

/**
 * Changes a group's name and members. The same again changes nothing, and finishes a change that
 * broke off. Throws a refusal; members whom nobody knows are refused before anything is written.
 */
export async function changeGroup(
  id: string,
  change: (before: GroupDraft) => GroupDraft,
  checkSeen: CheckSeenGroup,
  deps: DirectoryDeps,
): Promise<DirectoryGroup> {
  let members: readonly Membership[] = [];
  const { group, isRenamed } = await untilWon({ sid: id }, async () => {
    const groups = await deps.directory.readGroups();
    const before = groups.find((one) => one.id === id);
    if (!before) throw unknown(id);
    checkSeen(before);
    const draft = change({ displayName: before.displayName, externalId: before.externalId, members: [] });
    members = draft.members;
    const displayName = nameIn(draft);
    const isKnown = displayName === before.displayName && draft.externalId === before.externalId;
    if (groups.some((one) => one.id !== id && isSame(one.displayName, displayName))) throw taken();
    await refuseUnknown(members, deps);
    if (isKnown) return { group: before, isRenamed: false };
    const after = { ...before, displayName, externalId: draft.externalId, changedAt: deps.now(), version: before.version + 1 };
    if (!(await deps.directory.writeGroup(after, before.version))) return 'lost';
    await deps.leaveLine('directory group changed', { group: id, change: 'changed' });
    return { group: after, isRenamed: !isSame(displayName, before.displayName) };
  });
  await changeMembers(id, members, deps);
  if (isRenamed) await settleMembers(id, deps);
  return group;
}

/** Takes everybody out of the group, then removes it. */
export async function removeGroup(id: string, checkSeen: CheckSeenGroup, deps: DirectoryDeps): Promise<void> {
  const group = (await deps.directory.readGroups()).find((one) => one.id === id);
  if (!group) throw unknown(id);
  checkSeen(group);
  await changeMembers(id, [{ kind: 'all' }], deps);
  await deps.directory.removeGroup(id);
  await deps.leaveLine('directory group changed', { group: id, change: 'deleted' });
}

/** Has the team and the role of each member found anew. */
async function settleMembers(id: string, deps: DirectoryDeps): Promise<void> {
  const names = await readGroupNames(deps);
  const members = membersOf(id, await managedPeople(deps));
  await fewAtATime(members, ({ directory }) => changeGroupsOf(directory.id, (groups) => [...groups], names, deps), abreast);
}

async function changeMembers(group: string, changes: readonly Membership[], deps: DirectoryDeps): Promise<void> {
  if (changes.length === 0) return;
  const wanted = new Map<string, boolean>();
  for (const change of changes) {
    if (change.kind === 'all') {
      for (const { directory } of membersOf(group, await managedPeople(deps))) wanted.set(directory.id, false);
      for (const id of wanted.keys()) wanted.set(id, false);
    } else wanted.set(change.id, change.kind === 'add');
  }
  const names = await readGroupNames(deps);
  await fewAtATime(
    [...wanted],
    ([id, isIn]) =>
      changeGroupsOf(id, (groups) => [...groups.filter((one) => one !== group), ...(isIn ? [group] : [])].toSorted(), names, deps),
    abreast,
  );
}

async function refuseUnknown(changes: readonly Membership[], deps: DirectoryDeps): Promise<void> {
  const added = [...new Set(changes.flatMap((change) => (change.kind === 'add' ? [change.id] : [])))];
  if (changes.length > mostMembers)
    throw new DirectoryRefusal(
      413,
      `At most ${mostMembers} members are changed by one request. Send the others in a further one.`,
      'tooMany',
    );
  const found = await fewAtATime(added, (id) => findUser(id, deps), abreast);
  const missing = added.find((_, n) => found[n] === undefined);
  if (missing !== undefined) throw invalidValue(`members: there is no user with the id ${JSON.stringify(missing.slice(0, 64))}.`);
  const full = found.find((one) => (one?.user.directory.groups.length ?? 0) >= mostGroupsOfOne);
  if (full) throw invalidValue(`members: ${full.user.directory.id} is in ${mostGroupsOfOne} groups already.`);
}

function nameIn({ displayName }: GroupDraft): string {
  if (displayName === undefined || !isOneLine(displayName)) throw invalidValue('displayName of the group is missing, or is not one line.');
  return displayName;
}

/** A group that was given another name keeps its id, so the name alone may have been used. */
function freeId(displayName: string, groups: readonly DirectoryGroup[]): string {
  for (let n = 0; ; n += 1) {
    const id = createHash('sha256')
      .update(`${foldedName(displayName)}\n${n}`)
      .digest('hex')
      .slice(0, 32);
    if (!groups.some((one) => one.id === id)) return id;
  }
}

const isSame = (one: string, other: string) => foldedName(one) === foldedName(other);
const taken = () => new DirectoryRefusal(409, 'A group has this displayName already.', 'uniqueness');
const unknown = (id: string) => new DirectoryRefusal(404, `There is no group with the id ${JSON.stringify(id.slice(0, 64))}.`);
