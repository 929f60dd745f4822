import { wantedStreams } from '../people/import-people.ts';
import { mergePerson, newStreams } from '../people/merge-person.ts';
import { type Person, readPerson } from '../people/read-person.ts';
import { isSuspendedByOperator } from '../people/suspend-people.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import type { StreamName } from '../stream/stream.ts';
import { InDirectory } from '../subscriber/directory.ts';
import type { Mark } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { givenBy } from './given.ts';
import { allowLeaver } from './leavers.ts';
import type { DirectoryDeps, GroupNames } from './ports.ts';
import { invalidValue } from './refusal.ts';

/** A person before and after. The same object if nothing differed. */
export interface Settled {
  readonly before: Profile | undefined;
  readonly after: Profile;
  /** Streams that the person's role gave them now. */
  readonly added: readonly StreamName[];
}

type Wished = Omit<InDirectory, 'gave' | 'at' | 'changedAt'>;

/**
 * Writes what the directory says of one person by the rules of an import: `profile` is what was
 * read, and `lost` says that somebody else wrote meanwhile. Index rows go first. Who left is
 * suspended and keeps everything else. Throws a refusal if the person may not be taken, or if too
 * many left today.
 */
export async function settleUser(
  profile: Profile | undefined,
  { address, ...wished }: Wished & { readonly address: string },
  { names, mark }: { readonly names: GroupNames; readonly mark?: Mark | undefined },
  deps: DirectoryDeps,
): Promise<Settled | 'lost'> {
  const gave = givenBy(wished, names, deps.distribution);
  const person = personOf(address, gave, deps);
  const released = profile && withoutWithdrawn(profile, gave);
  const wanted = wantedStreams(person, released, deps.distribution);
  const added = newStreams(released, wanted);
  const put = deps.now();
  await Promise.all(added.map((stream) => deps.people.putSubscription(stream, 'default', person.sid, put)));
  const at = deps.now();
  const merged = mergePerson(released, person, wanted, { since: at, mark }) ?? released;
  if (!merged) throw new Error('an import of somebody new makes a profile');

  const directory: InDirectory = {
    ...ofLaterReleases(profile),
    ...withoutAbsent(wished),
    gave,
    at: profile?.directory?.at ?? at,
    changedAt: at,
  };
  const after = { ...withSuspension(merged, profile, wished.active, at), directory, revision: (profile?.revision ?? 0) + 1 };
  if (profile && isSame(profile, after)) return { before: profile, after: profile, added: [] };
  if (after.suspended && !profile?.suspended && profile) await allowLeaver(deps);
  if (!(await deps.people.writeProfile(after, profile?.revision ?? 0))) return 'lost';
  // Ended sessions do not come back with their holder.
  if (after.suspended) await deps.sessions.endAll(after.sid);
  return { before: profile, after, added };
}

/** The person as a line of a file would name them. Throws a refusal with all that is wrong. */
export function personOf(address: string, gave: InDirectory['gave'], { distribution, secrets }: DirectoryDeps): Person {
  const person = readPerson({ line: 1, address, ...gave }, distribution.organisation, secrets.identity);
  if (!('flaws' in person)) return person;
  throw invalidValue(
    person.flaws.map(({ field, problem, remedy }) => `${field === 'address' ? 'userName' : field} ${problem}. ${remedy}`).join(' '),
  );
}

const fields = ['name', 'team', 'role'] as const;

/** The profile as if no directory managed it, without what the directory gave and gives no more. */
function withoutWithdrawn({ directory, ...profile }: Profile, gave: InDirectory['gave']): Profile {
  const kept: Profile = { ...profile };
  for (const field of fields) {
    if (directory?.gave[field] !== undefined && gave[field] === undefined && profile[field] === directory.gave[field]) delete kept[field];
  }
  return kept;
}

/** An operator's suspension stays. Any other is the directory's to begin and to end. */
function withSuspension(merged: Profile, before: Profile | undefined, active: boolean, at: string): Profile {
  if (before && isSuspendedByOperator(before)) return { ...merged, suspended: before.suspended, suspendedBy: before.suspendedBy };
  const { suspended: _, suspendedBy: _by, ...rest } = merged;
  return active ? rest : { ...rest, suspended: before?.suspended ?? { at }, suspendedBy: 'directory' };
}

/** What a later release keeps of them is written back as it is. */
const ofLaterReleases = ({ directory }: Pick<Profile, 'directory'> = {}): object =>
  Object.fromEntries(Object.entries(directory ?? {}).filter(([name]) => !(name in InDirectory.shape)));

const withoutAbsent = (wished: Wished): Wished => {
  const kept = { ...wished };
  for (const [name, value] of Object.entries(kept)) if (value === undefined) Reflect.deleteProperty(kept, name);
  return kept;
};

function isSame(before: Profile, after: Profile): boolean {
  const { revision: _, directory: { changedAt: _b, ...ofBefore } = {}, ...one } = before;
  const { revision: _r, directory: { changedAt: _a, ...ofAfter } = {}, ...other } = after;
  return canonicalHash([one, ofBefore]) === canonicalHash([other, ofAfter]);
}
