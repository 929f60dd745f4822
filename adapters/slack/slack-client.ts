import { type FetchFunction, type Logger, LogLevel, WebClient } from '@slack/web-api';
import * as z from 'zod';
import { minuteMs } from '../../core/shared/duration.ts';
import { mostListed } from '../../core/slack/channels-for.ts';
import type { FoundMessage, Slack, SlackAnswer } from '../../core/slack/ports.ts';
import type { SlackChannel } from '../../core/slack/slack-post.ts';
import { hasKey, messageBody } from './blocks.ts';
import { failureOf } from './slack-failure.ts';

export interface SlackConnection {
  /** Asked before each call, so that a new token counts without a restart. */
  readonly token: () => Promise<string>;
  /** `https://slack.com/api/` */
  readonly apiUrl: string;
  /**
   * How long one call may take, in milliseconds. One that only reads: half as long.
   * @default 10,000
   */
  readonly timeoutMs?: number;
}

/** The bot of one workspace. Each act is tried once; whether to try again is for the caller. */
export function openSlack(connection: SlackConnection): Slack {
  const { timeoutMs = 10_000 } = connection;
  const act = callerOf(connection, timeoutMs);
  const read = reading(callerOf(connection, timeoutMs / 2));
  const ownBot = onceFound(() => read('auth.test', {}, AuthTest));
  return {
    async post(channel, key, content) {
      const answer = await act('chat.postMessage', { channel, ...messageBody(key, content), ...asWritten, ...noPreview }, Posted);
      return mapped(answer, ({ ts }) => ({ ts }));
    },
    async update(channel, ts, key, content) {
      return done(await act('chat.update', { channel, ts, ...messageBody(key, content), ...asWritten }, Anything));
    },
    async remove(channel, ts) {
      const answer = await act('chat.delete', { channel, ts }, Anything);
      return answer.kind === 'refused' && answer.code === 'message_not_found' ? nothing : done(answer);
    },
    async find(channel, key, since) {
      const bot = await ownBot();
      if (bot.kind !== 'ok') return bot;
      const oldest = String((Date.parse(since) - clocksDiffer) / 1000);
      const options = { channel, oldest, inclusive: true, include_all_metadata: true, limit: longestPage };
      const pages = await everyPage((cursor) => read('conversations.history', { ...options, ...cursor }, History), historyBounds);
      // What is not there in a part of the history may be in the rest.
      if (pages.kind === 'ok' && !pages.value.isAll) return { kind: 'later', seconds: 60, code: 'history_too_long' };
      return mapped(pages, ({ all }) =>
        all
          .flatMap((page) => page.messages)
          .filter((message) => message.bot_id === bot.value.bot_id && hasKey(message, key))
          .map(({ ts }): FoundMessage => ({ ts }))
          .toSorted((a, b) => Number(a.ts) - Number(b.ts)),
      );
    },
    async channel(channel) {
      const answer = await read('conversations.info', { channel, include_num_members: true }, Info);
      return mapped(answer, (info) => channelOf(info.channel));
    },
    async channels() {
      const options = { types: 'public_channel,private_channel', limit: longestPage };
      const pages = await everyPage((cursor) => read('conversations.list', { ...options, ...cursor }, List), listBounds);
      return mapped(pages, ({ all }) => worthKeeping(all.flatMap((page) => page.channels).map(channelOf)));
    },
  };
}

/** Slack marks up nothing and looks up no names. `chat.update` would do it unless told so. */
const asWritten = { parse: 'none', link_names: false } as const;
/** Slack's preview of the link would show what only its readers may see. */
const noPreview = { unfurl_links: false, unfurl_media: false, mrkdwn: false } as const;

/** Our clock and Slack's may differ. The key is unique, so looking further back harms nothing. */
const clocksDiffer = minuteMs;
/** Slack takes no larger number (docs.slack.dev, conversations.list and conversations.history). */
const longestPage = 999;
/** A post is looked for within the hour, in a function that ends after 25 seconds. */
const historyBounds: Bounds = { pages: 10, ms: 8000 };
/** Slack allows twenty such calls a minute. */
const listBounds: Bounds = { pages: 18, ms: 15_000 };

/** Those that can be posted to first, then those that could be. */
const worthKeeping = (channels: readonly SlackChannel[]): SlackChannel[] =>
  channels.toSorted((a, b) => Number(b.isMember) - Number(a.isMember) || Number(a.isArchived) - Number(b.isArchived)).slice(0, mostListed);

const Channel = z.object({
  id: z.string(),
  name: z.string().default(''),
  /** Left out where Slack does not say. A post then finds out by being refused. */
  is_member: z.boolean().default(true),
  is_archived: z.boolean().default(false),
  is_private: z.boolean().default(false),
  is_ext_shared: z.boolean().default(false),
  is_pending_ext_shared: z.boolean().default(false),
  pending_shared: z.array(z.unknown()).nullish(),
  pending_connected_team_ids: z.array(z.unknown()).nullish(),
  num_members: z.int().nonnegative().optional(),
});
const channelOf = (channel: z.infer<typeof Channel>): SlackChannel => ({
  id: channel.id,
  name: channel.name,
  isMember: channel.is_member,
  isArchived: channel.is_archived,
  isPrivate: channel.is_private,
  isShared:
    channel.is_ext_shared ||
    channel.is_pending_ext_shared ||
    Boolean(channel.pending_shared?.length) ||
    Boolean(channel.pending_connected_team_ids?.length),
  ...(channel.num_members !== undefined && { members: channel.num_members }),
});

