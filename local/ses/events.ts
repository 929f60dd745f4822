import { account, arn } from '../template/local-aws.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { headerBlock, headersIn } from './headers.ts';
import { type Behaviour, type BounceKind, behaviourOf } from './simulator.ts';

/** The client that loads a pixel, as SES sees it. */
export interface Opener {
  readonly userAgent: string;
  readonly ipAddress: string;
}

/** One event as SES publishes it, with the part for its type. */
export interface SesEvent {
  readonly eventType: 'Send' | 'Reject' | 'Rendering Failure' | 'DeliveryDelay' | 'Delivery' | 'Bounce' | 'Complaint' | 'Open';
  readonly mail: Readonly<Record<string, unknown>>;
  readonly [part: string]: unknown;
}

type Part = Readonly<Record<string, unknown>>;

const mailPart = (mail: AcceptedMail): Part => {
  const headers = headersIn(headerBlock(mail.raw));
  const all = (name: string) => headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
  const own = [...mail.tags].map(([name, value]): [string, string[]] => [name, [value]]);
  return {
    timestamp: mail.acceptedAt.toISOString(),
    source: mail.source,
    sourceArn: arn('ses', `identity/${mail.source.split('@').at(-1)}`),
    sendingAccountId: account,
    messageId: mail.id,
    destination: mail.to,
    headersTruncated: false,
    headers,
    commonHeaders: { from: all('from'), to: all('to'), messageId: mail.id, subject: all('subject')[0] ?? '' },
    tags: {
      ...Object.fromEntries(own),
      'ses:operation': ['SendRawEmail'],
      'ses:configuration-set': mail.configurationSet === undefined ? [] : [mail.configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [mail.source.split('@').at(-1) ?? ''],
      'ses:caller-identity': [mail.caller],
    },
  };
};

const delivery = (mail: AcceptedMail, at: Date): Part => ({
  timestamp: at.toISOString(),
  processingTimeMillis: Math.max(0, at.getTime() - mail.acceptedAt.getTime()),
  recipients: mail.to,
  smtpResponse: '250 2.6.0 Message received',
  reportingMTA: 'a1-1.smtp-out.amazonses.com',
});
const bounce = (mail: AcceptedMail, at: Date, { bounceType, bounceSubType }: BounceKind, ofNobody: boolean): Part => ({
  feedbackId: `${mail.id}-feedback`,
  bounceType,
  bounceSubType,
  bouncedRecipients: (ofNobody ? [] : mail.to).map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: bounceType === 'Permanent' ? '5.1.1' : '4.2.2',
    diagnosticCode: bounceType === 'Permanent' ? 'smtp; 550 5.1.1 user unknown' : 'smtp; 452 4.2.2 not now',
  })),
  timestamp: at.toISOString(),
  reportingMTA: 'dsn; a1-1.smtp-out.amazonses.com',
});
/**
 * SES names everyone at the complaining domain who got the mail. With `others`, those are more
 * people than the one who complained.
 */
const complaint = (mail: AcceptedMail, at: Date, { type, subType, others }: NonNullable<Behaviour['complaint']>): Part => {
  const domain = mail.to[0]?.split('@').at(-1) ?? '';
  const named = others ? [...mail.to, `somebody-else@${domain}`, `a-third@${domain}`] : mail.to;
  return {
    feedbackId: `${mail.id}-feedback`,
    complaintSubType: subType,
    complainedRecipients: named.map((emailAddress) => ({ emailAddress })),
    timestamp: at.toISOString(),
    userAgent: 'Amazon SES Mailbox Simulator',
    ...(type === null ? {} : { complaintFeedbackType: type }),
    arrivalDate: at.toISOString(),
  };
};
const delay = (mail: AcceptedMail, at: Date): Part => ({
  timestamp: at.toISOString(),
  delayType: 'TransientCommunicationFailure',
  expirationTime: new Date(at.getTime() + 12 * 3_600_000).toISOString(),
  delayedRecipients: mail.to.map((emailAddress) => ({
    emailAddress,
    status: '4.4.1',
    diagnosticCode: 'smtp; 421 4.4.1 unable to connect',
  })),
});

/** Everything that happens to a mail after it was accepted, in order. */
export function eventsAfter(mail: AcceptedMail, at: Date): SesEvent[] {
  const common = mailPart(mail);
  const does = behaviourOf(mail.to[0] ?? '');
  const events: SesEvent[] = [{ eventType: 'Send', mail: common, send: {} }];
  if (does.rejected) events.push({ eventType: 'Reject', mail: common, reject: { reason: 'Bad content' } });
  if (does.failed) {
    const failure = { templateName: 'none', errorMessage: "Attribute 'name' is not present in the rendering data." };
    events.push({ eventType: 'Rendering Failure', mail: common, failure });
  }
  if (does.delayed) events.push({ eventType: 'DeliveryDelay', mail: common, deliveryDelay: delay(mail, at) });
  if (does.delivered) events.push({ eventType: 'Delivery', mail: common, delivery: delivery(mail, at) });
  if (does.bounce) events.push({ eventType: 'Bounce', mail: common, bounce: bounce(mail, at, does.bounce, does.ofNobody ?? false) });
  if (does.complaint) events.push({ eventType: 'Complaint', mail: common, complaint: complaint(mail, at, does.complaint) });
  return events;
}

/** A mail client loaded the pixel. */
export const openEvent = (mail: AcceptedMail, at: Date, { userAgent, ipAddress }: Opener): SesEvent => ({
  eventType: 'Open',
  mail: mailPart(mail),
  open: { ipAddress, timestamp: at.toISOString(), userAgent },
});
