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

const slackYaml = `${distributionYaml}slack:\n  channels:\n    - { channel: "#news" }\n`;
const flawsIn = (text: string) => {
  const read = parseDistribution(text);
  return 'flaws' in read ? read.flaws : [];
};

test.each([
  ['{ channel: "#news" }', '{ channel: #news }', 'slack.channels.0.channel', 22, 18, 'channel: "#news"'],
  ['{ channel: "#news" }', '{ audience: leadership, channel: #news }', 'slack.channels.0.channel', 22, 40, 'channel: "#news"'],
  ['{ channel: "#news" }', 'channel: #news', 'slack.channels.0.channel', 22, 16, 'channel: "#news"'],
  ['"#payments"', '#rampe', 'teams.0.channels.slack', 19, 24, 'slack: "#rampe"'],
])('one flaw, in its line, says that quotes are missing: %s written as %s', (right, wrong, field, line, column, meant) => {
  expect(flawsIn(slackYaml.replace(right, wrong))).toEqual([
    { field, problem: 'is empty: YAML takes what follows # for a comment', remedy: `Write it in quotes: ${meant}.`, line, column },
  ]);
});

test('missing quotes hide no other flaw', () => {
  const two = slackYaml.replace('"#news" }', '#news }').replace('"#payments"', '#payments');
  expect(flawsIn(`${two}foo: 1\n`).map(({ field, line }) => [field, line])).toEqual([
    ['teams.0.channels.slack', 19],
    ['slack.channels.0.channel', 22],
    ['foo', 23],
  ]);
  expect(flawsIn(`${two}foo: [1\n`).map(({ problem, line }) => [problem.slice(0, 12), line])).toEqual([
    ['has no value', 19],
    ['has no value', 22],
    ['cannot be re', 24],
  ]);
});

test('a remark behind a value is none', () => {
  expect(flawsIn(slackYaml.replace('{ channel: "#news" }', '{ channel: "#news" } #[ours] {all: #them}'))).toEqual([]);
});

test.each([
  ['#INCIDENTS-GF', 'Names of channels have small letters and no blanks. Write for example channel: "#incidents-gf".'],
  ['#pm all', 'Names of channels have small letters and no blanks. Write for example channel: "#pm-all".'],
  ['#what?', 'Names of channels have at most 80 small letters, digits, hyphens and underscores, and no blanks.'],
  ['news', 'Write channel: "#news", with its # and in quotes.'],
  ['https://app.slack.com/client/T0123456789/C0123456789', "Write channel: C0123456789: the id is the end of the channel's address."],
  ['https://example.slack.com/archives/G0123456789/p17', "Write channel: G0123456789: the id is the end of the channel's address."],
  ['@otto', 'People are not channels: name a channel in which they are.'],
  ['D0123456789', 'People are not channels: name a channel in which they are.'],
])('says how to write %s', (written, remedy) => {
  expect(flawsOf(`[{ channel: "${written}" }]`)).toMatchObject([{ field: 'slack.channels.0.channel', remedy }]);
});

test('an own name of a severity is told by the name that lists have', () => {
  const text = slackYaml.replace('"#news" }', '"#news", severities: [p0, P1] }').replace('sev1: {', 'sev1: { label: P0,');
  expect(flawsIn(text)).toMatchObject([
    { field: 'slack.channels.0.severities.0', problem: '"p0" is your name for sev1', remedy: expect.stringContaining('Write sev1') },
    { field: 'slack.channels.0.severities.1', problem: '"P1" is unknown' },
  ]);
});
