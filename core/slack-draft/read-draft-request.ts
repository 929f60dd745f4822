import { createHash } from 'node:crypto';
import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { slackMarkdown } from './slack-markdown.ts';

/** What somebody in Slack asks for by the command or by the shortcut of a message. */
export interface DraftRequest {
  readonly by: 'command' | 'shortcut';
  readonly workspace: string;
  /** Of the person, where Slack says it: another one in a channel of two companies. */
  readonly workspaceOfUser?: string | undefined;
  readonly channel: string;
  readonly user: string;
  /** In Markdown. */
  readonly text: string;
  /** The same for the same message, or for the same text of a person on one day. */
  readonly id: PostmortemId;
  /** When the text was written. What it says is in the future or not as of then. */
  readonly at: Date;
  readonly hasFiles: boolean;
  readonly responseUrl: string;
}

const Id = z.string().regex(/^[A-Z0-9]{2,24}$/);
const Command = z.object({
  team_id: Id,
  channel_id: Id,
  user_id: Id,
  text: z.string().default(''),
  response_url: z.url().max(500),
});
const Kind = z.object({ type: z.string(), callback_id: z.string().optional() });
const Shortcut = z.object({
  team: z.object({ id: Id }),
  channel: z.object({ id: Id }),
  user: z.object({ id: Id, team_id: Id.optional() }),
  message: z.object({
    ts: z.string().regex(/^\d{9,11}\.\d{1,9}$/),
    text: z.string().nullish(),
    files: z.array(z.unknown()).nullish(),
  }),
  response_url: z.url().max(500),
});

/** The name of the shortcut in docs/slack-app.yaml. */
export const shortcutName = 'draft_postmortem';

/**
 * Reads the form of a signed request. 'nothing': Slack asks for something else. Undefined: it is no
 * request of Slack's that we know.
 */
export function readDraftRequest(form: URLSearchParams, at: Date): DraftRequest | 'nothing' | undefined {
  if (form.has('ssl_check')) return 'nothing';
  const payload = form.get('payload');
  return payload === null ? readCommand(form, at) : readShortcut(parsed(payload));
}

function readCommand(form: URLSearchParams, at: Date): DraftRequest | undefined {
  const read = Command.safeParse(Object.fromEntries(form));
  if (!read.success) return undefined;
  const { team_id: workspace, channel_id: channel, user_id: user, text, response_url: responseUrl } = read.data;
  const name = createHash('sha256')
    .update(JSON.stringify([workspace, channel, user, at.toISOString().slice(0, 10), text.trim()]))
    .digest('hex')
    .slice(0, 20);
  const id = PostmortemId.parse(`slack-${name}`);
  return { by: 'command', workspace, channel, user, text: slackMarkdown(text), id, at, hasFiles: false, responseUrl };
}

function readShortcut(payload: unknown): DraftRequest | 'nothing' | undefined {
  const kind = Kind.safeParse(payload);
  if (!kind.success) return undefined;
  if (kind.data.type !== 'message_action' || kind.data.callback_id !== shortcutName) return 'nothing';
  const read = Shortcut.safeParse(payload);
  if (!read.success) return undefined;
  const { team, channel, user, message, response_url: responseUrl } = read.data;
  return {
    by: 'shortcut',
    workspace: team.id,
    workspaceOfUser: user.team_id,
    channel: channel.id,
    user: user.id,
    text: slackMarkdown(message.text ?? ''),
    id: PostmortemId.parse(`slack-${channel.id.toLowerCase()}-${message.ts.replace('.', '-')}`),
    at: new Date(Math.floor(Number(message.ts) * 1000)),
    hasFiles: (message.files ?? []).length > 0,
    responseUrl,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
