import { createHash } from 'node:crypto';
import type { SlackFaults } from '../faults/faults.ts';
import { type Block, parsed, readBlocks } from './blocks.ts';
import { isYes, limitOf, pageOf, required, SlackError, type SlackRequest } from './call.ts';
import { type Change, type Metadata, readMetadata } from './call-log.ts';
import { type LocalChannel, toldChannel } from './channels.ts';
import type { Method } from './rate-limits.ts';
import { type Message, microsOf, type Workspace } from './workspace.ts';

/** Who the app is in this workspace. */
export const app = { team_id: 'T0LOCAL0001', user_id: 'U0AFTERWORD', bot_id: 'B0AFTERWORD', app_id: 'A0AFTERWORD' } as const;

/** The scopes of docs/slack-app.yaml. */
export const scopes = ['chat:write', 'channels:read', 'channels:history', 'groups:read', 'groups:history'] as const;

/** What a method reads. Nothing in it changes while one call is carried out. */
export interface CallContext {
  readonly now: Date;
  readonly faults: SlackFaults;
  readonly channels: readonly LocalChannel[];
  readonly workspace: Workspace;
  /** Items of a page at most, however many are asked for. */
  readonly pageSize: number;
}

type Answer = Readonly<Record<string, unknown>>;
type Carry = (args: SlackRequest['args'], seen: CallContext) => Answer;

/** Carries out one call, or throws the SlackError of the answer. */
export const methods: Readonly<Record<Method, Carry>> = {
  'auth.test': () => ({
    url: 'https://local.slack.com/',
    team: 'The local stack',
    user: 'afterword',
    ...app,
    is_enterprise_install: false,
  }),
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': remove,
  'conversations.history': history,
  'conversations.info': (args, seen) => {
    const channel = channelFor(required(args, 'channel'), seen);
    needScope(channel.isPrivate ? 'groups:read' : 'channels:read', seen);
    return { channel: toldChannel(channel, isYes(args.include_num_members)) };
  },
  'conversations.list': list,
};

