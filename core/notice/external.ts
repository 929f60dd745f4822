import * as z from 'zod';
import { ApprovalRequest, Hash } from '../approval/approval-request.ts';
import { reviewMailKinds } from '../edition/service-mail.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { Writers } from '../shared/persons.ts';

/**
 * Ten characters that say nothing of the postmortem: no vowels, so no words, and nothing that looks
 * like something else.
 */
export const PublicId = z.string().regex(/^[bcdfghjkmnpqrstvwxz2-9]{10}$/);
export type PublicId = z.infer<typeof PublicId>;

export type ReviewMailKind = (typeof reviewMailKinds)[number];
/** `n` and `at` make its id, so that asking for it again makes no second mail. */
export const ReviewMail = z.object({ kind: z.enum(reviewMailKinds), n: z.int().nonnegative(), at: Instant });
export type ReviewMail = z.infer<typeof ReviewMail>;

/** What was done with a notice, while its audit line and its receipt are owed. */
export const NoticeAct = z.object({
  act: z.string(),
  /** A sid, the id of an operator's key, or `compose`. */
  by: z.string(),
  at: Instant,
  /** The request or version that it was about. */
  n: z.int().optional(),
  /** The number of a withdrawal. */
  makes: z.int().optional(),
  content: Hash.optional(),
  artefact: Hash.optional(),
  /** Of an operator's key. */
  label: z.string().optional(),
});
export type NoticeAct = z.infer<typeof NoticeAct>;

/**
 * Where the external version of a postmortem stands. Every write is on condition of `version`, so
 * this row decides: two approvers, a release and a withdrawal at once are put in an order by it.
 */
export const External = z.object({
  postmortem: PostmortemId,
  /** Counts the writes of the row. 0: it is not stored. */
  version: z.int().nonnegative(),
  /** Made once, when somebody is first asked. */
  publicId: PublicId.optional(),
  /** The highest number that a request or a withdrawal has. 0: there was none. */
  n: z.int().nonnegative(),
  /**
   * The text as it was last seen, and since when it stands. It is asked once it has settled.
   * `since`: of the first of the texts that changed before one of them was asked.
   */
  seen: z.object({ content: Hash, at: Instant, since: Instant.optional() }).optional(),
  /** An operator had it asked without waiting, at this instant. */
  hurried: Instant.optional(),
  /** Who was ever named as a writer of the text that was last seen, and so may not approve it. */
  writers: Writers.optional(),
  request: ApprovalRequest.optional(),
  /** The version that customers can read, or could until a withdrawal that is under way. */
  shown: z.object({ n: z.int().positive(), content: Hash, artefact: Hash, at: Instant }).optional(),
  /**
   * When customers could first read a version, which may be withdrawn by now. Whatever is asked
   * since is an update for whoever had a mail.
   */
  publicSince: Instant.optional(),
  /** The last withdrawal. While `shown` is there with a lower number, it is under way. */
  withdrawn: z.object({ n: z.int().positive(), at: Instant, reason: z.string().optional() }).optional(),
  /** Texts that a person withdrew. None of them is asked again before an operator has it asked. */
  takenBack: z.array(Hash).optional(),
  /** A version whose mail is still to be made: of a release, or of a withdrawal. */
  untold: z.int().positive().optional(),
  /** Since when the postmortem is hidden from staff. Approvers read its id nowhere. */
  hiddenSince: Instant.optional(),
  /** What was done and is still to be told: to the audit log, and to whoever did it. */
  acts: z.array(NoticeAct).optional().catch(undefined),
  /** What approvers are still to be mailed. */
  mails: z.array(ReviewMail).default([]).catch([]),
});
export type External = z.infer<typeof External>;

/** A stored row. Undefined for one that a later release wrote: this release leaves it alone. */
export function readExternal(item: unknown): External | undefined {
  const read = External.safeParse(item);
  return read.success ? read.data : undefined;
}
