import type { ListedInDirectory, ListedPerson } from '../subscriber/ports.ts';
import { isSameAddress } from '../subscriber/subscriber-id.ts';
import { type Comparison, isTrue } from './filter.ts';
import { type DirectoryUser, findByAddress, findUser, isManaged } from './find-user.ts';
import type { DirectoryDeps } from './ports.ts';
import { DirectoryRefusal } from './refusal.ts';

export type ListedUser = ListedPerson & { readonly directory: ListedInDirectory };

/** The part of a list that was asked for, and how many there are in all. */
export interface Page<One> {
  readonly total: number;
  /** Of the first one here. The first of all has 1. */
  readonly startIndex: number;
  readonly resources: readonly One[];
}

/** The most resources of one page. */
export const mostListed = 200;

export interface Paging {
  readonly startIndex: number;
  readonly count: number;
}

export function pageOf<One>(all: readonly One[], { startIndex, count }: Paging): Page<One> {
  return { total: all.length, startIndex, resources: all.slice(startIndex - 1, startIndex - 1 + Math.min(count, mostListed)) };
}

/**
 * The users that a filter finds. An address and an id are looked up and found at once; anything
 * else is compared with the list of people, which may lag by a second.
 */
export async function listUsers(filter: readonly Comparison[], paging: Paging, deps: DirectoryDeps): Promise<Page<DirectoryUser>> {
  for (const { path, value } of filter) {
    const text = String(value);
    if (isAddress(path)) return pageOf(matching(await findByAddress(text, deps), filter), paging);
    if (path.attribute === 'id') {
      const found = await findUser(text, deps);
      return pageOf(matching(found ? [found.user] : [], filter), paging);
    }
  }
  const page = pageOf(matching(await managedPeople(deps), filter), paging);
  const profiles = page.resources.length === 0 ? [] : await deps.people.readProfiles(page.resources);
  const bySid = new Map(profiles.filter(isManaged).map((one) => [one.sid, one]));
  return { ...page, resources: page.resources.flatMap(({ sid }) => bySid.get(sid) ?? []) };
}

/** Everybody whom the directory manages, by id. */
export async function managedPeople({ list }: Pick<DirectoryDeps, 'list'>): Promise<ListedUser[]> {
  const found: ListedUser[] = [];
  let cursor: string | undefined;
  do {
    const page = await list.list(1000, cursor, ({ realm, directory }) => realm === 'staff' && directory !== undefined);
    found.push(...page.people.filter((one): one is ListedUser => one.directory !== undefined));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found.toSorted((a, b) => (a.directory.id < b.directory.id ? -1 : 1));
}

/** Whoever the list of people shows in the group. It may lag by a second. */
export const membersOf = (group: string, people: readonly ListedUser[]): ListedUser[] =>
  people.filter(({ directory }) => directory.groups.includes(group));

type Comparable = Pick<DirectoryUser, 'address'> & { readonly directory: ListedInDirectory };

function matching<One extends Comparable>(users: readonly One[], filter: readonly Comparison[]): One[] {
  const checks = filter.map(checkOf);
  return users.filter((user) => checks.every((check) => check(user)));
}

const isAddress = ({ attribute, where = [], sub }: Comparison['path']) =>
  (attribute === 'username' && sub === undefined) ||
  (attribute === 'emails' &&
    (sub === undefined || sub === 'value') &&
    where.every(
      ({ path, value }) =>
        (path.attribute === 'type' && String(value).toLowerCase() === 'work') || (path.attribute === 'primary' && isTrue(value)),
    ));

function checkOf({ path, value }: Comparison): (user: Comparable) => boolean {
  const text = String(value);
  if (isAddress(path)) return ({ address }) => isSameAddress(address, text);
  if (path.attribute === 'emails' && path.where) return () => false;
  if (path.sub === undefined && path.attribute === 'id') return ({ directory }) => directory.id === text;
  if (path.sub === undefined && path.attribute === 'externalid') return ({ directory }) => directory.externalId === text;
  if (path.sub === undefined && path.attribute === 'displayname')
    return ({ directory }) => directory.displayName?.toLowerCase() === text.toLowerCase();
  if (path.sub === undefined && path.attribute === 'active') return ({ directory }) => directory.active === isTrue(value);
  throw new DirectoryRefusal(
    400,
    'Users are not filtered by this attribute.',
    'Filter by userName, emails.value, externalId, displayName, active or id.',
    'invalidFilter',
  );
}
