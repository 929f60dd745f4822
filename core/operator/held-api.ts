import * as z from 'zod';
import { Reason } from '../audit/reason.ts';
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
  /** Nobody is told of an incident that is of the most severe kind, or may be. */
  urgent: z.literal(true).optional(),
  /** People know it already. */
  known: z.literal(true).optional(),
  /**
   * Why, as a clause, and what helps best, ending with a command. Absent from an earlier release.
   */
  words: z.object({ why: z.string(), remedy: z.string() }).optional(),
  /**
   * Of `held` in the status: so many are held for the same reason, and how a line names them.
   * Absent where it is the only one. `since` is the earliest one's then.
   */
  alike: z.object({ count: z.int(), name: z.string() }).optional(),
});
export type ShownHeld = z.infer<typeof ShownHeld>;

/**
 * GET /operator/held?cursor=&limit=, the earliest first. A page with a cursor may have fewer than
 * `limit`.
 */
export const HeldAnswer = z.object({ held: z.array(ShownHeld), cursor: z.string().optional() });
export type HeldAnswer = z.infer<typeof HeldAnswer>;

/**
 * GET /operator/held/{source}/{ref}, scope `read`: all that is known of one inbound incident, in
 * whatever state. 404 if nothing is. `ref` is the vendor's id, or what follows the source in the id
 * of its postmortem.
 */
export const ShownInbound = z.object({
  id: z.string(),
  /** A later release may have more. */
  state: z.string(),
  /** The id under which its postmortem is stored, or would be. */
  postmortem: z.string(),
  since: z.string().optional(),
  /** Of a held one a clause, of a hidden one a word. */
  why: z.string().optional(),
  detail: z.string().optional(),
  /** Without `value`: known, and kept back while nobody knows that the incident is public. */
  facts: z.array(z.object({ name: z.string(), value: z.string().optional(), at: z.string(), seen: z.string() })),
  /** What has to be known before it is told. */
  missing: z.array(z.string()),
  /** People know its own postmortem, which a tool stored. Absent from an earlier release. */
  told: z.boolean().optional(),
  /** Of a draft: who would be told of it if it were published now, as sentences. */
  follows: z.array(z.string()).optional(),
  /** The commands that change something now, and what would come of each. */
  acts: z.array(z.object({ command: z.string(), does: z.string() })),
});
export type ShownInbound = z.infer<typeof ShownInbound>;

/**
 * POST /operator/held/{source}/{ref}/release|ignore|map|undo, scope `configure`, in whatever state.
 * `undo` takes no body and takes back what the others said.
 */
export const ReleaseHeld = z.strictObject({
  /** What its severity counts as, until the vendor names another. */
  severity: Severity.optional(),
  /** Whether everybody in the organisation may see it, until the vendor says that it is private. */
  public: z.literal(true).optional(),
});
export const IgnoreHeld = z.strictObject({ reason: Reason });
export const MapHeld = z.strictObject({ postmortem: PostmortemId });

export const HeldActAnswer = z.object({
  id: z.string(),
  /** Until its tool was asked. A later release may have more. */
  state: z.string(),
  /** What follows, as a clause. Absent if nothing, or from an earlier release. */
  does: z.string().optional(),
  /** An operator had said the same, so nothing was changed. */
  unchanged: z.literal(true).optional(),
  /** Its tool is asked now. Absent: the next poll does, within the hour. */
  asked: z.literal(true).optional(),
  /** Of an undo: what was taken back, by the names of the routes. */
  undone: z.array(z.string()).optional(),
});
export type HeldActAnswer = z.infer<typeof HeldActAnswer>;
