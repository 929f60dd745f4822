import { isTellable } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem, Whose } from '../postmortem/stored-postmortem.ts';
import type { Profile } from '../subscriber/subscriber.ts';

export type Person = Pick<Profile, 'sid' | 'address' | 'name' | 'team'>;

/** Who has to do with a stored postmortem. */
export const whoseIs = ({ postmortem: { owningTeam, authors }, by, sentBy = by }: StoredPostmortem): Whose => ({
  by: sentBy,
  team: owningTeam,
  authors,
});

/**
 * Why a postmortem is among somebody's own: they sent its current revision or are named among its
 * authors, by name, address or the part before the @; or their team owns it. Undefined if it is
 * not.
 */
export function ownedAs({ by, team, authors }: Whose, person: Person): 'sender' | 'author' | 'team' | undefined {
  if (by === person.sid) return 'sender';
  const names = [person.name, person.address, person.address.split('@')[0]].flatMap((name) => folded(name) ?? []);
  if (authors.some((author) => names.includes(folded(author) ?? ''))) return 'author';
  return team !== undefined && folded(team) === folded(person.team) ? 'team' : undefined;
}

/**
 * Whether an author may see and revise it on their pages: their own, and of their team's what is
 * told. What nobody is told (a draft, restricted or retracted) is seen by who sent it or is named
 * as its author.
 */
export function mayRevise(one: Pick<ListedPostmortem, 'status' | 'restricted'>, whose: Whose, person: Person): boolean {
  const owned = ownedAs(whose, person);
  return owned === 'team' ? isTellable(one) : owned !== undefined;
}

const folded = (name: string | undefined): string | undefined => name?.trim().toLowerCase() || undefined;
