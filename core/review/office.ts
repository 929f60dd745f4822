import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf } from '../distribution/review-rules.ts';
import type { Office } from '../distribution/reviews.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSameAddress } from '../subscriber/subscriber-id.ts';
import type { Review } from './review.ts';

type Reviews = Pick<Distribution, 'reviews'>;
type Person = Pick<Profile, 'sid' | 'address' | 'name'>;

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

const named = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Whether somebody reviews their own account: they sent the document, or it names them as an
 * author, by name or by address.
 */
export function isOwnAccount({ authors, sentBy }: Pick<Review, 'authors' | 'sentBy'>, { sid, name, address }: Person): boolean {
  if (sentBy === sid) return true;
  const mine = [address, ...(name ? [name] : [])].map(named);
  return authors.some((author) => {
    const written = named(author);
    return (
      mine.includes(written) || written.split(/[\s<>()[\],;]+/).includes(named(address)) || (name && written.startsWith(`${named(name)} <`))
    );
  });
}
