import { createHash } from 'node:crypto';
import { foldedName, isOneLine } from '../shared/text.ts';
import { untilWon } from '../subscriber/rewrite-profile.ts';
import { allowLosses } from './allow-losses.ts';
import { underBrakes } from './brake.ts';
import type { GroupDraft } from './group-draft.ts';
import { oneAtATime } from './lease.ts';
import { changeMembers, planMembers, settleMembers } from './members.ts';
import type { DirectoryDeps, DirectoryGroup } from './ports.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';

/** The most groups of a directory. */
const mostGroups = 1000;

type CheckSeenGroup = (group: DirectoryGroup) => void;

/**
 * Makes a group. Throws a refusal: `uniqueness` if one has this name. Two requests at once make one
 * group, because its id is made of the name.
 */
export const createGroup = (draft: GroupDraft, deps: DirectoryDeps): Promise<DirectoryGroup> =>
  oneAtATime(deps, async () => {
    const displayName = nameIn(draft);
    const plan = await planMembers(undefined, draft.members, deps);
    const groups = await deps.directory.readGroups();
    if (groups.some((one) => isSame(one.displayName, displayName))) throw taken();
    if (groups.length >= mostGroups)
      throw new DirectoryRefusal(
        413,
        `A directory has at most ${mostGroups} groups here.`,
        'Push only groups that the distribution file names.',
        'tooMany',
      );
    const at = deps.now();
    const group = { id: freeId(displayName, groups), displayName, externalId: draft.externalId, at, changedAt: at, version: 1 };
    // The id is made of the name. Whom an earlier group of that name left is not in this one.
    await changeMembers(group.id, await planMembers(group.id, [{ kind: 'all' }], deps), deps);
    if (!(await deps.directory.writeGroup(group, 0))) throw taken();
    await deps.leaveLine('directory group changed', { group: group.id, change: 'created' });
    await changeMembers(group.id, plan, deps);
    return group;
  });

/**
 * Changes a group's name and members. The same again changes nothing, and finishes a change that
 * broke off. Throws a refusal; members whom nobody knows are refused before anything is written.
 */
export const changeGroup = (
  id: string,
  change: (before: GroupDraft) => GroupDraft,
  checkSeen: CheckSeenGroup,
  deps: DirectoryDeps,
): Promise<DirectoryGroup> =>
  oneAtATime(deps, async () => {
    const { group, plan } = await underBrakes(deps, (allow) =>
      untilWon({ sid: id }, async () => {
        const groups = await deps.directory.readGroups();
        const before = groupOr404(id, groups);
        checkSeen(before);
        const draft = change({ displayName: before.displayName, externalId: before.externalId, members: [] });
        const displayName = nameIn(draft);
        if (groups.some((one) => one.id !== id && isSame(one.displayName, displayName))) throw taken();
        const isKnown = displayName === before.displayName && draft.externalId === before.externalId;
        const unsettled = before.unsettled || !isSame(displayName, before.displayName) || undefined;
        const changes = { displayName, externalId: draft.externalId, unsettled, changedAt: deps.now(), version: before.version + 1 };
        const later = { ...before, ...changes };
        const group = isKnown ? before : later;
        const plan = await planMembers(id, draft.members, deps);
        await allowLosses({ before, after: group, plan }, allow, deps);
        if (isKnown) return { group, plan };
        if (!(await deps.directory.writeGroup(group, before.version))) return 'lost';
        await deps.leaveLine('directory group changed', { group: id, change: 'changed' });
        return { group, plan };
      }),
    );
    await changeMembers(id, plan, deps);
    return group.unsettled ? settleByName(group, deps) : group;
  });

/** Gives everybody in a group the team of its new name, and notes that they have it. */
async function settleByName(group: DirectoryGroup, deps: DirectoryDeps): Promise<DirectoryGroup> {
  await settleMembers(group.id, deps);
  const settled = { ...group, unsettled: undefined, version: group.version + 1 };
  await deps.directory.writeGroup(settled, group.version);
  return settled;
}

/** Takes everybody out of the group, then removes it. */
export const removeGroup = (id: string, checkSeen: CheckSeenGroup, deps: DirectoryDeps): Promise<void> =>
  oneAtATime(deps, async () => {
    const group = groupOr404(id, await deps.directory.readGroups());
    checkSeen(group);
    const plan = await planMembers(id, [{ kind: 'all' }], deps);
    await underBrakes(deps, (allow) => allowLosses({ before: group, after: undefined, plan }, allow, deps));
    await changeMembers(id, plan, deps);
    await deps.directory.removeGroup(id);
    await deps.leaveLine('directory group changed', { group: id, change: 'deleted' });
  });

function nameIn({ displayName }: GroupDraft): string {
  if (displayName === undefined || !isOneLine(displayName))
    throw invalidValue('displayName of the group is missing, or is not one line.', 'Send its name on one line.');
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
const taken = () =>
  new DirectoryRefusal(
    409,
    'A group has this displayName already.',
    'Find it by its name and change that one, or rename one of the two.',
    'uniqueness',
  );

/** The group with this id, or a refusal. */
export function groupOr404(id: string, groups: readonly DirectoryGroup[]): DirectoryGroup {
  const group = groups.find((one) => one.id === id);
  if (group) return group;
  throw new DirectoryRefusal(
    404,
    `There is no group with the id ${JSON.stringify(id.slice(0, 64))}.`,
    'Look it up by displayName, and create it if none is found.',
  );
}
