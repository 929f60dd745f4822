import { movePerson } from '../rights/move-person.ts';
import { isForgotten, isMovedAway, markOf } from '../subscriber/beginning.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { type Address, parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import type { Allow } from './brake.ts';
import type { DirectoryUser } from './find-user.ts';
import type { DirectoryDeps, GroupNames } from './ports.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';
import { givenTo, needOf, personOf, type Wished } from './settle-user.ts';
import type { UserDraft } from './user-draft.ts';

/** The address of a user. Throws a refusal if `userName` is none. */
export function addressOf({ userName = '' }: UserDraft): Address {
  const address = parseAddress(userName);
  if (!address)
    throw invalidValue(
      'userName is not an address that mail can be sent to.',
      'Map it to the attribute that holds the address, such as mail.',
    );
  return address;
}

/** What outlived whoever had this id before. */
export const markIn = (sid: string, { suppressed, secrets }: DirectoryDeps) =>
  markOf(sid, { suppressed, suppressionSecret: secrets.suppression });
type MaybeMark = Awaited<ReturnType<typeof markIn>>;

function refuseErased(mark: MaybeMark, profile: Profile | undefined): void {
  if (mark && isForgotten(mark, profile))
    throw new DirectoryRefusal(403, 'This person was erased.', 'They can come back by signing up themselves. Take them out of the scope.');
}

/** Throws a refusal if whoever had this address was erased or moved away. */
export function refuseGone(mark: MaybeMark, profile: Profile | undefined): void {
  refuseErased(mark, profile);
  if (mark && isMovedAway(mark, profile))
    throw new DirectoryRefusal(
      403,
      'This address belonged to somebody who was moved to another one.',
      'If somebody else has it now: afterword people lift ADDRESS --reason "…".',
    );
}

/** Everything that would refuse what is done after the move: nothing is done by halves. */
export async function refuseBeforeMove(
  user: DirectoryUser,
  wish: Wished,
  { names, allow, sid }: { readonly names: GroupNames; readonly allow: Allow; readonly sid: string },
  deps: DirectoryDeps,
): Promise<void> {
  refuseErased(await markIn(sid, deps), undefined);
  const gave = givenTo(user, wish, names, deps);
  personOf(wish.address, gave, deps);
  await allow({ ...needOf(user, wish, gave), moves: 1 });
}

/** The place is written first: whoever finds nobody there looks at the address before. */
export async function moveUser(from: Profile, to: Address, deps: DirectoryDeps): Promise<void> {
  const target = subscriberId('staff', to, deps.secrets.identity);
  if (from.directory) await deps.directory.putPlace(from.directory.id, [from.sid, target]);
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

/**
 * Finishes a move that broke off. What was asked is then done with the person at their new address.
 */
export async function finishMove(stray: Profile, user: DirectoryUser, deps: DirectoryDeps): Promise<'lost'> {
  await moveUser(stray, addressOf({ userName: user.address, active: true }), deps);
  return 'lost';
}

export const taken = () =>
  new DirectoryRefusal(
    409,
    'Somebody has this userName already.',
    'Find them by it and change that user. To give it to somebody else, an operator erases one of the two: afterword people erase ADDRESS.',
    'uniqueness',
  );
