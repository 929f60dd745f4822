import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** Its own queue. An update that is not due yet is sent to it again. */
  QUEUE_URL: z.url(),
  BULK_QUEUE_URL: z.url(),
  PROMPT_QUEUE_URL: z.url(),
  URGENT_QUEUE_URL: z.url(),
  CUSTOMERS_QUEUE_URL: z.url(),
  /**
   * The longest run of a function that writes profiles, in seconds. No profile write that began
   * before a cut-off this old is still in progress.
   */
  PROFILE_WRITER_SECONDS: z.coerce.number().int().positive(),
  /**
   * Longer than any run of `deliver`, in seconds. No run that read an edition before it was
   * superseded this long ago is still sending.
   */
  LEASE_SECONDS: z.coerce.number().int().positive(),
  /** Between the mails about one incident; see Durations. */
  UPDATE_WINDOW_SECONDS: z.coerce.number().int().positive(),
  UPDATE_SETTLING_SECONDS: z.coerce.number().int().positive(),
  /** How long an external version stands before somebody is asked to approve it. */
  NOTICE_SETTLING_SECONDS: z.coerce.number().int().positive(),
});
export type EnvValues = z.input<typeof Env>;
