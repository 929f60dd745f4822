import * as z from 'zod';
import { Clock, weekdays } from '../calendar/schedule.ts';
import { severities } from '../postmortem/postmortem.ts';
import { PlainDate } from '../shared/instant.ts';
import { AddressField, Label } from './fields.ts';

const bySeverity = <T extends z.ZodType>(days: T) => z.partialRecord(z.enum(severities), days);

/** Who decides, and the office in which they do: mails and pages name the office. */
const Office = z.strictObject({ address: AddressField, as: Label });
export type Office = z.infer<typeof Office>;

/** Which postmortems leadership reviews, and by when. Without it nothing is reviewed. */
export const ReviewSettings = z.strictObject({
  /** Default: sev1 and sev2. */
  severities: z.array(z.enum(severities)).min(1).optional(),
  reviewers: z.array(Office).min(1).max(20),
  /** Asked, the first before the second, once a review is long overdue. They may decide as well. */
  escalateTo: z.array(Office).max(2).optional(),
  /** Working days from publication. */
  dueAfter: bySeverity(z.int().min(1).max(60)).optional(),
  /** Working days from when the incident was told of: a postmortem is to be published by then. */
  postmortemWithin: bySeverity(z.int().min(1).max(60)).optional(),
});

/** One mail a person and working day with everything that is asked of them. Without it none. */
export const ReminderSettings = z.strictObject({
  /** In the organisation's zone. */
  at: Clock,
});

/** For action items without a due day: days from the promise until they count as due. */
export const ActionSettings = z.strictObject({ dueAfter: bySeverity(z.int().min(1).max(365)) });

export const Workdays = z.array(z.enum(weekdays)).min(1);
export const Holidays = z.array(PlainDate).max(200);
