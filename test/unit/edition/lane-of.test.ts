import { expect, it } from 'vitest';
import { laneOf, rulesOf } from '../../../core/edition/edition.ts';
import { anEdition } from '../../support/delivery.ts';

it.each([
  ['engineering-digest', 'engineering-digest_2026-W47', 'bulk'],
  ['engineering-digest', 'engineering-digest_pm-1_r1', 'bulk'],
  ['leadership-brief', 'leadership-brief_2026-10', 'bulk'],
  ['sev1-alerts', 'sev1-alerts_pm-1_r2', 'urgent'],
  // At once it is prompt, as a summary of the week it can wait.
  ['customer-impact', 'customer-impact_pm-1_r1', 'prompt'],
  ['customer-impact', 'customer-impact_pm-1_r12', 'prompt'],
  ['customer-impact', 'customer-impact_2026-W47', 'bulk'],
  ['customer-notices', 'customer-notices_pm-1_r1', 'customers'],
  ['service', 'service_welcome_0123_customer-impact_x', 'urgent'],
] as const)('an edition of %s (%s) leaves by the lane %s', (stream, id, lane) => {
  expect(laneOf(anEdition({ stream, id }))).toBe(lane);
});

it('an answer to a customer leaves by their lane', () => {
  expect(laneOf(anEdition({ stream: 'service', id: 'service-customers_confirm_x', realm: 'customers' }))).toBe('customers');
});

it('a mail at once is none of many, and its doubts are held', () => {
  const atOnce = rulesOf(anEdition({ stream: 'customer-impact', id: 'customer-impact_pm-1_r1' }));
  const ofTheWeek = rulesOf(anEdition({ stream: 'customer-impact', id: 'customer-impact_2026-W47' }));

  expect([atOnce.isBulk, atOnce.doubts, ofTheWeek.isBulk, ofTheWeek.doubts]).toEqual([false, 'hold', true, 'hold']);
});
