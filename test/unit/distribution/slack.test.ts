import { expect, test } from 'vitest';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { SlackSettings } from '../../../core/distribution/slack.ts';
import { distributionYaml } from '../../support/distribution.ts';

const flawsOf = (channels: string) => {
  const read = parseDistribution(`${distributionYaml}\nslack: { channels: ${channels} }\n`);
  return 'flaws' in read ? read.flaws : [];
};

test('channels are names as Slack shows them, of any script, or ids', () => {
  expect(flawsOf('[{ channel: "#incident-pms" }, { channel: "#störungen_2" }, { channel: C0123456789 }]')).toEqual([]);
  for (const wrong of ['incident-pms', '#Incident-PMs', '#with blank', `#${'a'.repeat(81)}`, 'D0123456789']) {
    expect(flawsOf(`[{ channel: "${wrong}" }]`), wrong).toMatchObject([{ field: 'slack.channels.0.channel' }]);
  }
});

test('a channel has one audience', () => {
  expect(flawsOf('[{ channel: "#news" }, { channel: "#news", audience: leadership }]')).toMatchObject([
    { field: 'slack.channels.1.channel', problem: 'stands in the list twice' },
  ]);
  expect(flawsOf('[{ channel: "#news", audience: customers }]')).toMatchObject([{ field: 'slack.channels.0.audience' }]);
});

test('little has to be said', () => {
  expect(SlackSettings.parse({ channels: [{ channel: '#incident-pms' }] })).toEqual({
    channels: [{ channel: '#incident-pms', audience: 'engineering' }],
    teams: true,
    withinDays: 14,
    links: 'open',
  });
});
