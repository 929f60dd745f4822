import * as z from 'zod';
import { Instant } from '../shared/instant.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';

/** Hex SHA-256. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
export type Hash = z.infer<typeof Hash>;

/** One person's word that exactly this content may leave. */
export const Approval = z.object({
  /** Of the first address of their entry in the distribution file. */
  person: SubscriberId,
  /** Whose link pressed. Differs where the entry has several addresses. */
  sid: SubscriberId,
  at: Instant,
  content: Hash,
  /** The remarks of the lint that they ticked. */
  ticked: z.array(z.string()),
  /** What their profile called them. Kept until the release, which compares it with the writers. */
  name: z.string().optional(),
});
export type Approval = z.infer<typeof Approval>;

/** Why nobody is asked. */
export const holdings = ['no writer', 'lint', 'too few approvers', 'too many open', 'check failed', 'no product', 'no change'] as const;
export type Holding = (typeof holdings)[number];
/**
 * Why a request ended without an answer. `approver left`: by the file as it is now, too few of
 * those who approved count, or too few are left who could.
 */
export const voidings = ['changed', 'not tellable', 'approver left', 'lint'] as const;
export type Voiding = (typeof voidings)[number];

/** What is asked, and of which request of the postmortem: 1, 2, 3 and so on. */
const asked = { n: z.int().positive(), content: Hash, artefact: Hash };

/**
 * The question whether one external version may leave, as it is stored. `n` counts requests and
 * withdrawals of one postmortem; it is the version of the notice that it makes.
 */
export const ApprovalRequest = z.discriminatedUnion('state', [
  /** Nobody is asked. `content`: of which text. `artefact`: what was looked at, if anything. */
  z.object({
    state: z.literal('held'),
    why: z.enum(holdings).catch('check failed'),
    at: Instant,
    /** When it is looked at again, in case the cause is gone. */
    againAt: Instant.optional().catch(undefined),
    content: Hash.optional(),
    artefact: Hash.optional(),
  }),
  z.object({
    state: z.literal('open'),
    ...asked,
    askedAt: Instant,
    /** How many reminders were sent. The last one also goes to those who are named for it. */
    reminded: z.int().min(0).max(3),
    approvals: z.array(Approval),
  }),
  /** The hold: enough have approved, and each of them may stop it until `releaseAt`. */
  z.object({ state: z.literal('approved'), ...asked, approvals: z.array(Approval), at: Instant, releaseAt: Instant }),
  z.object({ state: z.literal('releasing'), ...asked, approvals: z.array(Approval), at: Instant }),
  z.object({ state: z.literal('released'), ...asked, approvals: z.array(Approval), at: Instant }),
  z.object({
    state: z.enum(['sent back', 'stopped']),
    ...asked,
    /** A sid, or the id of an operator's key. */ by: z.string(),
    reason: z.string(),
    at: Instant,
  }),
  z.object({ state: z.literal('void'), ...asked, because: z.enum(voidings).catch('changed'), at: Instant }),
  z.object({ state: z.literal('lapsed'), ...asked, at: Instant }),
]);
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;
