import type { FeedbackEvent, FeedbackOutcome } from '../../core/feedback/handle-event.ts';
import { count } from '../shared/metrics.ts';

/**
 * Counts what the dashboard shows of a mail's fate. SES may tell an event twice; the evidence knows
 * it once.
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
