import type { Instant } from '../shared/instant.ts';
import { publicVersionOf } from './after-press.ts';
import { isBeingWithdrawn } from './due.ts';
import type { External } from './external.ts';
import type { ListedExternal } from './listed-external.ts';

/** A row as lists show it. */
export function listedOf(row: External, dueAt: Instant | undefined): ListedExternal {
  const { postmortem, publicId, request, hiddenSince } = row;
  return {
    postmortem,
    publicId,
    ...(request && requestOf(request)),
    shown: publicVersionOf(row)?.n,
    isBeingWithdrawn: isBeingWithdrawn(row) || undefined,
    hiddenSince,
    dueAt,
  };
}

function requestOf(request: NonNullable<External['request']>): Partial<ListedExternal> {
  switch (request.state) {
    case 'held':
      return { state: request.state, why: request.why, at: request.at };
    case 'open':
      return { state: request.state, n: request.n, at: request.askedAt, approvals: request.approvals.length };
    case 'approved':
      return { state: request.state, n: request.n, at: request.at, approvals: request.approvals.length, releaseAt: request.releaseAt };
    case 'void':
      return { state: request.state, why: request.because, n: request.n, at: request.at };
    default:
      return { state: request.state, n: request.n, at: request.at };
  }
}
