import { describe, expect, it } from 'vitest';
import type { OpenEdition } from '../../../core/edition/open-edition.ts';
import { nextMail } from '../../../core/preferences/next-mail.ts';
import { nextSentence } from '../../../core/preferences/next-words.ts';
import type { Profile, StreamSettings } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const digest = 'engineering-digest';
const alerts = 'sev1-alerts';
const thursday = new Date('2026-11-26T11:00:00Z');
const since = '2026-11-01T00:00:00Z';
const on = (slot = 'default', change: Partial<StreamSettings> = {}): StreamSettings => ({
  on: true,
  since,
  slots: [{ slot, at: since }],
  ...change,
});
const aReader = (streams: Profile['streams'], change: Partial<Profile> = {}) => aProfile({ zone: 'Europe/Berlin', streams, ...change });
const distribution = aDistribution({
  streams: {
    'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' } },
    'sev1-alerts': { severities: ['sev1'] },
    'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' }, quietWeek: 'nothing' },
  },
});
const says = (profile: Profile, { open = [] as OpenEdition[], now = thursday, by = distribution } = {}) =>
  nextSentence(nextMail(profile, by, open, now), profile, by, now);
const edition: OpenEdition = {
  id: 'engineering-digest_2026-W47',
  stream: digest,
  scheduledFor: '2026-11-23T08:00:00Z',
  cutoff: '2026-11-23T08:00:01Z',
  waves: { default: '2026-11-23T08:00:00Z', 'w5-0700-Europe--Berlin': '2026-11-27T06:00:00Z' },
  isHeld: false,
};

describe('the next mail', () => {
  it('is told with its day and hour, as the reader’s clock shows them', () => {
    expect(says(aReader({ [digest]: on() }))).toBe('Your next mail is the weekly digest on Monday 30 November at 09:00, Berlin time.');
    expect(says(aReader({ [digest]: on() }, { zone: 'Asia/Kathmandu' }))).toBe(
      'Your next mail is the weekly digest on Monday 30 November at 13:45, Kathmandu time.',
    );
    expect(says(aReader({ [digest]: on('m3-0700-America--New_York') }))).toBe(
      'Your next mail is the monthly digest on Wednesday 2 December at 07:00, New York time.',
    );
  });

  it('is the soonest of all streams, and says where it depends on news', () => {
    expect(says(aReader({ [digest]: on('w4-0900-Europe--Berlin'), 'leadership-brief': on() }))).toBe(
      'Your next mail is the leadership brief on Tuesday 1 December at 08:00, Berlin time, if there is something to report.',
    );
    expect(says(aReader({ [digest]: on('default', { least: 'sev2' }) }))).toMatch(/, if there is something to report\.$/);
  });

  it('is the edition under way in the slot that was held when it was made, whatever was chosen since', () => {
    const slots = [
      { slot: 'w5-0700-Europe--Berlin', at: since },
      { slot: 'monthly', at: '2026-11-25T10:00:00Z' },
    ];
    expect(says(aReader({ [digest]: on('monthly', { slots }) }), { open: [edition] })).toBe(
      'Your next mail is the weekly digest on Friday 27 November at 07:00, Berlin time.',
    );
    expect(says(aReader({ [digest]: on('monthly', { slots }) }), { open: [{ ...edition, isHeld: true }] })).toContain('the monthly digest');
    expect(says(aReader({ [digest]: on('w5-0700-Europe--Berlin', { since: '2026-11-24T00:00:00Z' }) }), { open: [edition] })).toContain(
      'Friday 4 December',
    );
  });

  it('is one that is being made at this moment, and not one that was made without the reader', () => {
    const justAfter = new Date('2026-11-23T08:00:05Z');
    const friday = 'w5-0700-Europe--Berlin';
    expect(says(aReader({ [digest]: on(friday) }), { now: justAfter })).toContain('Friday 27 November');
    const chosenSince = on(friday, {
      slots: [
        { slot: 'default', at: since },
        { slot: friday, at: '2026-11-23T08:00:03Z' },
      ],
    });
    expect(says(aReader({ [digest]: chosenSince }), { now: justAfter })).toContain('Friday 4 December');
    expect(says(aReader({ [digest]: chosenSince }), { now: justAfter, open: [edition] })).toContain('Friday 4 December');
  });

  it('waits for the end of a pause, and for nothing after a subscription was lent', () => {
    expect(says(aReader({ [digest]: on() }, { snoozedUntil: '2026-12-10T23:00:00Z' }))).toContain('Monday 14 December');
    expect(says(aReader({ [digest]: on('default', { until: '2026-11-29T00:00:00Z' }) }))).toBe('Nothing is scheduled for you.');
  });

  it('keeps the hour of the reader when the clocks change', () => {
    const now = new Date('2027-03-26T12:00:00Z');
    expect(says(aReader({ [digest]: on('w7-0200-Europe--Berlin') }), { now, open: [] })).toContain('Sunday 4 April at 02:00');
    const madeFriday = aDistribution({ streams: { 'engineering-digest': { schedule: { every: 'week', on: 'friday', at: '16:00' } } } });
    expect(says(aReader({ [digest]: on('w7-0200-Europe--Berlin') }), { now, by: madeFriday })).toContain('Sunday 28 March at 03:00');
    expect(says(aReader({ [digest]: on('w1-0900-Europe--Berlin') }), { now, by: madeFriday })).toContain('Monday 29 March at 09:00');
  });
});

it('what has no time is told in words', () => {
  expect(says(aReader({ [alerts]: on() }))).toBe('Sev-1 alerts come at once.');
  expect(says(aReader({ [digest]: on('published'), [alerts]: on() }))).toBe(
    'Each postmortem comes as it is published. Sev-1 alerts come at once.',
  );
  expect(says(aReader({ [digest]: on(), [alerts]: on() }))).toBe(
    'Your next mail is the weekly digest on Monday 30 November at 09:00, Berlin time. Sev-1 alerts come at once.',
  );
  const named = aDistribution({ teams: [{ name: 'Payments', leads: ['lead@example.com'] }] });
  const lead = aReader({ [alerts]: on() }, { address: 'lead@example.com', snoozedUntil: '2026-12-10T23:00:00Z' });
  expect(says(lead, { by: named })).toBe('Your mail is paused until Friday 11 December. Sev-1 alerts come at once.');
  expect(says(aReader({ [alerts]: on() }, { snoozedUntil: '2026-12-10T23:00:00Z' }))).toBe('Your mail is paused until Friday 11 December.');
});

it('what never comes is not promised', () => {
  expect(says(aReader({ [digest]: on('default', { on: false }) }))).toBe('You get no mail.');
  expect(says(aReader({ [digest]: on() }, { suspended: { at: since } }))).toBe('You no longer get mail.');
  expect(says(aReader({ [digest]: on() }, { suppressed: { reason: 'complaint', at: since } }))).toContain('your mailbox rejected our mail');
  expect(says(aReader({ [digest]: on() }, { unconfirmed: { at: since } }))).toContain('until you confirm');
});
