import { expect, it } from 'vitest';
import { composeService } from '../../../core/compose/compose-single.ts';
import type { ReviewKind } from '../../../core/edition/service-mail.ts';
import { renderService } from '../../../emails/render-service.ts';
import { aDistribution } from '../../support/distribution.ts';

const compose = (kind: ReviewKind, about = 'checkout-down_2', streams = {}) =>
  composeService(
    { kind, about, realm: 'staff', subscriber: 'a'.repeat(32), at: new Date('2026-11-17T14:00:00Z') },
    aDistribution({ streams }),
    { renderService, drift: { read: async () => undefined }, postmortems: { read: () => expect.unreachable() } },
  );
const textOf = async (...given: Parameters<typeof compose>) => JSON.stringify((await compose(...given))?.fragments);

it('tells approvers of the hold until when they can stop it, by the minutes of the file', async () => {
  const streams = { 'customer-notices': { signUp: 'open', approvers: [{ address: 'ruth@example.com' }], holdMinutes: 30 } };
  expect(await textOf('review-hold', 'checkout-down_2', streams)).toContain('Tuesday 17 November at 15:30, Berlin time');
  expect(await textOf('review-hold')).toContain('when the hold ends');
});

it('names a postmortem by its id, and a hidden one by nothing', async () => {
  expect(await compose('review')).toMatchObject({
    id: `service_review_${'a'.repeat(32)}_checkout-down_2_1s4ac`,
    subject: 'Approve a notice: checkout-down, version 2',
  });
  expect(await textOf('review-restricted')).not.toContain('checkout');
});
