import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf } from '../distribution/review-rules.ts';
import type { Office } from '../distribution/reviews.ts';
import { folded } from '../shared/text.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSameAddress } from '../subscriber/subscriber-id.ts';
import type { Review } from './review.ts';

type Reviews = Pick<Distribution, 'reviews'>;
type Person = Pick<Profile, 'sid' | 'address' | 'name' | 'handles'>;

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

/** Who signs instead of somebody who wrote the postmortem. Undefined: there is no other. */
export const otherOffice = (distribution: Reviews, { address }: Pick<Profile, 'address'>): Office | undefined =>
  officesOf(distribution).find((office) => !isSameAddress(office.address, address));

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