function postMessage(args: SlackRequest['args'], seen: CallContext): Answer {
  needScope('chat:write', seen);
  const name = required(args, 'channel');
  const channel = channelFor(seen.channels.find((one) => name.replace(/^#/, '') === one.name)?.id ?? name, seen);
  if (channel.isArchived) throw new SlackError('is_archived');
  if (!channel.isMember) throw new SlackError('not_in_channel');
  const ts = seen.workspace.newTs(seen.now);
  const shown = shownBy(args, ts);
  if (shown.text === undefined && (shown.blocks ?? []).length === 0) throw new SlackError('no_text');
  if ((shown.text ?? '').length > 40_000) throw new SlackError('msg_too_long');
  const content = { text: shown.text ?? '', blocks: shown.blocks ?? [], metadata: shown.metadata ?? null };
  const message = apply('chat.postMessage', { channel: channel.id, ts, ...content }, seen);
  return { channel: channel.id, ts, message: { ...toldMessage(message), ...(message.metadata && { metadata: message.metadata }) } };
}

function update(args: SlackRequest['args'], seen: CallContext): Answer {
  needScope('chat:write', seen);
  const message = ownMessage(args, seen, 'cant_update_message');
  if (channelFor(message.channel, seen).isArchived) throw new SlackError('is_inactive');
  if (seen.faults.editWindowClosed) throw new SlackError('edit_window_closed');
  const shown = shownBy(args, message.ts);
  if (shown.text === undefined && shown.blocks === undefined) throw new SlackError('no_text');
  if ((shown.text ?? '').length > 4000) throw new SlackError('msg_too_long');
  const blocks = shown.blocks ?? message.blocks;
  const isRich = (all: readonly Block[]) => all.some(({ type }) => type === 'rich_text');
  if (isRich(message.blocks) && !isRich(blocks)) throw new SlackError('block_mismatch');
  const content = { text: shown.text ?? message.text, blocks, metadata: shown.metadata === undefined ? message.metadata : shown.metadata };
  const edited = apply('chat.update', { channel: message.channel, ts: message.ts, ...content }, seen);
  return { channel: edited.channel, ts: edited.ts, text: edited.text, message: toldMessage(edited) };
}

function remove(args: SlackRequest['args'], seen: CallContext): Answer {
  needScope('chat:write', seen);
  const { channel, ts, text, blocks, metadata } = ownMessage(args, seen, 'cant_delete_message');
  if (seen.faults.deleteForbidden || channelFor(channel, seen).isArchived) throw new SlackError('cant_delete_message');
  apply('chat.delete', { channel, ts, text, blocks, metadata }, seen);
  return { channel, ts };
}

function history(args: SlackRequest['args'], seen: CallContext): Answer {
  const channel = channelFor(required(args, 'channel'), seen);
  needScope(channel.isPrivate ? 'groups:history' : 'channels:history', seen);
  if (!channel.isMember) throw new SlackError('not_in_channel');
  const { oldest, latest } = args;
  if (oldest && !isTime(oldest)) throw new SlackError('invalid_ts_oldest');
  if (latest && !isTime(latest)) throw new SlackError('invalid_ts_latest');
  const isInside = ({ ts }: Message) => {
    const [after, before] = [microsOf(ts) - microsOf(oldest || '0'), microsOf(latest || '9999999999') - microsOf(ts)];
    return isYes(args.inclusive) ? after >= 0 && before >= 0 : after > 0 && before > 0;
  };
  const isThere = ({ deleted, postedAt }: Message) =>
    deleted === undefined && Date.parse(postedAt) + seen.faults.historyLag * 1000 <= seen.now.getTime();
  const all = seen.workspace.messages(channel.id).filter((one) => isThere(one) && isInside(one));
  const { page, next } = pageOf(all, ({ ts }) => ts, args, Math.min(seen.pageSize, limitOf(args, 999)));
  const told = page.map((one) => ({
    ...toldMessage(one),
    ...(isYes(args.include_all_metadata) && one.metadata && { metadata: one.metadata }),
  }));
  return { messages: told, has_more: next !== '', pin_count: 0, ...(next !== '' && { response_metadata: { next_cursor: next } }) };
}

function list(args: SlackRequest['args'], seen: CallContext): Answer {
  const types = (args.types || 'public_channel').split(',').map((type) => type.trim());
  if (types.some((type) => type !== 'public_channel' && type !== 'private_channel')) throw new SlackError('invalid_types');
  if (types.includes('public_channel')) needScope('channels:read', seen);
  if (types.includes('private_channel')) needScope('groups:read', seen);
  const isAsked = (one: LocalChannel) =>
    (one.isPrivate ? types.includes('private_channel') && one.isMember : types.includes('public_channel')) &&
    !(isYes(args.exclude_archived) && one.isArchived);
  const { page, next } = pageOf(seen.channels.filter(isAsked), ({ id }) => id, args, Math.min(seen.pageSize, limitOf(args, 1000)));
  return { channels: page.map((one) => toldChannel(one, true)), response_metadata: { next_cursor: next } };
}

const isTime = (text: string) => /^\d{1,10}(\.\d{1,6})?$/.test(text);

function needScope(scope: string, { faults }: CallContext): void {
  if (!faults.missingScopes.includes(scope)) return;
  const provided = scopes.filter((one) => !faults.missingScopes.includes(one)).join(',');
  throw new SlackError('missing_scope', { needed: scope, provided });
}

/** A private channel is seen by its members alone. */
function channelFor(id: string, { channels }: CallContext): LocalChannel {
  const found = channels.find((one) => one.id === id);
  if (found === undefined || (found.isPrivate && !found.isMember)) throw new SlackError('channel_not_found');
  return found;
}

function ownMessage(args: SlackRequest['args'], seen: CallContext, notOurs: string): Message {
  const channel = channelFor(required(args, 'channel'), seen);
  if (!channel.isMember) throw new SlackError('channel_not_found');
  const message = seen.workspace.find(channel.id, required(args, 'ts'));
  if (message === undefined || message.deleted !== undefined) throw new SlackError('message_not_found');
  if (message.key === undefined) throw new SlackError(notOurs);
  return message;
}

/** Undefined: the argument was left out. Metadata null: it was empty, which removes it. */
function shownBy(args: SlackRequest['args'], ts: string) {
  const blocks = args.blocks === undefined ? undefined : readBlocks(args.blocks, (place) => generatedId(`${ts} ${place}`));
  if (blocks !== undefined && !Array.isArray(blocks)) {
    const { error, errors } = blocks;
    throw new SlackError(error, errors && { errors, response_metadata: { messages: errors.map((told) => `[ERROR] ${told}`) } });
  }
  return { text: args.text || undefined, blocks, metadata: args.metadata === undefined ? undefined : metadataOf(args.metadata) };
}

const longestMetadata = 8000;

function metadataOf(json: string): Metadata | null {
  const given = parsed(json);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(given).length === 0) return null;
  const metadata = readMetadata(given);
  if (metadata === undefined || !/^\w{1,255}$/.test(metadata.event_type)) throw new SlackError('invalid_metadata_schema');
  if (json.length > longestMetadata) throw new SlackError('metadata_too_large');
  return metadata;
}

const generatedId = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 5);

function apply(what: Change['what'], content: Omit<Change, 'at' | 'what' | 'key'>, { now, workspace }: CallContext): Message {
  return workspace.apply({ at: now.toISOString(), what, key: keyOf(content), ...content });
}

/** The key by which Afterword finds its post again: in the metadata, or the id of the first block. */
function keyOf({ metadata, blocks }: Pick<Change, 'metadata' | 'blocks'>): string | null {
  const inMetadata = metadata?.event_payload.key;
  return typeof inMetadata === 'string' ? inMetadata : (blocks[0]?.block_id ?? null);
}

const toldMessage = ({ key, ts, text, blocks, edits }: Message) => ({
  type: 'message',
  user: key === undefined ? 'U061F7AUR' : app.user_id,
  ...(key !== undefined && { bot_id: app.bot_id, app_id: app.app_id, team: app.team_id }),
  ts,
  text,
  ...(blocks.length > 0 && { blocks }),
  ...(edits.length > 0 && { edited: { user: app.user_id, ts: `${Math.floor(Date.parse(edits.at(-1)?.at ?? '') / 1000)}.000000` } }),
});
