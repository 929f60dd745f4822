import { mostGroupsOfOne } from '../subscriber/directory.ts';
import { untilWon } from '../subscriber/rewrite-profile.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { subscriberId } from '../subscriber/subscriber-id.ts';
import { underBrakes } from './brake.ts';
import { type DirectoryUser, findUser, isManaged, userOr404 } from './find-user.ts';
import { mapsDepartments } from './given.ts';
import { oneAtATime } from './lease.ts';
import { addressOf, finishMove, markIn, moveUser, refuseBeforeMove, refuseGone, taken } from './move-user.ts';
import { type DirectoryDeps, type GroupNames, readGroupNames } from './ports.ts';
import { invalidValue } from './refusal.ts';
import { personOf, type Settled, settleUser } from './settle-user.ts';
import type { UserDraft } from './user-draft.ts';

/** Throws a refusal if the resource is not the one that the caller has seen (If-Match). */
type CheckSeen = (user: DirectoryUser) => Promise<void> | void;

/**
 * Takes a person in, or takes somebody over whom a file or they themselves brought. Throws a
 * refusal: `uniqueness` if the directory manages this address already, so that a request that is
 * sent again makes nobody twice.
 */
export async function createUser(draft: UserDraft, deps: DirectoryDeps): Promise<DirectoryUser> {
  const address = addressOf(draft);
  const who = { realm: 'staff', sid: personOf(address.written, {}, deps).sid } as const;
  const names = await readGroupNames(deps);
  const id = deps.newId();
  let isPlaced = false;
  const settled = await underBrakes(deps, (allow) =>
    untilWon(who, async (): Promise<Settled | 'lost'> => {
      const [profile] = await deps.people.readProfiles([who]);
      // Read after the profile: the mark is written before the profile goes.
      const mark = await markIn(who.sid, deps);
      if (profile && isManaged(profile)) throw taken();
      refuseGone(mark, profile);
      if (!isPlaced) await deps.directory.putPlace(id, [who.sid]);
      isPlaced = true;
      const wish = { ...wishOf(draft, profile, deps), id, groups: [], address: address.written };
      return settleUser(profile, wish, { names, mark, allow }, deps);
    }),
  );
  await leaveLines(settled, settled.before ? 'taken over' : 'created', deps);
  return managed(settled.after);
}

/**
 * Changes a person. Another userName is another address: they are moved there with all that they
 * chose. Throws a refusal. The same again changes nothing, and finishes a change that broke off.
 */
export async function changeUser(
  id: string,
  change: (before: UserDraft) => UserDraft,
  checkSeen: CheckSeen,
  deps: DirectoryDeps,
): Promise<DirectoryUser> {
  let used: GroupNames = new Map();
  const settled = await underBrakes(deps, (allow) => {
    let moves = 0;
    return untilWon({ sid: id }, async (): Promise<Settled | 'lost'> => {
      const { user, stray } = await userOr404(id, deps);
      if (moves === 0) await checkSeen(user);
      if (stray) return finishMove(stray, user, deps);
      const draft = change(draftOf(user));
      const address = addressOf(draft);
      const sid = subscriberId('staff', address, deps.secrets.identity);
      // Whoever has this address may leave, also when its domain is the organisation's no longer.
      if (draft.active || sid !== user.sid) personOf(address.written, {}, deps);
      const wish = { ...wishOf(draft, user, deps), id, groups: user.directory.groups, address: address.written };
      // After the profile: whoever has a group has one whose name was written before.
      const names = await readGroupNames(deps);
      used = names;
      if (sid === user.sid) return settleUser(user, wish, { names, allow: (needed) => allow({ ...needed, moves }) }, deps);
      moves = 1;
      await refuseBeforeMove(user, wish, { names, allow, sid }, deps);
      await moveUser(user, address, deps);
      return 'lost';
    });
  });
  await leaveLines(settled, 'changed', deps);
  if (settled.before?.directory?.department !== settled.after.directory?.department)
    await settleByNewNames(managed(settled.after), used, deps);
  return managed(settled.after);
}

/**
 * Whoever gave a group another name meanwhile saw the person with their earlier department, and
 * may have had nothing to change. `used`: the names by which the person was settled.
 */
async function settleByNewNames({ directory: { id, groups } }: DirectoryUser, used: GroupNames, deps: DirectoryDeps): Promise<void> {
  const names = await readGroupNames(deps);
  if (groups.some((group) => names.get(group) !== used.get(group))) await changeGroupsOf(id, (all) => [...all], names, deps);
}

