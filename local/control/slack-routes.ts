import { mentionsOf } from '../slack/mentions.ts';
import { findChannel, isChannelId, type Place, Played, playCommand, playShortcut } from '../slack/play.ts';
import type { Message } from '../slack/workspace.ts';
import { BadCall, type Call, type ControlRoute, json, jsonBody, wrong } from './answers.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';

/** What stands in the Slack of this machine, and what the app had accepted there. */
export function slackRoutes({ slack, clock }: LocalStackHandle): ControlRoute[] {
  const place = ({ request }: Call): Place => ({ slack, now: clock.now(), url: `http://${request.headers.host}` });
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
    { key: 'GET /_local/slack/answers', handle: () => json(slack.answers()) },
    { key: 'POST /_local/slack/command', handle: async (call) => json(await playCommand(await played(call, slack), place(call))) },
    { key: 'POST /_local/slack/shortcut', handle: async (call) => json(await playShortcut(await played(call, slack), place(call))) },
    {
      key: 'POST /_local/slack/{channel}/{ts}/draft',
      handle: async (call) => json(await playShortcut(Played.parse(call.parameters), place(call))),
    },
    {
      key: 'POST /_local/slack/{channel}/{ts}/delete',
      handle: ({ parameters: { channel = '', ts = '' } }) =>
        slack.deleteByHand(channel, ts) ? json({ deleted: ts }) : wrong(404, `no message ${ts} stands in ${channel}`),
    },
  ];
}

/** Throws BadCall that names the field. Slack knows the channel in which somebody writes. */
async function played(call: Call, slack: LocalStackHandle['slack']): Promise<Played> {
  const read = Played.safeParse(jsonBody(call));
  if (!read.success) throw new BadCall(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { channel } = read.data;
  const all = await slack.channels();
  if (isChannelId(channel) || findChannel(all, channel) !== undefined) return read.data;
  const names = all.map(({ name }) => `#${name}`).join(', ');
  throw new BadCall(
    `channel: there is none with the name "${channel}". There are ${names || 'none'}; any other goes by an id such as C0123456789.`,
  );
}

const listed = (message: Message, name: string | undefined) => ({
  ...message,
  name: name ?? null,
  deleted: message.deleted ?? null,
  /** Whom it rings: `!channel`, `@U0123456789`. */
  mentions: mentionsOf(message.text, message.blocks),
});
