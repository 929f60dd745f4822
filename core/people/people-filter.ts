import { folded, foldedName } from '../shared/text.ts';
import type { ListedPerson } from '../subscriber/ports.ts';

/** Which people of the list are wanted. What is absent excludes nobody. */
export interface PeopleFilter {
  /** Compared as follows and filters compare names. */
  readonly team?: string | undefined;
  readonly role?: string | undefined;
  /** The stream has to be switched on. */
  readonly stream?: string | undefined;
  readonly suspended?: boolean | undefined;
  readonly suppressed?: boolean | undefined;
  /** Each of these words has to stand in the address or the name. */
  readonly text?: string | undefined;
}

/** Decides for each person of the list whether they are wanted. */
export function matching({ team, role, stream, suspended, suppressed, text = '' }: PeopleFilter): (person: ListedPerson) => boolean {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const isNamed = (wanted: string | undefined, name = '') => wanted === undefined || foldedName(wanted) === foldedName(name);
  return (person) => {
    if (!isNamed(team, person.team) || !isNamed(role, person.role)) return false;
    if (stream !== undefined && !person.streams.includes(stream)) return false;
    if (suspended !== undefined && suspended !== person.isSuspended) return false;
    if (suppressed !== undefined && suppressed !== (person.suppressed !== undefined)) return false;
    const searched = words.length > 0 ? folded(`${person.address} ${person.name ?? ''}`) : '';
    return words.every((word) => searched.includes(word));
  };
}

/** The order of every list of people: by address, then by realm. */
export const byAddress = (a: Pick<ListedPerson, 'address' | 'realm'>, b: Pick<ListedPerson, 'address' | 'realm'>): number =>
  compare(a.address.toLowerCase(), b.address.toLowerCase()) || compare(a.realm, b.realm);

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
