import { describe, expect, it } from 'vitest';
import { isTellingOf, nextTellingId, parseEditionId, tellingId } from '../../../core/edition/edition-id.ts';
import { testEditionId } from '../../../core/edition/test-mail.ts';
import { aSid } from '../../support/delivery.ts';

describe('parseEditionId', () => {
  it.each([
    ['engineering-digest_2026-W47', { stream: 'engineering-digest', frequency: 'weekly', about: '2026-W47' }],
    ['engineering-digest_2026-10', { stream: 'engineering-digest', frequency: 'monthly', about: '2026-10' }],
    ['engineering-digest_pm-1_r2', { stream: 'engineering-digest', frequency: 'published', about: 'pm-1_r2' }],
    ['customer-impact_2026-W47', { stream: 'customer-impact', frequency: 'weekly', about: '2026-W47' }],
    ['customer-impact_pm-1_r2', { stream: 'customer-impact', frequency: 'published', about: 'pm-1_r2' }],
    // What says nothing of its own is of the usual frequency.
    ['customer-impact', { stream: 'customer-impact', frequency: 'published', about: '' }],
    // A stream whose readers choose no frequency has its own, whatever its period.
    ['leadership-brief_2026-10', { stream: 'leadership-brief', frequency: 'weekly', about: '2026-10' }],
    ['sev1-alerts_pm-1_r1', { stream: 'sev1-alerts', frequency: 'weekly', about: 'pm-1_r1' }],
    ['service_welcome_0123_leadership-brief_x', { stream: undefined, frequency: 'weekly', about: 'welcome_0123_leadership-brief_x' }],
    ['service-customers_confirm_x', { stream: undefined, frequency: 'weekly', about: 'confirm_x' }],
    ['a-later-stream_2027-01', { stream: undefined, frequency: 'weekly', about: '2027-01' }],
    ['', { stream: undefined, frequency: 'weekly', about: '' }],
  ])('reads %s', (id, parts) => {
    expect(parseEditionId(id)).toEqual({ ...parts, isTest: false });
  });

  it('tells which stream a test mail shows, and that it is one', () => {
    const id = testEditionId({ shows: { stream: 'leadership-brief' }, subscriber: aSid(1), at: new Date('2026-11-24T08:00:00Z') });

    expect(parseEditionId(id)).toMatchObject({ stream: 'leadership-brief', isTest: true });
  });

  it('finds the stream that a service mail is about, and that of a request', () => {
    expect(parseEditionId('engineering-digest').stream).toBe('engineering-digest');
    expect(parseEditionId('leadership-brief_0123456789abcdef').stream).toBe('leadership-brief');
    expect(['', 'service', '_x'].map((about) => parseEditionId(about).stream)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a telling', () => {
  it('counts up past those that reached nobody', () => {
    expect(nextTellingId('sev1-alerts', 'pm-1', [])).toBe('sev1-alerts_pm-1_r1');
    expect(nextTellingId('sev1-alerts', 'pm-1', ['sev1-alerts_pm-1_r1', 'sev1-alerts_pm-1_r2'])).toBe('sev1-alerts_pm-1_r3');
  });

  it('is one of its own stream and postmortem alone', () => {
    const id = tellingId('sev1-alerts', 'pm-1', 12);

    expect(isTellingOf(id, 'sev1-alerts', 'pm-1')).toBe(true);
    expect(isTellingOf(id, 'engineering-digest', 'pm-1')).toBe(false);
    expect(isTellingOf(id, 'sev1-alerts', 'pm-12')).toBe(false);
  });
});
