import { expect, it } from 'vitest';
import { composeService } from '../../../core/compose/compose-single.ts';
import type { ReviewKind, WantedServiceMail } from '../../../core/edition/service-mail.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { renderService } from '../../../emails/render-service.ts';
import { aDistribution } from '../../support/distribution.ts';
import { anExternal, aSid } from '../../support/notice.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const asked = {
  signUp: 'open',
  approvers: [{ address: 'ruth@example.com', also: ['ruth.abara@example.com'] }, { address: 'tom@example.com' }],
  escalate: ['head@example.com'],
};
const sids = {
  'ruth@example.com': aSid('a'),
  'ruth.abara@example.com': aSid('b'),
  'head@example.com': aSid('c'),
  'eve@example.com': aSid('e'),
};

const compose = (
  wanted: Partial<WantedServiceMail>,
  notices: Record<string, unknown> | null = asked,
  now: Partial<Postmortem> | 'not kept' = {},
) =>
  composeService(
    { kind: 'review', about: 'checkout-down_2', realm: 'staff', subscriber: aSid('a'), at: new Date('2026-11-17T14:00:00Z'), ...wanted },
    aDistribution({ streams: notices ? { 'customer-notices': notices } : {} }),
    {
      renderService,
      externals: { read: async (postmortem) => (postmortem === 'checkout-down' ? anExternal({ n: 2 }) : undefined) },
      sids: async () => sids,
      drift: { read: async () => undefined },
      heldMail: { read: async () => undefined },
      postmortems: { read: async (id) => (now === 'not kept' ? undefined : ({ postmortem: aPostmortem({ id, ...now }) } as never)) },
    },
  );
const textOf = async (kind: ReviewKind, notices = asked) => JSON.stringify((await compose({ kind }, notices))?.fragments);

it('tells approvers of the hold until when they can stop it, by the minutes of the file', async () => {
  expect(await textOf('review-hold', { ...asked, ...{ holdMinutes: 30 } })).toContain('Tuesday 17 November at 15:30, Berlin time');
});

it('names a postmortem by its id, and a hidden one by nothing', async () => {
  expect(await compose({})).toMatchObject({
    id: `service_review_${aSid('a')}_checkout-down_2_1s4ac`,
    subject: 'Approve a notice: checkout-down, version 2',
  });
  expect(await textOf('review-restricted')).not.toContain('checkout');
  for (const now of [{ restricted: true }, { restricted: true, status: 'retracted' }, { status: 'draft' }, 'not kept'] as const) {
    const mail = await compose({ kind: 'review-void' }, asked, now);
    expect(mail?.subject).toBe('No release');
    expect(JSON.stringify(mail?.fragments)).not.toContain('checkout');
    expect(JSON.stringify(await compose({ kind: 'review-receipt', about: 'checkout-down_2_w' }, asked, now))).toContain(
      'withdraw a notice',
    );
  }
  expect((await compose({ kind: 'review-withdrawn' }, asked, { status: 'retracted' }))?.subject).toBe(
    'Withdrawn: checkout-down, version 2',
  );
});

it.each([
  ['an approver, by another address', { subscriber: aSid('b') }],
  ['whoever is told when nobody answers', { subscriber: aSid('c') }],
  ['an approver, of an earlier request', { about: 'checkout-down_1' }],
  ['an approver, of what they did', { kind: 'review-receipt', about: 'checkout-down_2_a' }],
] as const)('mails %s', async (_, wanted) => {
  expect(await compose(wanted)).toBeDefined();
});

it.each([
  ['a customer', { kind: 'review-released', about: 'your-account-is-locked-call-00-1-555-0100_1', realm: 'customers' }],
  ['a customer, of a real request', { realm: 'customers' }],
  ['an approver, of what no row tells of', { about: 'your-account-is-locked-call-00-1-555-0100_1' }],
  ['an approver, of a request that nobody made', { about: 'checkout-down_3' }],
  ['an approver, of nothing', { about: '' }],
  ['somebody whom the file does not name for it', { subscriber: aSid('e') }],
  ['somebody without an address', { subscriber: aSid('f') }],
] as const)('mails nothing to %s', async (_, wanted) => {
  expect(await compose(wanted)).toBeUndefined();
});

it('mails nobody once nothing is asked any more', async () => {
  expect(await compose({}, { signUp: 'open' })).toBeUndefined();
  expect(await compose({}, null)).toBeUndefined();
});

it.each(['receipt', 'sign-in', 'approval', 'joined', 'decisions', 'reminders-link', 'drift', 'reminders'] as const)(
  'mails a customer nothing of kind "%s"',
  async (kind) => {
    expect(await compose({ kind, about: 'checkout-down_mhzx2k1c_2s', realm: 'customers' })).toBeUndefined();
  },
);

it.each(['confirm', 'welcome', 'already', 'new-link', 'goodbye'] as const)('answers a customer by the kind "%s"', async (kind) => {
  expect(await compose({ kind, about: 'customer-notices', realm: 'customers' })).toBeDefined();
});
