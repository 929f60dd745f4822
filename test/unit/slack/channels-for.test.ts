import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import {
  audienceIn,
  channelFinder,
  channelResolver,
  channelsFor,
  isPostNews,
  mostChannels,
  unknownChannels,
} from '../../../core/slack/channels-for.ts';
import type { SlackChannel, WantedPost } from '../../../core/slack/slack-post.ts';
import { aDistribution } from '../../support/distribution.ts';

const aChannel = (id: string, name: string, change: Partial<SlackChannel> = {}): SlackChannel => ({
  id,
  name,
  isMember: true,
  isArchived: false,
  isShared: false,
  isPrivate: false,
  ...change,
});
const channels = [aChannel('C00000001', 'incident-pms'), aChannel('C00000002', 'support-news'), aChannel('C00000003', 'payments')];
const teams = [
  { name: 'Payments', services: ['checkout', 'ledger'], channels: { slack: '#payments' } },
  { name: 'Identity', services: ['login'], channels: { slack: 'C00000004' } },
  { name: 'Search', services: ['search'] },
];
const slack = {
  channels: [{ channel: '#incident-pms' }, { channel: '#support-news', audience: 'cross-functional', severities: ['sev1', 'sev2'] }],
};
const aFile = (change: Partial<Record<keyof Distribution, unknown>> = {}) => aDistribution({ slack, teams, ...change });

const aWanted = (told: Partial<NonNullable<WantedPost['told']>> = {}): WantedPost => ({
  postmortem: 'pm-1',
  revision: 1,
  updatedAt: '2026-11-17T14:30:00Z',
  standing: 'told',
  told: { severity: 'sev2', services: [], newsDate: '2026-11-17', ...told },
});

describe('channelsFor', () => {
  it('names the channels of the file with their audience, and those of the team and of affected services', () => {
    expect(channelsFor(aWanted({ team: 'payments', services: ['Login'] }), aFile(), channels)).toEqual([
      { channel: 'C00000001', audience: 'engineering' },
      { channel: 'C00000002', audience: 'cross-functional' },
      { channel: 'C00000003', audience: 'engineering' },
      { channel: 'C00000004', audience: 'engineering' },
    ]);
  });

  it('leaves out a channel that wants other severities', () => {
    expect(channelsFor(aWanted({ severity: 'sev3' }), aFile(), channels).map(({ channel }) => channel)).toEqual(['C00000001']);
  });

  it('names a channel once, with the audience of its entry, if a team names it too', () => {
    const file = aFile({ teams: [{ ...teams[0], channels: { slack: 'C00000002' } }] });

    const found = channelsFor(aWanted({ severity: 'sev3', services: ['ledger'] }), file, channels);

    expect(found).toEqual([
      { channel: 'C00000001', audience: 'engineering' },
      { channel: 'C00000002', audience: 'cross-functional' },
    ]);
  });

  it('leaves teams out if the file says so', () => {
    expect(channelsFor(aWanted({ team: 'Payments' }), aFile({ slack: { teams: false } }), channels)).toEqual([]);
  });

  it('names nothing without `slack:`, and nothing of what may not be told', () => {
    expect(channelsFor(aWanted(), aFile({ slack: undefined }), channels)).toEqual([]);
    expect(channelsFor({ ...aWanted(), standing: 'hidden', told: undefined }, aFile(), channels)).toEqual([]);
  });

  it('takes the channel in use if an archived one has the same name', () => {
    const both = [aChannel('C00000009', 'incident-pms', { isArchived: true }), ...channels];

    expect(channelsFor(aWanted({ severity: 'sev3' }), aFile(), both)).toEqual([{ channel: 'C00000001', audience: 'engineering' }]);
  });

  it(`names at most ${mostChannels}`, () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ channel: `C1000000${String(n).padStart(2, '0')}` }));

    expect(channelsFor(aWanted(), aFile({ slack: { channels: many } }), [])).toHaveLength(mostChannels);
  });

  it('tells which names the workspace does not have', () => {
    expect(unknownChannels(aFile(), channels.slice(1))).toEqual(['#incident-pms']);
  });
});

describe('audienceIn', () => {
  it('is that of the entry, else engineering for a team, else nobody’s', () => {
    expect(audienceIn('C00000002', aFile(), channels)).toBe('cross-functional');
    expect(audienceIn('C00000003', aFile(), channels)).toBe('engineering');
    expect(audienceIn('C00000007', aFile(), channels)).toBeUndefined();
  });
});

describe('isPostNews', () => {
  it('compares the news date with the day of the revision', () => {
    expect(isPostNews(aWanted({ newsDate: '2026-11-03' }), { withinDays: 14 })).toBe(true);
    expect(isPostNews(aWanted({ newsDate: '2026-11-02' }), { withinDays: 14 })).toBe(false);
    expect(isPostNews(aWanted({ newsDate: undefined }), { withinDays: 14 })).toBe(false);
    expect(isPostNews(aWanted(), undefined)).toBe(false);
  });
});

describe('the channel that a name means', () => {
  const old = aChannel('C00000008', 'payments', { isArchived: true });
  const older = aChannel('C00000009', 'payments', { isArchived: true });
  const used = aChannel('C00000003', 'payments');
  const both = aChannel('C00000007', 'payments');

  it.each([
    ['the one in use, whatever comes first', '#payments', [old, used, older], used.id],
    ['of two in use the first', '#payments', [used, both], used.id],
    ['of archived ones the first', '#payments', [old, older], old.id],
    ['none of another name', '#payment', [used], undefined],
    ['by its id also an archived one', older.id, [used, older], older.id],
  ])('%s', (_, named, list, id) => {
    expect([channelFinder(list)(named)?.id, channelResolver(list)(named)]).toEqual([id, id]);
  });

  it('is not known of an id that nobody listed, which is posted to all the same', () => {
    expect([channelFinder([used])('C00000001'), channelResolver([used])('C00000001')]).toEqual([undefined, 'C00000001']);
  });
});
