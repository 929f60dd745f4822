import { describe, expect, it } from 'vitest';
import { readSesEvent } from '../../adapters/ses/ses-event.ts';
import { aSid } from '../support/delivery.ts';

const tags = {
  edition: ['engineering-digest_2026-W47'],
  slot: ['default'],
  subscriber: [aSid(1)],
  attempt: ['1'],
  'ses:operation': ['SendRawEmail'],
};
const anEvent = (eventType: string, change: Record<string, unknown> = {}) => ({
  eventType,
  mail: { timestamp: '2026-11-23T08:00:01.000Z', messageId: 'm-1', destination: ['ada@example.com'], tags },
  ...change,
});
const delivery = { edition: 'engineering-digest_2026-W47', slot: 'default', subscriber: aSid(1), attempt: 1, messageId: 'm-1' };

const bounce = (bounceType: string, bounceSubType: string, recipient: object = {}) => ({
  bounce: { timestamp: '2026-11-23T08:00:04.000Z', bounceType, bounceSubType, bouncedRecipients: [recipient] },
});
const complaint = (change: object = {}) => ({ complaint: { timestamp: '2026-11-23T09:00:00.000Z', ...change } });
const open = (timestamp: string, userAgent: unknown) => ({ open: { timestamp, userAgent, ipAddress: '192.0.2.1' } });
const full = {
  emailAddress: 'ADA@example.com',
  action: 'failed',
  status: '4.2.2',
  diagnosticCode: 'smtp; 452 4.2.2 <script>full</script>',
};
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

describe('reads what happened', () => {
  it.each([
    ['Send', { send: {} }, 'accepted', '2026-11-23T08:00:01Z'],
    ['Delivery', { delivery: { timestamp: '2026-11-23T08:00:03.000Z' } }, 'delivered', '2026-11-23T08:00:03Z'],
    ['DeliveryDelay', { deliveryDelay: { timestamp: '2026-11-23T08:10:00.000Z' } }, 'delayed', '2026-11-23T08:10:00Z'],
    ['Reject', { reject: { reason: 'Bad content' } }, 'rejected', '2026-11-23T08:00:01Z'],
    ['Rendering Failure', { failure: { errorMessage: 'x', templateName: 'y' } }, 'failed', '2026-11-23T08:00:01Z'],
    ['Complaint', complaint({ complaintFeedbackType: 'not-spam' }), 'notSpam', '2026-11-23T09:00:00Z'],
    ['Bounce', bounce('Transient', 'General'), 'undetermined', '2026-11-23T08:00:04Z'],
    ['Bounce', bounce('Undetermined', 'Undetermined'), 'undetermined', '2026-11-23T08:00:04Z'],
    ['Bounce', bounce('Of a later year', 'Unheard of', full), 'undetermined', '2026-11-23T08:00:04Z'],
    ['Bounce', bounce('Transient', 'MessageTooLarge', full), 'softBounced', '2026-11-23T08:00:04Z'],
    ['Bounce', { bounce: 'not as documented' }, 'undetermined', '2026-11-23T08:00:01Z'],
    ['Open', open('2026-11-23T08:00:10.000Z', chrome), 'machineOpen', '2026-11-23T08:00:10Z'],
    ['Open', open('2026-11-23T10:00:00.000Z', chrome), 'humanOpen', '2026-11-23T10:00:00Z'],
    ['Open', open('2026-11-23T10:00:00.000Z', '<script>alert(1)</script>'), 'unknownOpen', '2026-11-23T10:00:00Z'],
    ['Open', open('2026-11-23T10:00:00.000Z', { hostile: true }), 'unknownOpen', '2026-11-23T10:00:00Z'],
  ])('%s: %j is %s and speaks against nobody', (eventType, change, kind, at) => {
    expect(readSesEvent(anEvent(eventType, change))).toEqual({ delivery: { kind, at, ...delivery } });
  });
});

