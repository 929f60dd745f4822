import * as z from 'zod';
import { EditionId } from '../edition/edition.ts';
import { Instant, isAfter } from '../shared/instant.ts';
import { Slot, SubscriberId } from '../subscriber/subscriber.ts';

/**
 * What one SES event says about one delivery. Each of them proves that SES accepted the mail. After
 * `rejected` and `failed` SES did not send it. `bounced` is permanent, `softBounced` temporary.
 * `undetermined` is an absence note, or a bounce that cannot be told apart from one.
 */
export const kinds = [
  'accepted',
  'delivered',
  'delayed',
  'bounced',
  'softBounced',
  'undetermined',
  'complained',
  'notSpam',
  'rejected',
  'failed',
  'machineOpen',
  'humanOpen',
  'unknownOpen',
] as const;
export const DeliveryEvent = z.strictObject({
  kind: z.enum(kinds),
  at: Instant,
  edition: EditionId,
  slot: Slot,
  subscriber: SubscriberId,
  /** A mail is sent once, rarely twice. A higher number is in a tag that we did not write. */
  attempt: z.int().positive().max(99),
  /** SES's id of the message. Empty if the event has none. */
  messageId: z.string().max(200),
});
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;

/** The earliest instant of each kind, of one attempt. */
export type Evidence = Readonly<Partial<Record<DeliveryEvent['kind'], Instant>>>;

/** What one event adds. Events in any order, any number of times, give the same evidence. */
export const withEvent = (evidence: Evidence, { kind, at }: Pick<DeliveryEvent, 'kind' | 'at'>): Evidence => {
  const accepted = earliest(evidence.accepted, at);
  return kind === 'accepted' ? { ...evidence, accepted } : { ...evidence, accepted, [kind]: earliest(evidence[kind], at) };
};

/**
 * Chooses one of two message ids, in any order of events. SES gives each attempt one id, so a
 * forged one must not win by coming first.
 */
export const eitherId = (one: string, other: string): string => (one === '' || (other !== '' && other < one) ? other : one);

const earliest = (known: Instant | undefined, at: Instant): Instant => (known === undefined || isAfter(known, at) ? at : known);

/**
 * What became of a mail, worst first. A bounce or a complaint may follow a delivery and outweighs
 * it.
 */
export const mailStates = [
  'complained of',
  'bounced',
  'rejected',
  'not rendered',
  'bounced for now',
  'delivered',
  'delayed',
  'accepted',
] as const;
export type MailState = (typeof mailStates)[number];

/** What became of a mail. An absence note, an open and a "not spam" show that it arrived. */
export function stateOf(evidence: Evidence): MailState {
  if (evidence.complained) return 'complained of';
  if (evidence.bounced) return 'bounced';
  if (evidence.rejected) return 'rejected';
  if (evidence.failed) return 'not rendered';
  if (evidence.softBounced) return 'bounced for now';
  if (evidence.delivered || evidence.notSpam || evidence.undetermined || openOf(evidence)) return 'delivered';
  return evidence.delayed ? 'delayed' : 'accepted';
}

/** Who or what loaded the pixel. This is always an estimate. */
export const openLabels = ['likely human', 'machine', 'unknown'] as const;
export type OpenLabel = (typeof openLabels)[number];

/** How a mail counts as opened. One open by a person outweighs any number of opens by machines. */
export function openOf(evidence: Evidence): OpenLabel | undefined {
  if (evidence.humanOpen) return 'likely human';
  if (evidence.unknownOpen) return 'unknown';
  return evidence.machineOpen ? 'machine' : undefined;
}
