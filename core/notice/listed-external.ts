import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

/**
 * What lists show of an external version: where it stands, and neither its title nor its text. The
 * table's lists and the operator's routes have the same.
 */
export const ListedExternal = z.object({
  postmortem: PostmortemId,
  /** The id that customers see. Absent: nobody was asked yet. */
  publicId: z.string().optional(),
  /** A state of a request, or what a later release says. Absent: nothing was asked yet. */
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
  /** Since when the postmortem behind it is hidden from staff. */
  hiddenSince: Instant.optional(),
  /** When it is looked at next. Absent: it rests. */
  dueAt: Instant.optional(),
});
export type ListedExternal = z.infer<typeof ListedExternal>;
