import { wantedStreams } from '../people/import-people.ts';
import { mergePerson, newStreams, type Wanted } from '../people/merge-person.ts';
import { type Person, readPerson } from '../people/read-person.ts';
import { isSuspendedByOperator } from '../people/suspend-people.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import type { StreamName } from '../stream/stream.ts';
import { InDirectory } from '../subscriber/directory.ts';
import type { Mark } from '../subscriber/ports.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { parseAddress } from '../subscriber/subscriber-id.ts';
import type { Allow } from './brake.ts';
import { givenBy } from './given.ts';
import type { DirectoryDeps, GroupNames } from './ports.ts';
import { invalidValue } from './refusal.ts';

/** A person before and after. The same object if nothing differed. */
export interface Settled {
  readonly before: Profile | undefined;
  readonly after: Profile;
  /** Streams that the person's role gave them now. */
  readonly added: readonly StreamName[];
}

/** What the directory says of a person, and the address by which it knows them. */
export type Wished = Omit<InDirectory, 'gave' | 'at' | 'changedAt'> & { readonly address: string };

interface Around {
  readonly names: GroupNames;
  readonly mark?: Mark | undefined;
  /**
   * Absent: nothing is counted, because an operator's mapping wants it or it was counted before.
   */
  readonly allow?: Allow;
}

/**
 * Writes what the directory says of one person by the rules of an import: `profile` is what was
 * read, and `lost` says that somebody else wrote meanwhile. Index rows go first. Who left is
 * suspended and keeps everything else. Somebody of a domain that is the organisation's no longer
 * can leave and change groups, and gets nothing new. Throws a refusal if the person may not be
 * taken, or if a brake holds.
 */
export async function settleUser(
  profile: Profile | undefined,
  wish: Wished,
  { names, mark, allow }: Around,
  deps: DirectoryDeps,
): Promise<Settled | 'lost'> {
  const { address, ...wished } = wish;
  const gave = givenTo(profile, wish, names, deps);
  const isOutside = profile !== undefined && isOutsideOf(address, deps);
  const person = personOf(address, gave, isOutside ? alsoIn(address, deps) : deps);
  const released = profile && withoutWithdrawn(profile, gave);
  const wanted: Wanted = isOutside ? new Map() : wantedStreams(person, released, deps.distribution, 'directory');
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
  const came = profile === undefined && { cameBy: 'directory' };
  const after = { ...withSuspension(merged, profile, wished.active, at), ...came, directory, revision: (profile?.revision ?? 0) + 1 };
  if (profile && isSame(profile, after)) {
    await allow?.({});
    // The request before may have broken off here.
    if (after.suspended) await deps.sessions.endAll(after.sid);
    return { before: profile, after: profile, added: [] };
  }
  await allow?.(needOf(profile, wish, gave));
  if (!(await deps.people.writeProfile(after, profile?.revision ?? 0))) return 'lost';
  // Ended sessions do not come back with their holder.
  if (after.suspended) await deps.sessions.endAll(after.sid);
  return { before: profile, after, added };
}

/** How many an act counts under each brake that does this to one person. */
export const needOf = (before: Profile | undefined, { active }: Pick<Wished, 'active'>, gave: InDirectory['gave']) => ({
  leavers: before && !before.suspended && !active ? 1 : 0,
  losses: before && !before.suspended && active && losesBy(before, gave) ? 1 : 0,
});

const losesBy = ({ directory }: Profile, gave: InDirectory['gave']): boolean =>
  (['team', 'role'] as const).some((field) => directory?.gave[field] !== undefined && gave[field] === undefined);

/**
 * What the directory gives a person then. While the file has no `directory:`, everybody keeps the
 * team and the role that it gave them. Somebody outside the organisation's domains can lose by it
 * and gains nothing.
 */
export function givenTo(before: Profile | undefined, wish: Wished, names: GroupNames, deps: DirectoryDeps): InDirectory['gave'] {
  const now = givenBy(wish, names, deps.distribution);
  const { name: _, ...kept } = before?.directory?.gave ?? {};
  if (deps.distribution.directory === undefined) return { ...kept, ...now };
  if (!before || !isOutsideOf(wish.address, deps)) return now;
  return Object.fromEntries(Object.entries(now).filter(([field, text]) => field === 'name' || Reflect.get(kept, field) === text));
}

/** Whether internal mail may not go there. */
const isOutsideOf = (address: string, { distribution }: Pick<DirectoryDeps, 'distribution'>): boolean =>
  !distribution.organisation.domains.includes(parseAddress(address)?.domain ?? '');

/** As if the domain of the address were one of the organisation still. */
function alsoIn(address: string, deps: DirectoryDeps): DirectoryDeps {
  const { organisation, ...distribution } = deps.distribution;
  const domains = [...organisation.domains, parseAddress(address)?.domain ?? ''];
  return { ...deps, distribution: { ...distribution, organisation: { ...organisation, domains } } };
}

/** The person as a line of a file would name them. Throws a refusal with all that is wrong. */
export function personOf(
  address: string,
  gave: InDirectory['gave'],
  { distribution, secrets }: Pick<DirectoryDeps, 'distribution' | 'secrets'>,
): Person {
  const person = readPerson({ line: 1, address, ...gave }, distribution.organisation, secrets.identity);
  if (!('flaws' in person)) return person;
  const named = person.flaws.map(({ field, ...flaw }) => ({ field: field === 'address' ? 'userName' : field, ...flaw }));
  throw invalidValue(named.map(({ field, problem }) => `${field} ${problem}.`).join(' '), named.map(({ remedy }) => remedy).join(' '));
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

const withoutAbsent = (wished: Omit<Wished, 'address'>): Omit<Wished, 'address'> => {
  const kept = { ...wished };
  for (const [name, value] of Object.entries(kept)) if (value === undefined) Reflect.deleteProperty(kept, name);
  return kept;
};

function isSame(before: Profile, after: Profile): boolean {
  const { revision: _, directory: { changedAt: _b, ...ofBefore } = {}, ...one } = before;
  const { revision: _r, directory: { changedAt: _a, ...ofAfter } = {}, ...other } = after;
  return canonicalHash([one, ofBefore]) === canonicalHash([other, ofAfter]);
}
