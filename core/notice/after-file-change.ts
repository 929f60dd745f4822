import { type ApprovalFile, ableApprovers } from '../approval/valid-approvals.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { External } from './external.ts';
import { noWriters } from './why-held.ts';

/**
 * What a file that was changed since does to a request. A hold lasts as long as the file says now,
 * and never shorter than it did when the last approval came. `too few`: not as many are left as
 * have to approve, so nobody could ever answer. Undefined: it changes nothing. What the file asks
 * for now is compared by every press and before a release, so a number that was lowered releases
 * nothing without a press.
 */
export function afterFileChange({ request, writers = noWriters }: External, file: ApprovalFile): Instant | 'too few' | undefined {
  if (request?.state === 'open') return ableApprovers(file, writers).length < file.approvals ? 'too few' : undefined;
  if (request?.state !== 'approved') return undefined;
  const until = Date.parse(request.at) + file.holdMs;
  return until > Date.parse(request.releaseAt) ? toInstant(new Date(until)) : undefined;
}