/**
 * Changes the groups of one person. Nothing happens if the directory has nobody with this id.
 * Throws a refusal if these are too many groups: a request at the same time may have added others.
 * What is taken from the person is not counted here.
 */
export async function changeGroupsOf(
  id: string,
  change: (groups: readonly string[]) => string[],
  names: GroupNames,
  deps: DirectoryDeps,
): Promise<void> {
  const settled = await untilWon({ sid: id }, async (): Promise<Settled | 'lost' | undefined> => {
    const found = await findUser(id, deps);
    if (!found) return undefined;
    const { user } = found;
    const { gave: _, at: _a, changedAt: _c, ...kept } = user.directory;
    const groups = change(kept.groups);
    if (groups.length > Math.max(mostGroupsOfOne, kept.groups.length)) throw inTooMany(id);
    return settleUser(user, { ...kept, groups, address: user.address }, { names }, deps);
  });
  if (settled) await leaveLines(settled, 'changed', deps);
}

export const inTooMany = (id: string) =>
  invalidValue(`members: ${id} is in ${mostGroupsOfOne} groups already.`, 'Push only groups that the distribution file names.');

/**
 * Lets go of a person: they are suspended like somebody who left, and the directory no longer
 * manages them. Their profile stays until somebody erases it. Not while groups change: a group
 * would take somebody in who is gone.
 */
export const removeUser = (id: string, checkSeen: CheckSeen, deps: DirectoryDeps): Promise<void> =>
  oneAtATime(deps, async () => {
    if (!(await findUser(id, deps))) await finishRemoval(id, deps);
    await underBrakes(deps, (allow) =>
      untilWon({ sid: id }, async () => {
        const { user, stray } = await userOr404(id, deps);
        await checkSeen(user);
        // Otherwise they would get mail at their earlier address, and nobody would manage it.
        if (stray) return finishMove(stray, user, deps);
        const { directory: _, ...rest } = user;
        const suspended = user.suspended ?? { at: deps.now() };
        await allow({ leavers: user.suspended ? 0 : 1 });
        const after: Profile = { ...rest, suspended, suspendedBy: user.suspendedBy ?? 'directory', revision: user.revision + 1 };
        if (!(await deps.people.writeProfile(after, user.revision))) return 'lost';
        await deps.sessions.endAll(user.sid);
        await deps.leaveLine('directory user changed', { subscriber: user.sid, realm: 'staff', change: 'deleted' });
        return 'done';
      }),
    );
    await deps.directory.removePlace(id);
  });

/**
 * What a removal that broke off left to be done. Otherwise the sessions would come back with the
 * person.
 */
async function finishRemoval(id: string, { directory, people, sessions }: DirectoryDeps): Promise<void> {
  const sids = await directory.readPlace(id);
  const profiles = sids.length > 0 ? await people.readProfiles(sids.map((sid) => ({ realm: 'staff', sid }))) : [];
  const left = profiles.filter((profile) => profile.suspendedBy === 'directory' && !isManaged(profile));
  for (const { sid } of left) await sessions.endAll(sid);
  if (left.length > 0) await directory.removePlace(id);
}

/** The user as a directory would have sent them. */
function draftOf({ address, directory }: DirectoryUser): UserDraft {
  const { externalId, displayName, formatted, givenName, familyName, department, active } = directory;
  const texts = Object.entries({ externalId, displayName, formatted, givenName, familyName, department });
  return { userName: address, active, ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)) };
}

/** While the file has no `directory:`, a department that was kept stays for the day when it has. */
function wishOf(
  { userName: _, email: _e, department: sent, ...draft }: UserDraft,
  before: Profile | undefined,
  { distribution }: DirectoryDeps,
) {
  const department = distribution.directory ? mapsDepartments(distribution) && sent : before?.directory?.department && sent;
  return { ...draft, ...(department && { department }) };
}

function managed(profile: Profile): DirectoryUser {
  if (!isManaged(profile)) throw new Error('what was settled is managed');
  return profile;
}

async function leaveLines({ before, after, added }: Settled, change: 'created' | 'taken over' | 'changed', deps: DirectoryDeps) {
  if (before === after) return;
  const turned =
    !before?.suspended && after.suspended ? ', suspended' : before?.suspended && !after.suspended ? ', no longer suspended' : '';
  await deps.leaveLine('directory user changed', { subscriber: after.sid, realm: 'staff', change: `${change}${turned}` });
  for (const stream of added) {
    const facts = { stream, field: 'frequency', after: 'on', way: 'directory', subscribers: after.sid };
    await deps.leaveLine('subscription changed', facts);
  }
}
