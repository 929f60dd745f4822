import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { slackSignature } from '../../core/slack-draft/is-signed-by-slack.ts';
import { anHttpEvent } from '../../test/support/http-event.ts';

let asked = 0;

/**
 * `/postmortem` and a text of its own, as Slack posts and signs it now. Slack waits three seconds
 * for the answer. The first one stores a draft; repeated, it says that the draft stands already.
 */
export function aDraft({ slack }: Distribution, signing: string): APIGatewayProxyEventV2 {
  const { workspace = '', channels: [channel = ''] = [] } = slack?.drafts ?? {};
  asked += 1;
  const text = `*SEV-2: Search was slow*\nServices: search\n*Root cause*\nIndex ${asked} was rebuilt at noon.\n${'It was slow. '.repeat(100)}`;
  const body = new URLSearchParams({
    ...{ command: '/postmortem', text, team_id: workspace, channel_id: channel, user_id: 'U0000000001' },
    ...{ trigger_id: '1.1', response_url: 'https://hooks.slack.com/commands/1' },
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': slackSignature(signing, timestamp, Buffer.from(body)),
  };
  return anHttpEvent('POST', { url: '/slack/commands', headers, body });
}
