import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';

/** An inbound incident that waits for an operator. */
export const ShownHeld = z.object({
  /** `incident-io/01FDAG4S…`: the source and the vendor's id. */
  id: z.string(),
  since: z.string(),
  why: z.string(),
  detail: z.string().optional(),
  /** The vendor's own name of it. */
  severity: z.string().optional(),
  /** Only of one that is known to be public. */
  title: z.string().optional(),
});
export type ShownHeld = z.infer<typeof ShownHeld>;

/**
 * GET /operator/held?cursor=&limit=, the earliest first. A page with a cursor may have fewer than
 * `limit`.
 */
export const HeldAnswer = z.object({ held: z.array(ShownHeld), cursor: z.string().optional() });
export type HeldAnswer = z.infer<typeof HeldAnswer>;

export const ReleaseHeld = z.strictObject({
  /** What its severity counts as, until the vendor names another. */
  severity: Severity.optional(),
  /** Whether everybody in the organisation may see it, until the vendor says that it is private. */
  public: z.literal(true).optional(),
});
export const IgnoreHeld = z.strictObject({ reason: z.string().trim().min(1).max(300) });
export const MapHeld = z.strictObject({ postmortem: PostmortemId });

export const HeldActAnswer = z.object({ id: z.string(), state: z.string() });
export type HeldActAnswer = z.infer<typeof HeldActAnswer>;
