import { account, arn } from '../template/place.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { headerBlock, headersIn } from './headers.ts';

/** One event as SES publishes it, with the part that belongs to its type. */
export interface SesEvent {
  readonly eventType: 'Send' | 'Delivery' | 'Bounce' | 'Complaint' | 'Open';
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
const bounce = (mail: AcceptedMail, at: Date, bounceSubType: 'General' | 'Suppressed'): Part => ({
  feedbackId: `${mail.id}-feedback`,
  bounceType: 'Permanent',
  bounceSubType,
  bouncedRecipients: mail.to.map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: 'smtp; 550 5.1.1 user unknown',
  })),
  timestamp: at.toISOString(),
  reportingMTA: 'dsn; a1-1.smtp-out.amazonses.com',
});
const complaint = (mail: AcceptedMail, at: Date): Part => ({
  feedbackId: `${mail.id}-feedback`,
  complaintSubType: null,
  complainedRecipients: mail.to.map((emailAddress) => ({ emailAddress })),
  timestamp: at.toISOString(),
  userAgent: 'Amazon SES Mailbox Simulator',
  complaintFeedbackType: 'abuse',
  arrivalDate: at.toISOString(),
});

/** What the simulator's mailboxes do; a label after a plus sign changes nothing. Every other mailbox takes its mail. */
const simulated = (address: string): string | undefined =>
  /^(\w+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address)?.[1]?.toLowerCase();

/** Everything that happens to a mail once it is accepted, in order. */
export function eventsAfter(mail: AcceptedMail, at: Date): SesEvent[] {
  const common = mailPart(mail);
  const send: SesEvent = { eventType: 'Send', mail: common, send: {} };
  const delivered: SesEvent = { eventType: 'Delivery', mail: common, delivery: delivery(mail, at) };
  switch (simulated(mail.to[0] ?? '')) {
    case 'bounce':
      return [send, { eventType: 'Bounce', mail: common, bounce: bounce(mail, at, 'General') }];
    case 'suppressionlist':
      return [send, { eventType: 'Bounce', mail: common, bounce: bounce(mail, at, 'Suppressed') }];
    case 'complaint':
      return [send, delivered, { eventType: 'Complaint', mail: common, complaint: complaint(mail, at) }];
    default:
      return [send, delivered];
  }
}

/** A mail client loaded the pixel. */
export const openEvent = (mail: AcceptedMail, at: Date, userAgent: string): SesEvent => ({
  eventType: 'Open',
  mail: mailPart(mail),
  open: { ipAddress: '127.0.0.1', timestamp: at.toISOString(), userAgent },
});
