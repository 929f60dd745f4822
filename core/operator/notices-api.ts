/** What the operator's routes say of notices to customers, as data. See api.ts. */
import * as z from 'zod';
import type { ApprovalRequest } from '../approval/approval-request.ts';
import { Reason } from '../audit/reason.ts';
import { ListedExternal } from '../notice/listed-external.ts';
import { Instant } from '../shared/instant.ts';

/** States of an approval request. */
export const noticeStates = [
  'held',
  'open',
  'approved',
  'releasing',
  'released',
  'sent back',
  'stopped',
  'void',
  'lapsed',
] as const satisfies readonly ApprovalRequest['state'][];

/**
 * GET /operator/notices?state=&since=, scope `read`: those of which something is due, by when that
 * is, then those that rest and were changed since a day (default: 31 days ago), the last changed
 * first.
 */
export const NoticesAnswer = z.object({
  notices: z.array(ListedExternal),
  /** Sentences: what may match and was not looked at. */
  notLookedAt: z.array(z.string()),
});
export type NoticesAnswer = z.infer<typeof NoticesAnswer>;

/**
 * GET /operator/notices/{postmortem}, scope `read`; 404 if nothing is known. As it is stored now.
 */
export const OneNotice = ListedExternal.extend({
  /** Of the last withdrawal. */
  withdrawnAt: Instant.optional(),
  /** A text asks that has not been asked yet. Since when it stands. */
  textSince: Instant.optional(),
});
export type OneNotice = z.infer<typeof OneNotice>;

/**
 * POST /operator/notices/{postmortem}/ask, scope `notices`: the approvers are asked at once instead
 * of when the text has settled, or again what was stopped, sent back or has lapsed. What holds it
 * back holds it still. POST …/stop ends the request before its release, POST …/withdraw takes the
 * public version back, which mails customers. No key approves. 409 if it is not possible now; the
 * second time nothing changes.
 */
export const NoticeReason = z.strictObject({ reason: Reason });
export const NoticeActAnswer = z.object({ outcome: z.enum(['done', 'unchanged']), notice: OneNotice });
export type NoticeActAnswer = z.infer<typeof NoticeActAnswer>;
