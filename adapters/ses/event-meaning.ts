import * as z from 'zod';
import type { DeliveryEvent } from '../../core/delivery/evidence.ts';
import type { FeedbackEvent } from '../../core/feedback/handle-event.ts';
import { judgeBounce } from '../../core/feedback/judge-bounce.ts';
import { judgeOpen, openKinds } from '../../core/feedback/judge-open.ts';

/** An event's type and the member with its details, still in SES's words. */
export interface EventDetail {
  readonly eventType: string;
  readonly member: unknown;
  readonly secondsSinceSent: number;
}
type Verdict = Pick<DeliveryEvent, 'kind'> & Pick<FeedbackEvent, 'cause'>;

const text = z.string().catch('');
const Recipient = z.looseObject({ action: text, status: text, diagnosticCode: text });
const Bounce = z.looseObject({ bounceType: text, bounceSubType: text, bouncedRecipients: z.array(Recipient).catch([]) });
const Complaint = z.looseObject({ complaintFeedbackType: text });
const Open = z.looseObject({ userAgent: text });

/**
 * What an event says about the delivery and against the person. A member that is not as SES
 * documents it is read as saying as little as possible.
 */
export function meaningOf({ eventType, member, secondsSinceSent }: EventDetail): Verdict {
  switch (eventType) {
    case 'Delivery':
      return { kind: 'delivered' };
    case 'DeliveryDelay':
      return { kind: 'delayed' };
    case 'Reject':
      return { kind: 'rejected' };
    case 'Rendering Failure':
      return { kind: 'failed' };
    case 'Bounce':
      return bounceVerdict(member);
    case 'Complaint':
      return complaintVerdict(member);
    case 'Open': {
      const { userAgent } = Open.safeParse(member).data ?? { userAgent: '' };
      return { kind: openKinds[judgeOpen({ userAgent, secondsSinceSent })] };
    }
    default:
      return { kind: 'accepted' };
  }
}

function bounceVerdict(member: unknown): Verdict {
  const { bounceType = '', bounceSubType = '', bouncedRecipients = [] } = Bounce.safeParse(member).data ?? {};
  const hasDiagnosis = bouncedRecipients.some(({ action, status }) => /^failed$/i.test(action) || /^[45]\./.test(status));
  const { kind, mailbox } = judgeBounce({ type: bounceType, subType: bounceSubType, hasDiagnosis });
  if (!mailbox) return { kind };
  return { kind, cause: mailbox === 'gone' ? 'permanent bounce' : 'transient bounce' };
}

/**
 * A reader who takes a mail out of the spam folder is reported as a complaint too, with the type
 * `not-spam`.
 */
const complaintVerdict = (member: unknown): Verdict =>
  /^not-spam$/i.test(Complaint.safeParse(member).data?.complaintFeedbackType ?? '')
    ? { kind: 'notSpam' }
    : { kind: 'complained', cause: 'complaint' };
