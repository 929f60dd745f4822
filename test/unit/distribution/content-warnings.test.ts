import { expect, test } from 'vitest';
import { contentWarnings } from '../../../core/distribution/content-warnings.ts';
import { aDistribution } from '../../support/distribution.ts';

const warned = (channel: string) =>
  contentWarnings(
    aDistribution({ slack: { channels: [{ channel: '#pms' }, { channel }] }, teams: [{ name: 'Yard', channels: { slack: channel } }] }),
  );

test('warns of a channel with letters that only look right', () => {
  expect(warned('#\u0456ncident-pms')).toMatchObject([
    { field: 'slack.channels.1.channel', problem: expect.stringContaining('"\u0456" in "\u0456ncident" looks Latin and is not') },
    { field: 'teams.0.channels.slack' },
  ]);
});

test.each(['#störungen_2', '#pms-москва', '#δοκιμή', '#pmsのログ', 'C0123456789'])('takes %s as it is', (channel) => {
  expect(warned(channel)).toEqual([]);
});

test('warns of a holiday in a year long ago, and of no other', () => {
  const organisation = { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com'] };
  const holidays = ['2024-12-25', '2025-12-25', '2026-12-25', '2027-01-01', '2020-12-25'];
  expect(contentWarnings(aDistribution({ organisation: { ...organisation, holidays } }))).toEqual([
    {
      field: 'organisation.holidays.0',
      problem: '2024-12-25 lies 3 years before the last holiday',
      remedy: 'Correct the year, or leave it out.',
    },
    expect.objectContaining({ field: 'organisation.holidays.4' }),
  ]);
  expect(contentWarnings(aDistribution({ organisation }))).toEqual([]);
});

test('warns of deadlines of reviews that there are not, and of a holiday that stands twice', () => {
  const reviews = {
    ...{ severities: ['sev1'], reviewers: [{ address: 'ada@example.com', as: 'CTO' }] },
    ...{ dueAfter: { sev1: 2, sev3: 3 }, postmortemWithin: { sev2: 3 } },
  };
  const organisation = { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com'] };
  const holidays = ['2026-12-25', '2027-01-01', '2026-12-25'];
  expect(contentWarnings(aDistribution({ reviews, organisation: { ...organisation, holidays } })).map(({ field }) => field)).toEqual([
    'reviews.dueAfter.sev3',
    'reviews.postmortemWithin.sev2',
    'organisation.holidays.2',
  ]);
});

test('warns of an approver whose name nothing says', () => {
  const approvers = [
    { address: 'ruth.abara@example.com' },
    { address: 'rabara@example.com' },
    { address: 'legal@example.com', name: 'Tom Lindqvist' },
    { address: 'mia.okafor@example.com' },
  ];
  const senders = {
    internal: { name: 'Afterword', address: 'a@example.com' },
    customers: { name: 'Status', address: 'status@notices.example.com' },
  };
  expect(contentWarnings(aDistribution({ senders, streams: { 'customer-notices': { approvers } } }))).toMatchObject([
    { field: 'streams.customer-notices.approvers.1', problem: expect.stringContaining('rabara@example.com does not say who it is') },
  ]);
});
