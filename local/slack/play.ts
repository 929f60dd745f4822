import * as z from 'zod';
import { slackSignature } from '../../core/slack-draft/is-signed-by-slack.ts';
import { shortcutName } from '../../core/slack-draft/read-draft-request.ts';
import type { FakeSlack } from './server.ts';

/** What a person of the workspace does. */
export const Played = z.object({
  /** A name such as `#incident-pms`, or an id. */
  channel: z.string().min(1).max(100),
  text: z.string().max(100_000).default(''),
  /** The message of a shortcut. @default somebody writes a new one of this text */
  ts: z.string().optional(),
  user: z.string().default('U0000000001'),
  workspace: z.string().default('T0123456789'),
});
export type Played = z.infer<typeof Played>;

/** Where it is done, and the stack that this Slack asks. */
export interface Place {
  readonly slack: Pick<FakeSlack, 'signing' | 'answersUrl' | 'answers' | 'channels' | 'workspace' | 'say'>;
  readonly now: Date;
  readonly url: string;
}

/** What the person gets to see, and what a second press of the same message needs. */
interface Shown {
  readonly status: number;
  readonly ts?: string;
  readonly message: unknown;
}

/** `/postmortem TEXT`. Slack escapes three characters. */
export async function playCommand({ channel, text, user, workspace }: Played, place: Place): Promise<Shown> {
  const there = await channelIn(channel, place);
  const form = new URLSearchParams({
    ...{ command: '/postmortem', text: escaped(text), team_id: workspace, channel_id: there, user_id: user },
    ...{ trigger_id: `${place.now.getTime()}.1`, response_url: `${place.slack.answersUrl}commands/1` },
  });
  const { status, body } = await signedPost('/slack/commands', form, place);
  return { status, message: parsedOr(body) };
}

/** The shortcut of a message. */
export async function playShortcut({ channel, text, ts: given, user, workspace }: Played, place: Place): Promise<Shown> {
  const { slack } = place;
  const there = await channelIn(channel, place);
  const ts = given ?? slack.say(there, escaped(text));
  const answer = `${there}-${ts}-${slack.answers().length}`;
  const payload = {
    ...{ type: 'message_action', callback_id: shortcutName, response_url: `${slack.answersUrl}${answer}` },
    ...{ team: { id: workspace }, channel: { id: there }, user: { id: user, team_id: workspace } },
    message: { ts, text: slack.workspace.find(there, ts)?.text ?? '' },
  };
  const { status } = await signedPost('/slack/actions', new URLSearchParams({ payload: JSON.stringify(payload) }), place);
  return { status, ts, message: slack.answers().find(({ to }) => to === answer)?.message };
}

async function signedPost(path: string, form: URLSearchParams, { slack, now, url }: Place) {
  const body = form.toString();
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': slackSignature(slack.signing, timestamp, Buffer.from(body)),
  };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.text() };
}

async function channelIn(named: string, { slack }: Place): Promise<string> {
  return findChannel(await slack.channels(), named)?.id ?? named;
}

export const findChannel = <One extends { readonly id: string; readonly name: string }>(all: readonly One[], named: string) =>
  all.find(({ id, name }) => [id, name, `#${name}`].includes(named));

/** Channels that the workspace of this machine does not list are named by their ids. */
export const isChannelId = (named: string): boolean => /^[CGD][A-Z0-9]{2,}$/.test(named);

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
