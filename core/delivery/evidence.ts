import * as z from 'zod';
import { EditionId } from '../edition/edition.ts';
import { Instant, isAfter } from '../shared/instant.ts';
import { Slot, SubscriberId } from '../subscriber/subscriber.ts';

/** What one SES event says about one delivery. Any of them proves that the mail was accepted. */
export const kinds = ['accepted', 'delivered', 'delayed', 'bounced', 'complained', 'rejected', 'opened'] as const;
export const DeliveryEvent = z.strictObject({
  kind: z.enum(kinds),
  at: Instant,
  edition: EditionId,
  slot: Slot,
  subscriber: SubscriberId,
  attempt: z.int().positive(),
  /** SES's id of the message; empty where an event does not tell it. */
  messageId: z.string().max(200),
});
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;

/** The earliest instant of each kind, by attempt. */
export type Evidence = Readonly<Partial<Record<DeliveryEvent['kind'], Instant>>>;

/** What one event adds. Any order and any repetition of events gives the same evidence. */
export const withEvent = (evidence: Evidence, { kind, at }: Pick<DeliveryEvent, 'kind' | 'at'>): Evidence => {
  const earliest = evidence[kind] && !isAfter(evidence[kind], at) ? evidence[kind] : at;
  const accepted = evidence.accepted && !isAfter(evidence.accepted, at) ? evidence.accepted : at;
  return kind === 'accepted' ? { ...evidence, accepted: earliest } : { ...evidence, accepted, [kind]: earliest };
};
