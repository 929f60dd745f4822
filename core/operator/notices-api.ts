/** What the operator's routes say of notices to customers, as data. See api.ts. */
import * as z from 'zod';
import type { ApprovalRequest } from '../approval/approval-request.ts';
import { Reason } from '../audit/reason.ts';
import type { ListedExternal } from '../notice/ports.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
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

/** Where the external version of a postmortem stands. Neither its title nor its text. */
export const ShownNotice = z.object({
  postmortem: PostmortemId,
  /** The id that customers see. Absent: nobody was asked yet. */
  publicId: z.string().optional(),
  /** One of `noticeStates`, or what a later release says. Absent: nothing was asked yet. */
  state: z.string().optional(),
  /** Why it is held or void. */
  why: z.string().optional(),
  /** Of the request. */
  n: z.int().optional(),
  /** Since when it stands so. */
  at: Instant.optional(),
  /** How many approved. */
  approvals: z.int().optional(),
  /** Until then the hold lasts, and anybody who approved may stop it. */
  releaseAt: Instant.optional(),
  /** The version that customers can read. */
  shown: z.int().optional(),
  isBeingWithdrawn: z.boolean().optional(),
  /** Since when the postmortem behind a public version is hidden from staff. */
  hiddenSince: Instant.optional(),
  /** When it is looked at next. Absent: it rests. */
  dueAt: Instant.optional(),
}) satisfies z.ZodType<ListedExternal>;
export type ShownNotice = z.infer<typeof ShownNotice>;

/**
 * GET /operator/notices?state=&since=, scope `read`: those of which something is due, by when that
 * is, then those that rest and were changed since a day (default: 31 days ago), the last changed
 * first.
 */
export const NoticesAnswer = z.object({
  notices: z.array(ShownNotice),
  /** Sentences: what may match and was not looked at. */
  notLookedAt: z.array(z.string()),
});
export type NoticesAnswer = z.infer<typeof NoticesAnswer>;

/**
 * GET /operator/notices/{postmortem}, scope `read`; 404 if nothing is known. As it is stored now.
 */
export const OneNotice = ShownNotice.extend({
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
