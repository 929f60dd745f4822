import { expect, it } from 'vitest';
import { Faults } from '../../local/faults/faults.ts';
import { environmentOf } from '../../local/lambda/environment.ts';
import { slackView } from '../../local/page/slack-view.ts';
import type { Block } from '../../local/slack/blocks.ts';
import { startFakeSlack } from '../../local/slack/server.ts';

const hostile = '<!channel> <b>bold</b> & "quoted"';
const blocks: Block[] = [
  { type: 'header', block_id: 'key-1', text: { type: 'plain_text', text: hostile } },
  { type: 'section', text: { type: 'mrkdwn', text: 'See <@U0123456789>' } },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Was wrong', style: { strike: true, bold: true } },
          { type: 'link', url: 'https://example.com/s/1', text: 'Read' },
        ],
      },
    ],
  },
];

async function aPage(query = '') {
  const slack = await startFakeSlack({ channels: ['#incident-pms', '#empty'], clock: { now: () => new Date('2026-11-24T09:00:00Z') } });
  const [channel = ''] = (await slack.channels()).map(({ id }) => id);
  const post = { at: '2026-11-24T09:00:00.000Z', channel, key: 'key-1', text: 'Sev-1: A &amp; B down', blocks, metadata: null };
  slack.workspace.apply({ ...post, what: 'chat.postMessage', ts: '1764000000.000001' });
  slack.workspace.apply({ ...post, what: 'chat.update', ts: '1764000000.000001', at: '2026-11-24T10:00:00.000Z' });
  slack.workspace.apply({ ...post, what: 'chat.postMessage', ts: '1764000000.000002', text: 'Sev-2: Twice' });
  slack.deleteByHand(channel, '1764000000.000002');
  slack.faults.set(Faults.parse({ slack: { throttle: 0.25, notMember: ['#incident-pms'] } }));
  const text = String(await slackView({ slack }, new URLSearchParams(query)));
  await slack.stop();
  return text;
}

it('shows posts as Slack does, with whatever stands in them as text', async () => {
  const text = await aPage();
  expect(text).toContain('# incident-pms');
  expect(text).toContain('<h3>&lt;!channel&gt; &lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;</h3>');
  expect(text).toContain('<s><b>Was wrong</b></s>');
  expect(text).toContain('<a href="https://example.com/s/1" rel="noreferrer">Read</a>');
  expect(text).toContain('(edited)');
  expect(text).toContain('On a locked screen: Sev-1: A &amp; B down');
});

it('says what is deleted, whom a post rings, and which faults are in force', async () => {
  const text = await aPage();
  expect(text).toContain('Deleted by somebody');
  expect(text).toContain('Rings @U0123456789');
  expect(text).not.toContain('Rings !channel');
  expect(text).toMatch(/throttle <b>0.25<\/b>/);
  expect(text).toContain('Afterword is not in it');
});

it('shows one channel, and says where nothing stands', async () => {
  expect(await aPage('channel=C0NOWHERE01')).toContain('No post here yet');
});

it('has the function call this Slack, where its template names one', () => {
  const local = { slackApi: 'http://127.0.0.1:9/api/', slackAnswers: 'http://127.0.0.1:9/answers/' };
  const endpoints = { dynamodb: 'd', sqs: 'q', sns: 'n', ses: 's', secretsManager: 'm', ...local };
  const plan = { name: 'a', handler: 'h', memoryMb: 1, environment: {} };
  expect(environmentOf({ ...plan, environment: { SLACK_API_URL: 'https://slack.com/api/' } }, endpoints)).toMatchObject({
    SLACK_API_URL: endpoints.slackApi,
  });
  expect(environmentOf({ ...plan, environment: { SLACK_ANSWERS_URL: 'https://hooks.slack.com/' } }, endpoints)).toMatchObject({
    SLACK_ANSWERS_URL: endpoints.slackAnswers,
  });
  expect(environmentOf(plan, endpoints)).not.toHaveProperty('SLACK_API_URL');
});
