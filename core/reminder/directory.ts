import type { Instant } from '../shared/instant.ts';
import { folded, foldedName } from '../shared/text.ts';
import type { PeopleList, PeopleStore } from '../subscriber/ports.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { parseAddress, readerHash } from '../subscriber/subscriber-id.ts';
import { pausedUntil } from '../subscriber/subscription.ts';

/** One of the staff, as owners of action items are looked for. */
export interface Colleague {
  readonly sid: SubscriberId;
  readonly address: string;
  readonly name?: string;
  readonly team?: string;
  readonly role?: string;
  readonly handles: readonly string[];
  /** Of somebody who pauses: when mail begins again. */
  readonly pausedUntil?: Instant;
  readonly isSuspended: boolean;
  readonly isSuppressed: boolean;
}

/** Whether mail reaches them, now or after a pause. */
export const isReachable = ({ isSuspended, isSuppressed }: Pick<Colleague, 'isSuspended' | 'isSuppressed'>): boolean =>
  !isSuspended && !isSuppressed;

type BySid = ReadonlyMap<string, readonly Colleague[]>;

/**
 * The staff, by what may be written of them. People who left are among them: their name must not
 * lead to somebody else.
 */
export interface Directory {
  readonly staff: ReadonlyMap<SubscriberId, Colleague>;
  /** By normalised address. */
  readonly byAddress: ReadonlyMap<string, Colleague>;
  /** By `readerHash` of the address. */
  readonly byHash: ReadonlyMap<string, Colleague>;
  /** By `foldedName` of the whole name. */
  readonly byName: BySid;
  /** By `foldedName` of a handle that the file of people gives them. */
  readonly byHandle: BySid;
  /** By what stands before the @ of their address. */
  readonly byLocalPart: BySid;
  /** By whatever may be meant for them: a first name, `j smith`, `jsmith`. */
  readonly byLikeness: BySid;
}

export function directoryOf(colleagues: readonly Colleague[]): Directory {
  const by = (keysOf: (one: Colleague) => readonly string[]): BySid => {
    const found = new Map<string, Colleague[]>();
    for (const one of colleagues) for (const key of new Set(keysOf(one))) found.set(key, [...(found.get(key) ?? []), one]);
    return found;
  };
  return {
    staff: new Map(colleagues.map((one) => [one.sid, one])),
    byAddress: new Map(colleagues.map((one) => [parseAddress(one.address)?.normalised ?? one.address, one])),
    byHash: new Map(colleagues.flatMap((one) => entry(readerHash(one.address), one))),
    byName: by(({ name }) => (name === undefined ? [] : [foldedName(name)])),
    byHandle: by(({ handles }) => handles.map(foldedName)),
    byLocalPart: by(({ address }) => [localPart(address)]),
    byLikeness: by(likenesses),
  };
}
const entry = <T>(key: string | undefined, one: T): [string, T][] => (key === undefined ? [] : [[key, one]]);
const localPart = (address: string): string => foldedName(address.slice(0, address.lastIndexOf('@')).replace(/\+.*$/, ''));

/** A text without case, accents and marks between words: `R. Castellanos` is `r castellanos`. */
export const likeness = (text: string): string =>
  folded(text.normalize('NFKC'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What a short form of a person's name, handle or address may look like. */
function likenesses({ name = '', handles, address }: Colleague): string[] {
  const words = likeness(name).split(' ').filter(Boolean);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const pairs = words.length < 2 ? [] : pairsOf(first, last);
  return [...words, words.join(' '), ...pairs, ...[...handles, localPart(address)].map(likeness)].filter(Boolean);
}
function pairsOf(first: string, last: string): string[] {
  const [f = '', l = ''] = [[...first][0], [...last][0]];
  return [
    [first, last],
    [f, last],
    [first, l],
    [f, l],
  ].flatMap(([one, other]) => [`${one} ${other}`, `${one}${other}`, `${other} ${one}`, `${other}${one}`]);
}

/** A person of the realm staff as the directory knows them. */
export function colleagueOf(profile: Profile, now: Date): Colleague {
  const { sid, address, name, team, role, handles = [], suspended, suppressed } = profile;
  const paused = pausedUntil(profile, now);
  return {
    sid,
    address,
    ...(name !== undefined && { name }),
    ...(team !== undefined && { team }),
    ...(role !== undefined && { role }),
    handles,
    ...(paused !== undefined && { pausedUntil: paused }),
    isSuspended: suspended !== undefined,
    isSuppressed: suppressed !== undefined,
  };
}

export interface DirectoryDeps {
  readonly peopleList: PeopleList;
  readonly people: Pick<PeopleStore, 'readProfiles'>;
}
const pageSize = 1000;

/**
 * Reads all staff. Whoever did not confirm their address yet is not among them, because anybody may
 * have entered it.
 */
export async function readDirectory({ peopleList, people }: DirectoryDeps, now: Date): Promise<Directory> {
  const colleagues: Colleague[] = [];
  let cursor: string | undefined;
  do {
    const page = await peopleList.list(pageSize, cursor);
    const staff = page.people.flatMap(({ realm, sid }) => (realm === 'staff' ? [{ realm, sid }] : []));
    const profiles = staff.length > 0 ? await people.readProfiles(staff) : [];
    colleagues.push(...profiles.filter(({ unconfirmed }) => !unconfirmed).map((profile) => colleagueOf(profile, now)));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return directoryOf(colleagues.toSorted((a, b) => (a.sid < b.sid ? -1 : 1)));
}
