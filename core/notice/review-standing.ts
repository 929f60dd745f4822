import type { ApprovalRequest } from '../approval/approval-request.ts';
import { publicVersionOf } from './after-press.ts';
import type { External } from './external.ts';

/** A request that has, or had, an artefact which somebody was asked about. */
export type AskedRequest = Extract<ApprovalRequest, { n: number }>;

/**
 * How what a link is about stands now. `request`: the request that the link came with. `public`:
 * the version that customers read, while something else is or was asked. `withdrawn`: the
 * notice was, and nothing was asked since. `other`: something else stands in its place, or nothing.
 */
export type ReviewStanding =
  | { readonly is: 'request'; readonly request: AskedRequest }
  | { readonly is: 'public'; readonly version: NonNullable<External['shown']> }
  | { readonly is: 'withdrawn'; readonly withdrawal: NonNullable<External['withdrawn']> }
  | { readonly is: 'other'; readonly now: ApprovalRequest | undefined };

export function reviewStanding(row: External, n: number): ReviewStanding {
  const { request, withdrawn } = row;
  // A withdrawal ends what is asked, in the same write.
  const isEnded = (request?.state === 'stopped' || request?.state === 'void') && withdrawn !== undefined && request.at === withdrawn.at;
  if (isEnded && request.n === n) return { is: 'withdrawn', withdrawal: withdrawn };
  if (request && request.state !== 'held' && request.n === n) return { is: 'request', request };
  const version = publicVersionOf(row);
  if (version?.n === n) return { is: 'public', version };
  const isAskedSince = request && request.state !== 'held' && withdrawn && request.n > withdrawn.n;
  if (withdrawn && withdrawn.n >= n && !version && !isAskedSince) return { is: 'withdrawn', withdrawal: withdrawn };
  return { is: 'other', now: request };
}

/**
 * The artefact whose text its page may show: of what is asked or leaves, and of what customers read
 * anyway. The text of a request that ended may have been hidden from staff since.
 */
export function readableArtefact(standing: ReviewStanding): string | undefined {
  if (standing.is === 'public') return standing.version.artefact;
  if (standing.is !== 'request') return undefined;
  const { state, artefact } = standing.request;
  return state === 'open' || state === 'approved' || state === 'releasing' || state === 'released' ? artefact : undefined;
}

/** The version that one press withdraws. Undefined: customers read none. */
export function withdrawable(row: External): number | undefined {
  const { request } = row;
  return publicVersionOf(row)?.n ?? (request?.state === 'releasing' ? request.n : undefined);
}
