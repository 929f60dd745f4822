import { expect, it } from 'vitest';
import { whyGiven } from '../../../core/subscriber/why-subscribed.ts';
import { aProfile } from '../../support/delivery.ts';

const since = '2026-11-01T00:00:00Z';
const on = { on: true, since, slots: [{ slot: 'default', at: since }] };

it('a digest is given by the team, what leaders get by the role, and a list says so', () => {
  const profile = aProfile({ team: 'Payments', role: 'leadership' });

  expect(whyGiven('engineering-digest', profile)).toBe('you are in Payments');
  expect(whyGiven('leadership-brief', profile)).toBe('your role is leadership');
  expect(whyGiven('leadership-brief', aProfile({ team: '' }))).toBe('you are subscribed');
});

it('a reader’s own sign-up comes before their group, and standing in before both', () => {
  const signedUp = { ...on, consent: { at: since, way: 'signup', text: 'x' } };

  expect(whyGiven('engineering-digest', aProfile({ team: 'Payments', streams: { 'engineering-digest': signedUp } }))).toBe('you signed up');
  expect(whyGiven('sev1-alerts', aProfile({ role: 'lead', streams: { 'sev1-alerts': { ...signedUp, until: since } } }))).toBe(
    'you stand in for a colleague who is away',
  );
});

it('customer impact is given by the team, or else by the role as the name of a department', () => {
  expect(whyGiven('customer-impact', aProfile({ team: '', role: 'support' }))).toBe('you are in Support');
  expect(whyGiven('customer-impact', aProfile({ team: 'Support EMEA', role: 'support' }))).toBe('you are in Support EMEA');
  expect(whyGiven('customer-impact', aProfile({ team: '' }))).toBe('you are subscribed');
});
