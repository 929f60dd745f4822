import type { FeedbackEvent, FeedbackOutcome } from '../../core/feedback/handle-event.ts';
import { count } from '../shared/metrics.ts';

/**
 * Counts what the dashboard shows about mails after they were sent. SES may report an event twice,
 * and it is then counted twice; the evidence has it once.
 */
export function countEvent({ delivery: { kind } }: FeedbackEvent, handled: FeedbackOutcome): void {
  if (handled.kind === 'parked') {
    count('EventsParked', 1);
    return;
  }
  if (kind === 'delivered') count('MailsDelivered', 1);
  if (kind === 'bounced') count('MailsBounced', 1);
  if (kind === 'complained') count('MailsComplained', 1);
  if (handled.suppression === 'suppressed') count('PeopleSuppressed', 1);
}
