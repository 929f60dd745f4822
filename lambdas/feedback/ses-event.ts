import * as z from 'zod';
import { DeliveryEvent } from '../../core/delivery/evidence.ts';
import { toInstant } from '../../core/shared/instant.ts';

const tag = z.array(z.string()).min(1);
/** What we read of an event; SES adds members as it likes. Every string in it is a stranger's. */
const SesEvent = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({
    timestamp: z.string(),
    messageId: z.string().optional(),
    tags: z.looseObject({ edition: tag, slot: tag, subscriber: tag, attempt: tag }),
  }),
});
const At = z.looseObject({ timestamp: z.string() });

const kindOf: Readonly<Record<string, DeliveryEvent['kind']>> = {
  Send: 'accepted',
  Delivery: 'delivered',
  DeliveryDelay: 'delayed',
  Bounce: 'bounced',
  Complaint: 'complained',
  Reject: 'rejected',
  Open: 'opened',
};
/** The member of an event that tells when it happened. */
const memberOf: Readonly<Record<string, string>> = {
  Delivery: 'delivery',
  DeliveryDelay: 'deliveryDelay',
  Bounce: 'bounce',
  Complaint: 'complaint',
  Open: 'open',
};

/** The event in our words; undefined for one that is not about a delivery of ours (no tags, another type). */
export function readSesEvent(body: unknown): DeliveryEvent | undefined {
  const read = SesEvent.safeParse(body);
  if (!read.success) return undefined;
  const { eventType, mail } = read.data;
  const detail = At.safeParse(read.data[memberOf[eventType] ?? '']);
  const at = new Date(detail.success ? detail.data.timestamp : mail.timestamp);
  if (Number.isNaN(at.getTime())) return undefined;
  const { edition, slot, subscriber, attempt } = mail.tags;
  return DeliveryEvent.safeParse({
    kind: kindOf[eventType],
    at: toInstant(at),
    edition: edition[0],
    slot: slot[0],
    subscriber: subscriber[0],
    attempt: Number(attempt[0]),
    messageId: /^[\w.@-]{1,200}$/.test(mail.messageId ?? '') ? mail.messageId : '',
  }).data;
}
