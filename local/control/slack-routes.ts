import { mentionsOf } from '../slack/mentions.ts';
import type { Message } from '../slack/workspace.ts';
import { type ControlRoute, json, wrong } from './answers.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';

/** What stands in the Slack of this machine, and what the app had accepted there. */
export function slackRoutes({ slack }: LocalStackHandle): ControlRoute[] {
  return [
    {
      key: 'GET /_local/slack',
      handle: async () => {
        const names = new Map((await slack.channels()).map(({ id, name }) => [id, name]));
        return json(slack.workspace.messages().flatMap((one) => (one.key === undefined ? [] : listed(one, names.get(one.channel)))));
      },
    },
    { key: 'GET /_local/slack/truth', handle: () => json(slack.workspace.changes()) },
    { key: 'GET /_local/slack/calls', handle: () => json(slack.counts()) },
    {
      key: 'POST /_local/slack/{channel}/{ts}/delete',
      handle: ({ parameters: { channel = '', ts = '' } }) =>
        slack.deleteByHand(channel, ts) ? json({ deleted: ts }) : wrong(404, `no message ${ts} stands in ${channel}`),
    },
  ];
}

const listed = (message: Message, name: string | undefined) => ({
  ...message,
  name: name ?? null,
  deleted: message.deleted ?? null,
  /** Whom it rings: `!channel`, `@U0123456789`. */
  mentions: mentionsOf(message.text, message.blocks),
});
