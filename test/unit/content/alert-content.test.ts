import { describe, expect, it } from 'vitest';
import { alertContent } from '../../../core/content/alert-content.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { aPostmortem } from '../../support/rendition.ts';

const alert = (fields: Record<string, unknown>) =>
  alertContent({
    organisation: { name: 'Northwind', zone: 'Europe/Berlin' },
    postmortem: leadershipRendition(aPostmortem({ severity: 'sev1', ...fields })),
    mandatory: false,
    now: new Date('2026-11-19T14:20:00Z'),
  });
const times = { startedAt: '2026-11-19T12:52:00Z', detectedAt: '2026-11-19T13:01:00Z', resolvedAt: '2026-11-19T13:33:00Z' };

describe('the figures', () => {
  it('say until when each length counts', () => {
    const ends = { startedAt: '2026-11-19T12:00:00Z', mitigatedAt: '2026-11-19T12:26:00Z', resolvedAt: '2026-11-19T13:10:00Z' };
    expect(alert(ends).stats.map(({ value, label }) => `${value} ${label.replace(/,.*/, '')}`)).toEqual([
      '26 min until mitigated',
      '1h 10m until resolved',
    ]);
  });

  it('tell length with the clock of the zone, reach, and how long nobody noticed', () => {
    expect(alert({ ...times, customerImpact: { customersAffected: 120_000, regions: ['EU', 'US'] } }).stats).toEqual([
      { value: '41 min', label: 'until resolved, Thursday 19 November, 13:52 to 14:33 Berlin time' },
      { value: '120,000', label: 'customers affected, EU and US' },
      { value: '9 min', label: 'until we noticed' },
    ]);
  });

  it('name the days where it ran over midnight', () => {
    expect(alert({ ...times, resolvedAt: '2026-11-20T13:33:00Z' }).stats[0]?.label).toBe(
      'until resolved, Thursday 19 November, 13:52 to Friday 20 November, 14:33 Berlin time',
    );
  });

  it('count days, with no hour beside them, where no hour is known', () => {
    const days = { startedAt: '2026-11-14', detectedAt: '2026-11-15', resolvedAt: '2026-11-19' };
    const told = [{ value: '6 days', label: 'until resolved, Saturday 14 November to Thursday 19 November' }];
    expect(alert(days).stats).toEqual(told);
    expect(alert({ ...days, resolvedAt: '2026-11-19T13:33:00Z' }).stats).toEqual([]);
    expect(alert({ startedAt: '2026-11-19', resolvedAt: '2026-11-19T13:33:00Z' }).stats).toEqual([]);
  });

  it('are only those that the data carries', () => {
    expect(alert({}).stats).toEqual([]);
  });
});

describe('where things stand', () => {
  it.each([
    [{ ...times, rootCauses: ['An index'] }, 'The incident is resolved. The cause is known.'],
    [{ mitigatedAt: '2026-11-19T13:33:00Z' }, 'The incident is mitigated. The cause is not known yet.'],
    [
      { startedAt: '2026-11-19T12:52:00Z' },
      'It began on Thursday 19 November at 13:52, Berlin time. No end is given yet. The cause is not known yet.',
    ],
    [{ startedAt: '2026-11-19' }, 'It began on Thursday 19 November. No end is given yet. The cause is not known yet.'],
    [
      { startedAt: '2025-11-19', resolvedAt: '2025-11-19' },
      'The incident of Wednesday 19 November 2025 is resolved. The cause is not known yet.',
    ],
    [{ startedAt: '2026-11-18', mitigatedAt: '2026-11-19' }, 'The incident is mitigated. The cause is not known yet.'],
    [{ status: 'preliminary' }, 'The cause is not known yet. This account is preliminary.'],
  ])('is told from the data: %#', (fields, said) => {
    expect(alert(fields).standing).toBe(said);
  });
});

describe('the subject', () => {
  it.each([
    [{}, 'Sev-1: Checkout down'],
    [times, 'Sev-1: Checkout down, resolved after 41 minutes'],
    [{ ...times, mitigatedAt: '2026-11-19T13:19:00Z' }, 'Sev-1: Checkout down, mitigated after 27 minutes'],
    [{ startedAt: '2026-11-14', resolvedAt: '2026-11-19' }, 'Sev-1: Checkout down, resolved'],
    [{ ...times, title: 'Checkout down for 41 minutes' }, 'Sev-1: Checkout down for 41 minutes, resolved'],
    [{ customerImpact: { customersAffected: 1200 } }, 'Sev-1: Checkout down, 1,200 customers affected'],
  ])('adds what the title does not say: %#', (fields, said) => {
    expect(alert({ title: 'Checkout down', ...fields }).subject).toBe(said);
  });

  it('stays under 120 characters', () => {
    expect(alert({ ...times, title: 'long '.repeat(40) }).subject.length).toBeLessThanOrEqual(120);
  });
});

it('is dated by its publication, with an hour only where one was given', () => {
  expect(alert({ publishedAt: '2026-11-19T14:20:00Z' }).period).toBe('Sev-1 · Thursday 19 November, 15:20 Berlin');
  expect(alert({ publishedAt: '2026-11-19T00:00:00Z' }).period).toBe('Sev-1 · Thursday 19 November');
});

it('says what customers are told only where somebody wrote it', () => {
  const labels = (fields: Record<string, unknown>) => alert(fields).parts.map(({ label }) => label);
  expect(labels({ summary: 'It broke.', external: { body: 'We are sorry.' } })).toEqual(['What happened']);
  expect(labels({ summary: 'It broke.', support: { say: ['It works again.'] } })).toEqual(['What happened', 'What customers are told']);
});
