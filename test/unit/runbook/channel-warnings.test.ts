import { expect, it } from 'vitest';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { placed } from '../../../core/distribution/placed.ts';
import { channelFindings, channelWarnings, type StackSlack } from '../../../core/runbook/channel-findings.ts';
import { mostListed } from '../../../core/slack/channels-for.ts';
import type { SlackChannel } from '../../../core/slack/slack-post.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aChannel, wellKept } from '../../support/drift.ts';

const payments = aChannel('payments');
const incidents = aChannel('incident-pms');
const at = '2026-11-30T07:59:00Z';
const now = '2026-11-30T08:00:00Z';
const file = (parts: Partial<Record<keyof Distribution, unknown>> = {}) => aDistribution({ ...wellKept, ...parts });
const on = (...channels: SlackChannel[]): StackSlack => ({ isDeployed: true, list: { at, channels }, now });
const warned = (stack: StackSlack, parts: Parameters<typeof file>[0] = {}) =>
  channelWarnings(file(parts), stack).map(({ field, problem, remedy }) => `${field}: ${problem} — ${remedy}`);

it('says nothing where all is well', () => {
  expect(warned(on(incidents, payments))).toEqual([]);
});

it.each<[string, StackSlack, string]>([
  [
    'a channel that is not listed, with the nearest in use',
    on(incidents, aChannel('paymnets'), aChannel('payment', { isArchived: true })),
    'teams.0.channels.slack: #payments is not in Slack, or is a private channel that Afterword has not joined, so nothing is posted there — Did you mean #paymnets? If it is private, type /invite @Afterword there. Otherwise name another channel.',
  ],
  [
    'a channel that nothing listed is like',
    on(incidents),
    'teams.0.channels.slack: #payments is not in Slack, or is a private channel that Afterword has not joined, so nothing is posted there — If it is private, type /invite @Afterword there. Otherwise name another channel.',
  ],
  [
    'a channel that Afterword has not joined',
    on({ ...incidents, isMember: false }, payments),
    'slack.channels.0.channel: #incident-pms is a channel that Afterword has not joined, so nothing is posted there — Type /invite @Afterword in the channel.',
  ],
  [
    'an archived channel',
    on(incidents, { ...payments, isArchived: true }),
    'teams.0.channels.slack: #payments is archived, so nothing is posted there — Restore it in Slack, or name another channel.',
  ],
  [
    'a channel that others read',
    on(incidents, { ...payments, isShared: true }),
    'teams.0.channels.slack: #payments is shared with another company, so nothing is posted there, because others would read it — End the sharing in Slack, or name another channel.',
  ],
  [
    'a list that is older than an hour',
    { ...on(incidents), now: '2026-12-02T08:00:00Z' },
    'teams.0.channels.slack: #payments is not in Slack, or is a private channel that Afterword has not joined, so nothing is posted there — If it is private, type /invite @Afterword there. Otherwise name another channel. Slack’s list is of 2026-11-30. Ask for a new one: afterword slack channels --refresh',
  ],
  [
    'slack: on a stack without Slack',
    { isDeployed: false, list: undefined, now },
    'slack: this stack has no Slack, so nothing is posted — Give deploy.yaml the token, as docs/slack.md says, and deploy. Or take slack: out of the file.',
  ],
])('warns of %s', (_, stack, warning) => {
  expect(warned(stack)).toEqual([warning]);
});

it.each<[string, StackSlack, Parameters<typeof file>[0]]>([
  ['where no list was ever stored', { ...on(), list: undefined }, {}],
  ['where the list has not every channel', on(...Array.from({ length: mostListed }, (_, n) => aChannel(`c${n}`))), {}],
  ['of a team’s channel while slack.teams is off', on(incidents), { slack: { ...wellKept.slack, teams: false } }],
  ['of a stack without Slack if the file has none', { ...on(), isDeployed: false }, { slack: undefined }],
  ['of a channel that only few read', on(incidents, { ...payments, members: 1 }), {}],
])('does not warn %s', (_, stack, parts) => {
  expect(warned(stack, parts)).toEqual([]);
});

it('warns at each place that names a channel, which drift tells once', () => {
  const both = file({ slack: { channels: [{ channel: payments.id }] } });
  const channels = [{ ...payments, isArchived: true }];

  expect(channelWarnings(both, on(...channels)).map(({ field, problem }) => [field, problem])).toEqual([
    ['slack.channels.0.channel', `${payments.id} (#payments) is archived, so nothing is posted there`],
    ['teams.0.channels.slack', '#payments is archived, so nothing is posted there'],
  ]);
  expect(channelFindings(both, channels).map(({ what }) => what)).toEqual([
    `${payments.id} (#payments; slack.channels and team Payments) is archived`,
  ]);
});

it('finds the place of what it warns of, in the order of the text', () => {
  const flaw = (field: string) => ({ field, problem: 'p', remedy: 'r' });
  const text = 'teams:\n  - name: A\n    channels: { slack: "#a" }\nslack:\n  channels:\n    - channel: "#b"\n';

  expect(placed(text, ['slack.channels.0.channel', 'teams.0.channels.slack', 'slack.links'].map(flaw))).toEqual([
    { ...flaw('teams.0.channels.slack'), line: 3, column: 24 },
    { ...flaw('slack.links'), line: 4, column: 1 },
    { ...flaw('slack.channels.0.channel'), line: 6, column: 16 },
  ]);
});
