import { movePerson } from '../rights/move-person.ts';
import { isForgotten, isMovedAway, markOf } from '../subscriber/beginning.ts';
import { untilWon } from '../subscriber/rewrite-profile.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { type Address, parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import { type DirectoryUser, findUser, isManaged, userOr404 } from './find-user.ts';
import { mapsDepartments } from './given.ts';
import { allowLeaver } from './leavers.ts';
import { type DirectoryDeps, readGroupNames } from './ports.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';
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
  const settled = await untilWon(who, async (): Promise<Settled | 'lost'> => {
    const [profile] = await deps.people.readProfiles([who]);
    // Read after the profile: the mark is written before the profile goes.
    const mark = await markIn(who.sid, deps);
    if (profile && isManaged(profile)) throw taken();
    refuseGone(mark, profile);
    if (!isPlaced) await deps.directory.putPlace(id, [who.sid]);
    isPlaced = true;
    return settleUser(profile, { ...wishOf(draft, deps), id, groups: [], address: address.written }, { names, mark }, deps);
  });
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
  const names = await readGroupNames(deps);
  let isMoved = false;
  const settled = await untilWon({ sid: id }, async (): Promise<Settled | 'lost'> => {
    const { user, stray } = await userOr404(id, deps);
    if (!isMoved) await checkSeen(user);
    const draft = change(draftOf(user));
    const address = addressOf(draft);
    const { sid } = personOf(address.written, {}, deps);
    if (sid !== user.sid || stray) {
      if (!stray) refuseErased(await markIn(sid, deps), undefined);
      await moveUser(stray ?? user, stray ? userAddress(user) : address, id, deps);
      isMoved = true;
      return 'lost';
    }
    return settleUser(user, { ...wishOf(draft, deps), id, groups: user.directory.groups, address: address.written }, { names }, deps);
  });
  await leaveLines(settled, 'changed', deps);
  return managed(settled.after);
}

/** Changes the groups of one person. Nothing happens if the directory has nobody with this id. */
export async function changeGroupsOf(
  id: string,
  change: (groups: readonly string[]) => string[],
  names: Awaited<ReturnType<typeof readGroupNames>>,
  deps: DirectoryDeps,
): Promise<void> {
  const settled = await untilWon({ sid: id }, async (): Promise<Settled | 'lost' | undefined> => {
    const found = await findUser(id, deps);
    if (!found) return undefined;
    const { user } = found;
    const { gave: _, at: _a, changedAt: _c, ...kept } = user.directory;
    return settleUser(user, { ...kept, groups: change(kept.groups), address: user.address }, { names }, deps);
  });
  if (settled) await leaveLines(settled, 'changed', deps);
}

/**
 * Lets go of a person: they are suspended like somebody who left, and the directory no longer
 * manages them. Their profile stays until somebody erases it.
 */
export async function removeUser(id: string, checkSeen: CheckSeen, deps: DirectoryDeps): Promise<void> {
  await untilWon({ sid: id }, async () => {
    const { user } = await userOr404(id, deps);
    await checkSeen(user);
    const { directory: _, ...rest } = user;
    const suspended = user.suspended ?? { at: deps.now() };
    if (!user.suspended) await allowLeaver(deps);
    const after: Profile = { ...rest, suspended, suspendedBy: user.suspendedBy ?? 'directory', revision: user.revision + 1 };
    if (!(await deps.people.writeProfile(after, user.revision))) return 'lost';
    await deps.sessions.endAll(user.sid);
    await deps.leaveLine('directory user changed', { subscriber: user.sid, realm: 'staff', change: 'deleted' });
    return 'done';
  });
  await deps.directory.removePlace(id);
}

function addressOf({ userName = '' }: UserDraft): Address {
  const address = parseAddress(userName);
  if (!address) throw invalidValue('userName is not an address that mail can be sent to. Map it to the attribute that holds the address.');
  return address;
}

const userAddress = ({ address }: Pick<Profile, 'address'>) => addressOf({ userName: address, active: true });

/** The user as a directory would have sent them. */
function draftOf({ address, directory }: DirectoryUser): UserDraft {
  const { externalId, displayName, formatted, givenName, familyName, department, active } = directory;
  const texts = Object.entries({ externalId, displayName, formatted, givenName, familyName, department });
  return { userName: address, active, ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)) };
}

function wishOf({ userName: _, email: _e, department, ...draft }: UserDraft, { distribution }: DirectoryDeps) {
  return { ...draft, ...(department !== undefined && mapsDepartments(distribution) && { department }) };
}

const markIn = (sid: string, { suppressed, secrets }: DirectoryDeps) => markOf(sid, { suppressed, suppressionSecret: secrets.suppression });
type MaybeMark = Awaited<ReturnType<typeof markIn>>;

function refuseErased(mark: MaybeMark, profile: Profile | undefined): void {
  if (mark && isForgotten(mark, profile))
    throw new DirectoryRefusal(403, 'This person was erased. They can come back by signing up themselves. Take them out of the scope.');
}

function refuseGone(mark: MaybeMark, profile: Profile | undefined): void {
  refuseErased(mark, profile);
  if (mark && isMovedAway(mark, profile))
    throw new DirectoryRefusal(
      403,
      'This address belonged to somebody who was moved to another one. If somebody else has it now: afterword people lift ADDRESS --reason "…".',
    );
}

/** The place is written first: whoever finds nobody there looks at the address before. */
async function moveUser(from: Profile, to: Address, id: string, deps: DirectoryDeps): Promise<void> {
  const target = subscriberId('staff', to, deps.secrets.identity);
  if (from.directory?.id === id) await deps.directory.putPlace(id, [from.sid, target]);
  const moved = await movePerson(from, to, {
    ...deps.erasing,
    people: deps.people,
    sessions: deps.sessions,
    suppressed: deps.suppressed,
    identitySecret: deps.secrets.identity,
    suppressionSecret: deps.secrets.suppression,
    now: deps.now,
  });
  if (moved === 'taken') throw taken();
  if (typeof moved === 'object') await deps.leaveLine('person moved', { subscriber: moved.to.sid, realm: 'staff', way: 'directory' });
}

const taken = () => new DirectoryRefusal(409, 'Somebody has this userName already.', 'uniqueness');

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
    const facts = { stream, field: 'frequency', after: 'on', way: 'import', subscribers: after.sid };
    await deps.leaveLine('subscription changed', facts);
  }
}