const Anything = z.object({});
const Posted = z.object({ ts: z.string().min(1) });
const AuthTest = z.object({ bot_id: z.string().min(1) });
const Info = z.object({ channel: Channel });
const More = { response_metadata: z.object({ next_cursor: z.string().optional() }).optional() };
const List = z.object({ channels: z.array(Channel), ...More });
const History = z.object({
  ...More,
  messages: z.array(
    z.object({
      ts: z.string(),
      bot_id: z.string().optional(),
      metadata: z.object({ event_payload: z.object({ key: z.unknown() }).optional() }).optional(),
      blocks: z.array(z.object({ block_id: z.string().optional() })).optional(),
    }),
  ),
});

type Call = <T>(method: string, options: Record<string, unknown>, answer: z.ZodType<T>) => Promise<SlackAnswer<T>>;

/** One attempt. Never throws. */
function callerOf({ token, apiUrl }: SlackConnection, timeout: number): Call {
  const clientFor = lastMade(
    (secret) =>
      new WebClient(secret, {
        slackApiUrl: apiUrl,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        allowAbsoluteUrls: false,
        timeout,
        fetch: freshConnection,
        logger: silent,
      }),
  );
  return async (method, options, answer) => {
    let secret: string;
    try {
      secret = (await token()).trim();
    } catch {
      return { kind: 'later', seconds: 30, code: 'token_unreadable' };
    }
    if (!/^[!-~]+$/.test(secret)) return { kind: 'stopped', code: 'token_empty_or_malformed' };
    try {
      const read = answer.safeParse(await clientFor(secret).apiCall(method, options));
      return read.success ? { kind: 'ok', value: read.data } : { kind: 'in doubt', code: 'unreadable_answer' };
    } catch (error) {
      return failureOf(error);
    }
  };
}

/** Whoever only looks need not know whether Slack has looked: it is asked again later. */
const reading =
  (call: Call): Call =>
  async (method, options, answer) => {
    const found = await call(method, options, answer);
    return found.kind === 'in doubt' ? { kind: 'later', seconds: 10, code: found.code } : found;
  };

/**
 * Each call has a connection of its own. One that was kept while the container slept may be closed
 * by now, and a call that breaks on it leaves a doubt. Where Slack does not say how long to wait,
 * the client would throw an error without a name.
 */
const freshConnection: FetchFunction = async (url, init) => {
  const response = await fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), connection: 'close' } });
  if (response.status !== 429 || /^\s*\d+/.test(response.headers.get('retry-after') ?? '')) return response;
  return new Response(null, { status: 429, headers: { 'retry-after': '30' } });
};

/** Its lines would hold texts and tokens. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

const nothing: SlackAnswer<void> = { kind: 'ok', value: undefined };
const mapped = <T, U>(answer: SlackAnswer<T>, to: (value: T) => U): SlackAnswer<U> =>
  answer.kind === 'ok' ? { kind: 'ok', value: to(answer.value) } : answer;
const done = (answer: SlackAnswer<unknown>): SlackAnswer<void> => mapped(answer, () => undefined);

interface Page {
  readonly response_metadata?: { readonly next_cursor?: string | undefined } | undefined;
}
interface Bounds {
  readonly pages: number;
  /** No page is asked for later than this. */
  readonly ms: number;
}

/** The pages within the bounds, or the failure of one of them. `isAll`: there are no more. */
async function everyPage<P extends Page>(
  ask: (cursor: { cursor?: string }) => Promise<SlackAnswer<P>>,
  { pages: most, ms }: Bounds,
): Promise<SlackAnswer<{ readonly all: readonly P[]; readonly isAll: boolean }>> {
  const pages: P[] = [];
  const began = performance.now();
  let cursor = '';
  do {
    const answer = await ask(cursor ? { cursor } : {});
    if (answer.kind !== 'ok') return answer;
    pages.push(answer.value);
    cursor = answer.value.response_metadata?.next_cursor ?? '';
  } while (cursor && pages.length < most && performance.now() - began < ms);
  return { kind: 'ok', value: { all: pages, isAll: cursor === '' } };
}

/** Makes another one only for another secret. */
function lastMade<T>(make: (secret: string) => T): (secret: string) => T {
  let last: { readonly secret: string; readonly made: T } | undefined;
  return (secret) => {
    if (last?.secret !== secret) last = { secret, made: make(secret) };
    return last.made;
  };
}

/** Asks until there is an answer, and then no more. */
function onceFound<T>(ask: () => Promise<SlackAnswer<T>>): () => Promise<SlackAnswer<T>> {
  let found: SlackAnswer<T> | undefined;
  return async () => {
    if (found?.kind !== 'ok') found = await ask();
    return found;
  };
}
