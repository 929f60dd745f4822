import * as z from 'zod';
import { DeliveryEvent } from '../../core/delivery/evidence.ts';
import type { FeedbackEvent } from '../../core/feedback/handle-event.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { type EventDetail, meaningOf } from './event-meaning.ts';

const tag = z.array(z.string()).min(1);
/**
 * What we read of an event; SES may add members at any time. Strangers can write every string in
 * it, so none is kept, logged or shown as it came.
 */
const SesEvent = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({
    timestamp: z.string(),
    messageId: z.string().optional(),
    tags: z.looseObject({ edition: tag, slot: tag, subscriber: tag, attempt: tag }),
  }),
});
const At = z.looseObject({ timestamp: z.string() });

/** Why an event is not about a delivery of ours. */
export type Parked = { readonly parked: 'unreadable' | 'another type' };

/**
 * Reads the event in our words. It is parked if it is of another type or not about a delivery: no
 * tags, tags that we did not write, or no time.
 */
export function readSesEvent(body: unknown): FeedbackEvent | Parked {
  const read = SesEvent.safeParse(body);
  if (!read.success) return { parked: 'unreadable' };
  const { eventType, mail } = read.data;
  const memberName = memberOf.get(eventType);
  if (memberName === undefined) return { parked: 'another type' };

  const member = read.data[memberName];
  const detail = At.safeParse(member);
  const at = instantOf(detail.success ? detail.data.timestamp : mail.timestamp);
  const sentAt = instantOf(mail.timestamp);
  if (!at || !sentAt) return { parked: 'unreadable' };

  const event: EventDetail = { eventType, member, secondsSinceSent: (Date.parse(at) - Date.parse(sentAt)) / 1000 };
  const { kind, cause } = meaningOf(event);
  const { edition, slot, subscriber, attempt } = mail.tags;
  const delivery = DeliveryEvent.safeParse({
    kind,
    at,
    edition: edition[0],
    slot: slot[0],
    subscriber: subscriber[0],
    attempt: Number(attempt[0]),
    messageId: /^[\w.@-]{1,200}$/.test(mail.messageId ?? '') ? mail.messageId : '',
  });
  return delivery.success ? { delivery: delivery.data, ...(cause && { cause }) } : { parked: 'unreadable' };
}

/** The event types about a delivery, and the member of each that holds the details. */
const memberOf: ReadonlyMap<string, string> = new Map([
  ['Send', 'send'],
  ['Delivery', 'delivery'],
  ['DeliveryDelay', 'deliveryDelay'],
  ['Bounce', 'bounce'],
  ['Complaint', 'complaint'],
  ['Reject', 'reject'],
  ['Rendering Failure', 'failure'],
  ['Open', 'open'],
]);

function instantOf(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : toInstant(date);
}
