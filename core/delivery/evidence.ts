import * as z from 'zod';
import { EditionId } from '../edition/edition.ts';
import { Instant, isAfter } from '../shared/instant.ts';
import { Slot, SubscriberId } from '../subscriber/subscriber.ts';

/**
 * What one SES event says about one delivery. Any of them proves that the mail was accepted; `rejected` and `failed` that SES then kept it.
 * `bounced` is for good, `softBounced` for the time being, `undetermined` an absence note or something nobody can tell apart from one.
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
  /** A mail is sent once, in rare cases twice: more is a tag that we did not write. */
  attempt: z.int().positive().max(99),
  /** SES's id of the message; empty where an event does not tell it. */
  messageId: z.string().max(200),
});
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;

/** The earliest instant of each kind, of one attempt. */
export type Evidence = Readonly<Partial<Record<DeliveryEvent['kind'], Instant>>>;

/** What one event adds. Any order and any repetition of events gives the same evidence. */
export const withEvent = (evidence: Evidence, { kind, at }: Pick<DeliveryEvent, 'kind' | 'at'>): Evidence => {
  const accepted = earliest(evidence.accepted, at);
  return kind === 'accepted' ? { ...evidence, accepted } : { ...evidence, accepted, [kind]: earliest(evidence[kind], at) };
};

/** One id of those that were told: SES tells only one of an attempt, and whoever tells another changes nothing by coming first. */
export const eitherId = (one: string, other: string): string => (one === '' || (other !== '' && other < one) ? other : one);

const earliest = (known: Instant | undefined, at: Instant): Instant => (known === undefined || isAfter(known, at) ? at : known);

/** What became of a mail at last, worst first: a bounce or a complaint may follow a delivery, and then that is what happened. */
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

/** The one answer to "what became of this mail?". An absence note, an open and a "not spam" tell that it is there. */
export function stateOf(evidence: Evidence): MailState {
  if (evidence.complained) return 'complained of';
  if (evidence.bounced) return 'bounced';
  if (evidence.rejected) return 'rejected';
  if (evidence.failed) return 'not rendered';
  if (evidence.softBounced) return 'bounced for now';
  if (evidence.delivered || evidence.notSpam || evidence.undetermined || openOf(evidence)) return 'delivered';
  return evidence.delayed ? 'delayed' : 'accepted';
}

/** Who or what loaded the pixel. An estimate, whatever it says. */
export const openLabels = ['likely human', 'machine', 'unknown'] as const;
export type OpenLabel = (typeof openLabels)[number];

/** How a mail counts as opened: one open that a person probably made outweighs any number of a machine's. */
export function openOf(evidence: Evidence): OpenLabel | undefined {
  if (evidence.humanOpen) return 'likely human';
  if (evidence.unknownOpen) return 'unknown';
  return evidence.machineOpen ? 'machine' : undefined;
}
