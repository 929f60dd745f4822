import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf } from '../distribution/review-rules.ts';
import type { Office } from '../distribution/reviews.ts';
import { folded } from '../shared/text.ts';
import type { PeopleStore } from '../subscriber/ports.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { isSameAddress, parseAddress, subscriberId } from '../subscriber/subscriber-id.ts';
import type { Review } from './review.ts';

type Reviews = Pick<Distribution, 'reviews'>;
type Person = Pick<Profile, 'sid' | 'address' | 'name'> & { readonly handles?: readonly string[] | undefined };

/** Reviewers, and those who are asked when a review is long overdue. All of them may decide. */
const officesOf = (distribution: Reviews): readonly Office[] => {
  const { reviewers, escalateTo } = reviewRulesOf(distribution) ?? { reviewers: [], escalateTo: [] };
  return [...reviewers, ...escalateTo];
};

/**
 * The office in which somebody decides, by the file as it is now. Undefined: they are no reviewer.
 */
export const officeOf = (distribution: Reviews, { address }: Pick<Profile, 'address'>): Office | undefined =>
  officesOf(distribution).find((office) => isSameAddress(office.address, address));

/** Who has an address and may act now. */
export type HolderAt = (address: string) => Person | undefined;

/**
 * The offices of whom somebody may sign a review off. None: all of them may have written the
 * postmortem or act no more, so an operator has to help.
 */
export const signersOf = (distribution: Reviews, review: Pick<Review, 'authors' | 'sentBy'>, holderAt: HolderAt): readonly Office[] =>
  officesOf(distribution).filter(({ address }) => {
    const holder = holderAt(address);
    return holder !== undefined && !isOwnAccount(review, holder);
  });

export interface HolderDeps {
  readonly people: Pick<PeopleStore, 'readProfiles'>;
  readonly identitySecret: () => Promise<string>;
}

/** Reads who holds the offices of the file. Whoever is suspended or did not confirm holds none. */
export async function readHolders(distribution: Reviews, { people, identitySecret }: HolderDeps): Promise<HolderAt> {
  const offices = officesOf(distribution);
  const secret = offices.length > 0 ? await identitySecret() : '';
  const sidOf = (text: string): SubscriberId | undefined => {
    const address = parseAddress(text);
    return address && subscriberId('staff', address, secret);
  };
  const sids = [...new Set(offices.flatMap(({ address }) => sidOf(address) ?? []))];
  const profiles = sids.length > 0 ? await people.readProfiles(sids.map((sid) => ({ realm: 'staff', sid }))) : [];
  const holders = new Map(profiles.flatMap((one) => (one.suspended || one.unconfirmed ? [] : [[one.sid, one] as const])));
  return (address) => holders.get(sidOf(address) ?? '');
}

/**
 * Whether somebody reviews their own account: they sent the document, or it names among its authors
 * somebody who may be them, by name, address or handle, whole or shortened. Here, unlike with
 * owners of action items, whatever may mean them does: somebody else can sign.
 */
export function isOwnAccount({ authors, sentBy }: Pick<Review, 'authors' | 'sentBy'>, person: Person): boolean {
  return sentBy === person.sid || authors.some((author) => mayBe(author, person));
}

function mayBe(author: string, { address, name = '', handles = [] }: Person): boolean {
  const written = wordsOf(author.replace(/(?<=\S)@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+/gu, ' '));
  const text = ` ${written.join(' ')} `;
  const isWritten = (words: readonly string[]) => words.length > 0 && text.includes(` ${words.join(' ')} `);
  const local = wordsOf(address.slice(0, address.lastIndexOf('@')).replace(/\+.*$/, ''));
  if ([local, ...handles.map(wordsOf)].some(isWritten)) return true;
  const names = wordsOf(name);
  if (isWritten(names) || isWritten(names.toReversed())) return true;
  const [first = '', last = ''] = [names[0], names.at(-1)];
  if (names.length < 2) return false;
  if ([`${first}${last}`, `${first.charAt(0)}${last}`].some((word) => written.includes(word))) return true;
  if (written.length === 1) return written[0] === first || written[0] === last;
  const at = written.indexOf(last);
  // Beside the surname, in either order: the first name or what it is shortened to.
  return at >= 0 && [written[at - 1], written[at + 1]].some((word) => word === first || word === first.charAt(0));
}

/** Without case, accents and marks: `Vogel, K.` is `vogel k`. */
const wordsOf = (text: string): string[] =>
  folded(text.normalize('NFKC'))
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
