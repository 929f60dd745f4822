import * as z from 'zod';
import { PlainDate } from '../shared/instant.ts';

const outcomes = ['off', 'no working day', 'told already', 'told', 'too many', 'would tell'] as const;

/** What a run did, or would do. `people`: how many are mailed; `entries`: what is asked of them. */
export const RemindersRunAnswer = z.object({
  outcome: z.enum(outcomes),
  day: PlainDate.optional(),
  people: z.int().optional(),
  entries: z.int().optional(),
  staff: z.int().optional(),
});
export type RemindersRunAnswer = z.infer<typeof RemindersRunAnswer>;

/**
 * POST /operator/reminders/run, scope `send`: what the schedule does, now. The second run of a day
 * does nothing. `yes`: however many people it mails.
 */
export const RemindersRunRequest = z.strictObject({ yes: z.boolean().optional() });

/** GET /operator/reminders, scope `read`. */
export const RemindersAnswer = z.object({
  /** When they leave on working days. Absent: the file in force has no reminders. */
  at: z.string().optional(),
  /**
   * The working day before their first run, and the last day that people were told of. Absent:
   * never.
   */
  since: PlainDate.optional(),
  lastDay: PlainDate.optional(),
  /** How many people pause and are told later. */
  waiting: z.int(),
  /** A working day that has passed without its run. */
  late: PlainDate.optional(),
  /** What a run would do now. */
  now: RemindersRunAnswer,
});
export type RemindersAnswer = z.infer<typeof RemindersAnswer>;
