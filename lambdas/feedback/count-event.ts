import type { DeliveryEvent } from '../../core/delivery/evidence.ts';
import { count } from '../shared/metrics.ts';

/** Counts what the dashboard shows of a mail's fate. SES may tell an event twice; the evidence knows it once. */
export function countEvent({ kind }: DeliveryEvent): void {
  if (kind === 'delivered') count('MailsDelivered', 1);
  if (kind === 'bounced') count('MailsBounced', 1);
  if (kind === 'complained') count('MailsComplained', 1);
}
