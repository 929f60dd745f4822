import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf } from '../distribution/review-rules.ts';
import { type EditionFragments, placeholders } from '../mail/fragments.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { readerHash } from '../subscriber/subscriber-id.ts';
import type { Edition } from './edition.ts';

/**
 * The readers whose links lead to where they decide, if anything in the edition asks for that. Who
 * is asked last may decide as well.
 */
export function reviewersFor(
  fragments: EditionFragments | undefined,
  distribution: Pick<Distribution, 'reviews'>,
): Pick<Edition, 'reviewers'> {
  const rules = reviewRulesOf(distribution);
  if (!rules || !fragments || !asksToDecide(fragments)) return {};
  const hashes = [...rules.reviewers, ...rules.escalateTo].flatMap(({ address }) => readerHash(address) ?? []);
  return { reviewers: [...new Set(hashes)] };
}

const placeholder = JSON.stringify(placeholders.decide).slice(1, -1);
const asksToDecide = (fragments: EditionFragments): boolean => JSON.stringify(fragments).includes(placeholder);

/** Whether this reader was a reviewer when the edition was composed. Pages ask the file anew. */
export const isReviewer = ({ reviewers = [] }: Pick<Edition, 'reviewers'>, { address }: Pick<Profile, 'address'>): boolean =>
  reviewers.length > 0 && reviewers.includes(readerHash(address) ?? '');
