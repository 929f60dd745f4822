import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';

/**
 * `review`: a review waits for a reviewer. `deferral`: a decision is to be made again, because the
 * day came until which an action was put off, or because its owner answered. `awaited`: an incident
 * has no postmortem yet. `action`: an action is due soon, today or was due. `decision`: what
 * leadership decided on an action took effect. `thanks`: how far a postmortem reached in its first
 * week. In the order of a mail.
 */
export const reminderKinds = ['review', 'deferral', 'awaited', 'action', 'decision', 'thanks'] as const;
export const ReminderKind = z.enum(reminderKinds);
export type ReminderKind = z.infer<typeof ReminderKind>;

/**
 * Why it is asked of this person. `reviewer`: also one of those whom a review goes to once it is
 * long overdue. `lead`: of the team that owns it.
 */
export const reminderRoles = ['reviewer', 'author', 'owner', 'lead'] as const;
export const ReminderRole = z.enum(reminderRoles);
export type ReminderRole = z.infer<typeof ReminderRole>;

/** One thing that is asked of one person, or told to them. It has ids only. */
export const ReminderEntry = z.object({
  kind: ReminderKind,
  as: ReminderRole,
  postmortem: PostmortemId,
  /** Which action item of it. Of what is about the whole postmortem: none. */
  aid: z.string().min(1).max(400).optional(),
  /** Of a review: nobody whom the file names can sign it. */
  nobodySigns: z.literal(true).optional().catch(undefined),
});
export type ReminderEntry = z.infer<typeof ReminderEntry>;

/** A mail keeps so many. What is beyond is only counted. */
export const mostEntries = 100;

/** What a mail of reminders asks of its reader. */
export const Reminders = z.object({
  entries: z.array(ReminderEntry).min(1).max(mostEntries),
  /** How many there were beyond these. */
  more: z.int().nonnegative(),
  /** The office in which the reader reviews. */
  office: z.string().max(200).optional(),
});
export type Reminders = z.infer<typeof Reminders>;

/**
 * The same as it is stored with an edition. An entry of a kind or a role that a later release
 * wrote counts as not there.
 */
export const StoredReminders = z.object({
  entries: z.array(z.unknown()).transform((all) =>
    all.flatMap((one): ReminderEntry[] => {
      const read = ReminderEntry.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  ),
  more: z.int().nonnegative().catch(0),
  office: z.string().optional().catch(undefined),
});

/** What is the same whoever is told of it. */
export const subjectOf = ({ kind, postmortem, aid }: Omit<ReminderEntry, 'as'>): string => [kind, postmortem, aid ?? ''].join(' ');
