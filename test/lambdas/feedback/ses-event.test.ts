import { describe, expect, it } from 'vitest';
import { readSesEvent } from '../../../lambdas/feedback/ses-event.ts';
import { aSid } from '../../builders/delivery.ts';

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

it.each([
  ['Send', { send: {} }, 'accepted', '2026-11-23T08:00:01Z'],
  ['Delivery', { delivery: { timestamp: '2026-11-23T08:00:03.000Z' } }, 'delivered', '2026-11-23T08:00:03Z'],
  ['DeliveryDelay', { deliveryDelay: { timestamp: '2026-11-23T08:10:00.000Z' } }, 'delayed', '2026-11-23T08:10:00Z'],
  ['Bounce', { bounce: { timestamp: '2026-11-23T08:00:04.000Z', bounceType: 'Permanent' } }, 'bounced', '2026-11-23T08:00:04Z'],
  ['Complaint', { complaint: { timestamp: '2026-11-23T09:00:00.000Z' } }, 'complained', '2026-11-23T09:00:00Z'],
  ['Reject', { reject: { reason: 'Bad content' } }, 'rejected', '2026-11-23T08:00:01Z'],
  ['Open', { open: { timestamp: '2026-11-23T10:00:00.000Z', userAgent: '<script>' } }, 'opened', '2026-11-23T10:00:00Z'],
])('reads %s', (eventType, change, kind, at) => {
  expect(readSesEvent(anEvent(eventType, change))).toEqual({ kind, at, ...delivery });
});

it('takes no message id that is none', () => {
  const mail = { timestamp: '2026-11-23T08:00:01.000Z', tags };
  for (const messageId of [undefined, '<script>', 'x'.repeat(300)])
    expect(readSesEvent(anEvent('Send', { mail: { ...mail, messageId } }))).toMatchObject({ messageId: '' });
});

describe('leaves out what is not about a delivery of ours', () => {
  it.each([
    ['another type', anEvent('Subscription')],
    ['no tags', { eventType: 'Send', mail: { timestamp: '2026-11-23T08:00:01.000Z' } }],
    [
      'a subscriber that is none',
      anEvent('Send', { mail: { timestamp: '2026-11-23T08:00:01.000Z', tags: { ...tags, subscriber: ['../../x'] } } }),
    ],
    ['an attempt that is none', anEvent('Send', { mail: { timestamp: '2026-11-23T08:00:01.000Z', tags: { ...tags, attempt: ['many'] } } })],
    ['a time that is none', anEvent('Send', { mail: { timestamp: 'yesterday', tags } })],
    ['a text', 'SubscribeURL: https://evil.example'],
    ['nothing', undefined],
  ])('%s', (_what, body) => {
    expect(readSesEvent(body)).toBeUndefined();
  });
});