describe('F21: reads what speaks against mailing the person again', () => {
  it.each([
    ['Bounce', bounce('Permanent', 'General'), 'bounced', 'permanent bounce'],
    ['Bounce', bounce('Permanent', 'NoEmail'), 'bounced', 'permanent bounce'],
    ['Bounce', bounce('Permanent', 'Suppressed'), 'bounced', 'permanent bounce'],
    ['Bounce', bounce('Permanent', 'OnAccountSuppressionList'), 'bounced', 'permanent bounce'],
    ['Bounce', bounce('Permanent', 'Of a later year'), 'bounced', 'permanent bounce'],
    ['Bounce', { bounce: { bounceType: 'Permanent' } }, 'bounced', 'permanent bounce'],
    ['Bounce', bounce('Transient', 'MailboxFull'), 'softBounced', 'transient bounce'],
    ['Bounce', bounce('Transient', 'General', full), 'softBounced', 'transient bounce'],
    ['Complaint', complaint(), 'complained', 'complaint'],
    ['Complaint', complaint({ complaintFeedbackType: 'abuse' }), 'complained', 'complaint'],
    ['Complaint', complaint({ complaintSubType: 'OnAccountSuppressionList' }), 'complained', 'complaint'],
    [
      'Complaint',
      complaint({ complainedRecipients: ['bob', 'eve', 'ada'].map((name) => ({ emailAddress: `${name}@example.com` })) }),
      'complained',
      'complaint',
    ],
  ])('%s: %j is %s', (eventType, change, kind, cause) => {
    expect(readSesEvent(anEvent(eventType, change))).toMatchObject({ delivery: { kind, subscriber: aSid(1) }, cause });
  });
});

it('F20: takes nothing along of what strangers wrote', () => {
  const hostile = '<script>alert(1)</script>';
  const headers = Array.from({ length: 5000 }, (_, n) => ({ name: `X-${n}`, value: hostile }));
  const mail = {
    timestamp: '2026-11-23T08:00:01.000Z',
    messageId: hostile,
    tags,
    headers,
    headersTruncated: 'true',
    commonHeaders: { subject: hostile },
  };
  for (const change of [
    bounce('Permanent', hostile, { emailAddress: hostile, diagnosticCode: hostile, status: hostile }),
    { ...open('2026-11-23T10:00:00.000Z', hostile), __proto__: { polluted: true } },
  ]) {
    const read = JSON.stringify(readSesEvent(anEvent('bounce' in change ? 'Bounce' : 'Open', { ...change, mail })));
    expect(read).toContain(aSid(1));
    expect(read).not.toMatch(/script|192\.0|X-1|polluted/);
  }
});

it('takes no message id that is none', () => {
  const mail = { timestamp: '2026-11-23T08:00:01.000Z', tags };
  for (const messageId of [undefined, '<script>', 'x'.repeat(300)])
    expect(readSesEvent(anEvent('Send', { mail: { ...mail, messageId } }))).toMatchObject({ delivery: { messageId: '' } });
});

describe('parks what is not about a delivery of ours', () => {
  const tagged = (change: object) => anEvent('Send', { mail: { timestamp: '2026-11-23T08:00:01.000Z', tags: { ...tags, ...change } } });
  it.each([
    ['another type', anEvent('Subscription')],
    ['a type that is a name of JavaScript’s', anEvent('constructor')],
    ['no tags', { eventType: 'Send', mail: { timestamp: '2026-11-23T08:00:01.000Z' } }],
    ['a subscriber that is none', tagged({ subscriber: ['../../x'] })],
    ['an edition that cannot be', tagged({ edition: ['ED#x'] })],
    ['an attempt that is none', tagged({ attempt: ['many'] })],
    ['an attempt that nobody made', tagged({ attempt: ['100000'] })],
    ['a time that is none', anEvent('Send', { mail: { timestamp: 'yesterday', tags } })],
    ['a time that no calendar has', anEvent('Delivery', { delivery: { timestamp: '+275760-09-13T00:00:00.000Z' } })],
    ['a confirmation of SNS', { Type: 'SubscriptionConfirmation', SubscribeURL: 'https://evil.example', Token: 'x' }],
    ['a text', 'SubscribeURL: https://evil.example'],
    ['nothing', undefined],
  ])('%s', (_what, body) => {
    expect(readSesEvent(body)).toEqual({ parked: expect.stringMatching(/^(unreadable|another type)$/) });
  });
});
