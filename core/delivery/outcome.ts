import * as z from 'zod';
import { SubscriberId } from '../subscriber/subscriber.ts';

/** Why somebody in the audience got no mail. */
export const skipReasons = [
  'unsubscribed',
  'after cut-off',
  'not due',
  'snoozed',
  'suppressed',
  'suspended',
  'recalled',
  'superseded',
  /** The day passed on which the mail was to leave. */
  'too late',
  'withheld',
  'nothing chosen',
  /** Another stream told them of it, as it was published. */
  'told already',
  'gone',
  /** The deployment does not let this address be mailed. */
  'not allowed',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/**
 * What was made for a reader. Together with the stored edition it gives the same mail, byte for
 * byte.
 */
export const Made = z.strictObject({
  /** Revision of the profile that was read for the mail. */
  profile: z.int(),
  /**
   * One sign for each card of the edition, in its order, and the number of the reader's team where
   * one of them came first for it (core/mail/card-forms.ts). What is unknown belongs to a later
   * release.
   */
  cards: z.string().regex(/^[0-9A-Za-z]*(~[0-9a-z]{1,4})?$/),
  /** The key that signed the links, and the instant in them (seconds since 1970). */
  tokenKey: z.string(),
  issuedAt: z.int(),
});
export type Made = z.infer<typeof Made>;

/** Kept for a mail that SES may or may not have accepted. */
const doubted = {
  attempt: z.int(),
  made: Made,
  /**
   * What was made for earlier attempts, the first one first. Later evidence may be of any attempt.
   */
  earlier: z.array(Made).optional(),
};
const Doubted = z.strictObject(doubted);
export type Doubted = z.infer<typeof Doubted>;

/** What was made for an attempt. If that is not kept: what was made last. */
export const madeFor = ({ attempt, made, earlier = [] }: Doubted, wanted: number): Made =>
  wanted === attempt ? made : (earlier[wanted - 1] ?? made);

/** Whether a reader got the mail. */
export const Outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted'), attempt: z.int(), messageId: z.string(), made: Made }),
  /**
   * A reason of a later version is kept as it is, because rows outlive the code that reads them.
   */
  z.strictObject({ kind: z.literal('skipped'), reason: z.custom<SkipReason>((reason) => typeof reason === 'string' && reason !== '') }),
  z.strictObject({ kind: z.literal('refused'), attempt: z.int(), code: z.string() }),
  /** `again`: an operator wants another copy sent, whatever the stream's policy. */
  z.strictObject({ kind: z.literal('in doubt'), ...doubted, again: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('unconfirmed'), ...doubted }),
]);
export type Outcome = z.infer<typeof Outcome>;
/** Whether the reader may have the mail. */
export const mayHaveMail = ({ kind }: Outcome): boolean => mayBeGot.includes(kind);
/** By their names in counts too. */
export const mayBeGot: readonly Outcome['kind'][] = ['accepted', 'in doubt', 'unconfirmed'];

export const Outcomes = z.record(SubscriberId, Outcome);
export type Outcomes = Readonly<Record<SubscriberId, Outcome>>;
