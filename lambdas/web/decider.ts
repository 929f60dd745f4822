import type { Distribution } from '../../core/distribution/distribution.ts';
import type { Office } from '../../core/distribution/reviews.ts';
import { officeOf } from '../../core/review/office.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { WebDeps } from './deps.ts';
import { notFound, readsNoMore } from './refusals.ts';
import { type Expired, type Holder, holderOf } from './token-holder.ts';

/** A reviewer of the distribution file as it is now, with a link of theirs. */
export interface DecidingReviewer {
  readonly token: string;
  readonly holder: Holder;
  readonly office: Office;
  readonly distribution: Distribution;
}

/** A link of a reviewer that has expired. */
export interface ExpiredReviewer {
  readonly expired: Expired;
  readonly distribution: Distribution;
}

/**
 * Who decides with this link. It is asked at each request: a link of somebody who is no reviewer
 * any more opens nothing. A link that proves nothing gets the one answer for all of them.
 */
export async function deciderOf(
  token: string | undefined,
  deps: WebDeps,
): Promise<DecidingReviewer | ExpiredReviewer | { readonly answer: HttpAnswer }> {
  const holder = await holderOf(token, 'decide', deps);
  const distribution = holder && (await deps.distribution());
  if (!holder || !distribution || token === undefined) return { answer: notFound(deps) };
  const office = officeOf(distribution, holder.profile);
  if (!office) return { answer: readsNoMore(distribution, deps) };
  return holder.kind === 'expired' ? { expired: holder, distribution } : { token, holder, office, distribution };
}
