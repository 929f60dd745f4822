import { isTellable } from '../postmortem/postmortem.ts';
import { type ListedPostmortem, lastHidden, type StoredPostmortem, type Whose } from '../postmortem/stored-postmortem.ts';
import type { Directory } from '../reminder/directory.ts';
import { peopleMeant, type Teams } from '../reminder/resolve-owner.ts';
import { foldedName } from '../shared/text.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';

export type Person = Pick<Profile, 'sid' | 'address' | 'name' | 'team' | 'handles'>;

/** Who has to do with a stored postmortem. */
export const whoseIs = ({ postmortem: { owningTeam, authors }, by, sentBy = by }: StoredPostmortem): Whose => ({
  by: sentBy,
  team: owningTeam,
  authors,
});

/**
 * Why a postmortem is among somebody's own: they sent its current revision; or it names among its
 * authors somebody who may be them, by name, address, handle or the part before the @; or their
 * team owns it. Undefined if it is not. A namesake has the same author's text: see `accessTo`.
 */
export function ownedAs({ by, team, authors }: Whose, person: Person): 'sender' | 'author' | 'team' | undefined {
  if (by === person.sid) return 'sender';
  const { name, address, handles = [] } = person;
  const names = [name, address, address.split('@')[0], ...handles].map(called).filter(Boolean);
  if (authors.some((author) => names.includes(called(author)))) return 'author';
  return team !== undefined && folded(team) !== '' && folded(team) === folded(person.team) ? 'team' : undefined;
}
const folded = (name = ''): string => foldedName(name);
const called = (name = ''): string => folded(name.trim().replace(/^@/, ''));

/**
 * Whether one of the authors' texts means this person and nobody else, by the rule for owners of
 * action items (docs/adr/068).
 */
export const isSurelyAuthor = (authors: readonly string[], sid: SubscriberId, teams: Teams, directory: Directory): boolean =>
  authors.some((author) => peopleMeant(author, teams, directory).some((one) => one.sid === sid));

/**
 * What an author may see of a postmortem on their pages. `all`: also what nobody is told of it.
 * `told`: only what is told of it now. `unsure`: nobody is told of it, and it names an author who
 * may be them or somebody else.
 */
export type Access = 'all' | 'told' | 'unsure' | 'none';

type Seen = Pick<ListedPostmortem, 'status' | 'restricted'> & {
  /** A revision of it was hidden, so that texts of it may be in its history. */
  readonly wasHidden?: boolean;
};

/**
 * What nobody is told (a draft, restricted, retracted) is seen by who sent it and by who surely is
 * its author; what is told, by its team as well. `isSure` is asked only where it matters: it has to
 * read the list of people.
 */
export async function accessTo(
  one: Seen,
  whose: Whose,
  person: Person,
  isSure: (authors: readonly string[]) => Promise<boolean>,
): Promise<Access> {
  const owned = ownedAs(whose, person);
  if (owned === 'sender') return 'all';
  const isTold = isTellable(one);
  if (owned === 'author' && (!isTold || one.wasHidden) && (await isSure(whose.authors))) return 'all';
  if (owned === undefined) return 'none';
  return isTold ? 'told' : owned === 'author' ? 'unsure' : 'none';
}

/** The same of a stored one. */
export const accessToStored = (stored: StoredPostmortem, ...by: [Person, Parameters<typeof accessTo>[3]]): Promise<Access> =>
  accessTo({ ...stored.postmortem, wasHidden: lastHidden(stored) > 0 }, whoseIs(stored), ...by);
