import * as z from 'zod';
import { Instant } from '../shared/instant.ts';

/** More characters than any vendor has in the name of a page. */
export const longestPage = 4000;

/** How far a poll is that has more pages than one message reads. */
export const PollProgress = z.object({
  /** What changed since then is asked for. */
  since: Instant,
  /** When the poll began. */
  began: Instant,
  /** The vendor's page that comes next. Absent: the first. */
  page: z.string().max(longestPage).optional(),
  /** How many pages were read. */
  read: z.int().nonnegative(),
});
export type PollProgress = z.infer<typeof PollProgress>;
