import * as z from 'zod';
import { SubscriberId } from '../subscriber/subscriber.ts';

/** Why a person in the audience got no mail. */
export const skipReasons = [
  'unsubscribed',
  'after cut-off',
  'not due',
  'snoozed',
  'suppressed',
  'suspended',
  'recalled',
  'withheld',
  'nothing chosen',
  'gone',
  /** The deployment does not let this address be mailed. */
  'not allowed',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** What was made for a reader: with the stored edition it reproduces the mail byte for byte. */
export const Made = z.strictObject({
  /** Revision of the profile that the decision was made on. */
  profile: z.int(),
  /** One sign a card of the edition, in its order: 0 absent, 1 line, 2 card; a letter: card under a reason, the n-th of its topics. */
  cards: z.string().regex(/^[0-3a-z]*$/),
  /** Id of the key that signed the links, and the instant (seconds since 1970) that they carry. */
  tokenKey: z.string(),
  issuedAt: z.int(),
});
export type Made = z.infer<typeof Made>;

/** What is kept of a mail of which nobody knows whether it was accepted. */
const doubted = {
  attempt: z.int(),
  made: Made,
  /** What was made for the attempts before, the first one first: evidence that comes later may be of any of them. */
  earlier: z.array(Made).optional(),
};
const Doubted = z.strictObject(doubted);
export type Doubted = z.infer<typeof Doubted>;

/** What was made for an attempt; for one that is not kept, what was made last. */
export const madeFor = ({ attempt, made, earlier = [] }: Doubted, wanted: number): Made =>
  wanted === attempt ? made : (earlier[wanted - 1] ?? made);

/** The one answer to "did this person get it?". */
export const Outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('accepted'), attempt: z.int(), messageId: z.string(), made: Made }),
  /** A reason of a later version is kept as it is: rows outlive the code that reads them. */
  z.strictObject({ kind: z.literal('skipped'), reason: z.custom<SkipReason>((reason) => typeof reason === 'string' && reason !== '') }),
  z.strictObject({ kind: z.literal('refused'), attempt: z.int(), code: z.string() }),
  /** `again`: an operator decided to send once more, whatever the stream's policy. */
  z.strictObject({ kind: z.literal('in doubt'), ...doubted, again: z.literal(true).optional() }),
  z.strictObject({ kind: z.literal('unconfirmed'), ...doubted }),
]);
export type Outcome = z.infer<typeof Outcome>;
export const Outcomes = z.record(SubscriberId, Outcome);
export type Outcomes = Readonly<Record<SubscriberId, Outcome>>;
