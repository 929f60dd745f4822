import { randomBytes } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { type Injected, injectedFaults } from '../faults/faults.ts';
import { readBody } from '../http/body.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import { parsed } from './blocks.ts';
import { readCall, SlackError, type SlackRequest } from './call.ts';
import { type ChannelSeed, channelOf, type LocalChannel } from './channels.ts';
import { slackFaultFor } from './fault-decision.ts';
import { type CallContext, methods, scopes } from './methods.ts';
import { type Method, rateLimits, rates } from './rate-limits.ts';
import { type Message, type Workspace, workspace } from './workspace.ts';

export interface FakeSlackOptions {
  /** The channels that exist. Asked for again with each call, so that they can become more. */
  readonly channels: readonly ChannelSeed[] | (() => Promise<readonly ChannelSeed[]>);
  /** @default a new one */
  readonly token?: string | undefined;
  /** With which it signs. @default a new one */
  readonly signing?: string | undefined;
  /** @default the machine's */
  readonly clock?: { now(): Date } | undefined;
  /** @default none, until `faults.set` */
  readonly faults?: Injected | undefined;
  /** Keeps the messages here. @default they end with the server */
  readonly dataDir?: string | undefined;
  /** Items of a page at most, however many a call asks for. @default 200 */
  readonly pageSize?: number | undefined;
}

export interface FakeSlack {
  /** `http://127.0.0.1:<port>/api/`, in the place of `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly signing: string;
  /** `http://127.0.0.1:<port>/answers/`, in the place of `https://hooks.slack.com/`. */
  readonly answersUrl: string;
  /** What was posted there for one person, the newest first. */
  answers(): readonly OwnAnswer[];
  readonly faults: Injected;
  readonly workspace: Workspace;
  channels(): Promise<readonly LocalChannel[]>;
  /** How often each method was answered with what: `chat.update ok`, `chat.update 429`. */
  counts(): Readonly<Record<string, number>>;
  /** Somebody else writes into a channel. Returns the `ts`. */
  say(channel: string, text: string): string;
  /** Somebody deletes a message. False: there is none. */
  deleteByHand(channel: string, ts: string): boolean;
  stop(): Promise<void>;
}

/** A message that only one person sees. `to`: the end of the address that it was posted to. */
export interface OwnAnswer {
  readonly to: string;
  readonly at: string;
  readonly message: unknown;
}

const longestBody = 1024 * 1024;
const answersPath = '/answers/';
type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
};

/**
 * The part of Slack's Web API that posts, edits and reads messages, on 127.0.0.1, with Slack's
 * limits and the names of its errors.
 */
export async function startFakeSlack(options: FakeSlackOptions): Promise<FakeSlack> {
  const {
    clock = { now: () => new Date() },
    faults = injectedFaults(),
    token = `xoxb-local-${randomBytes(16).toString('hex')}`,
    signing = randomBytes(16).toString('hex'),
  } = options;
  const answers: OwnAnswer[] = [];
  const kept = workspace(options.dataDir);
  const limits = rateLimits();
  const counted = new Map<string, number>();
  const late = new Set<NodeJS.Timeout>();
  const channels = async () => {
    const seeds = typeof options.channels === 'function' ? await options.channels() : options.channels;
    const all = seeds.flatMap((seed) => channelOf(seed, faults.slack) ?? []);
    // The file may name one by its name here and by its id there.
    return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
  };
  const deleteByHand = (channel: string, ts: string): boolean => {
    const found = kept.find(channel, ts);
    if (found === undefined || found.deleted !== undefined) return false;
    kept.apply({ ...contentOf(found), at: clock.now().toISOString(), what: 'by hand' });
    return true;
  };
  /** `deletedByHand` names channels; a post is gone there by the time of the next call. */
  const deleteThere = (there: readonly LocalChannel[]) => {
    const names = faults.slack.deletedByHand;
    const isNamed = ({ id, name }: LocalChannel) => [id, name, `#${name}`].some((one) => names.includes(one));
    for (const { id } of names.length === 0 ? [] : there.filter(isNamed))
      for (const { ts, key } of kept.messages(id)) if (key !== undefined) deleteByHand(id, ts);
  };
  const carryOut = (method: Method, args: SlackRequest['args'], there: readonly LocalChannel[]): Reply => {
    const seen: CallContext = {
      now: clock.now(),
      faults: faults.slack,
      channels: there,
      workspace: kept,
      pageSize: options.pageSize ?? 200,
    };
    try {
      return { status: 200, headers: { 'x-oauth-scopes': scopes.join(',') }, body: { ok: true, ...methods[method](args, seen) } };
    } catch (error) {
      return refusal(error);
    }
  };

  const answer = async ({ method, token: given, args }: SlackRequest, response: ServerResponse): Promise<string> => {
    if (!isMethod(method)) return sent(response, refusal(new SlackError('unknown_method', { req_method: method })));
    if (given === undefined) return sent(response, refusal(new SlackError('not_authed')));
    if (given !== token) return sent(response, refusal(new SlackError('invalid_auth')));
    if (faults.slack.revoked) return sent(response, refusal(new SlackError('token_revoked')));
    const wait = limits.take(method, args.channel ?? '', clock.now().getTime());
    if (wait > 0) return sent(response, tooMany(wait));
    const there = await channels();
    deleteThere(there);
    const fate = slackFaultFor(faults.slack, faults.draw(callInWords(method, args)));
    if (fate.carriesOut === 'late') {
      const timer = setTimeout(() => {
        late.delete(timer);
        carryOut(method, args, there);
      }, faults.slack.lateAccept * 1000);
      late.add(timer);
    }
    const done = fate.carriesOut === true ? carryOut(method, args, there) : undefined;
    if (fate.reply === 'nothing') return 'no answer';
    if (fate.reply === 'reset') {
      response.socket?.resetAndDestroy();
      return 'reset';
    }
    if (fate.reply === 429) return sent(response, tooMany(faults.slack.retryAfter));
    if (fate.reply === 'fatal_error') return sent(response, refusal(new SlackError('fatal_error')));
    return sent(response, fate.reply === 'answer' && done !== undefined ? done : { status: Number(fate.reply), body: {} });
  };

  const server = createServer(async (incoming, outgoing) => {
    const body = await readBody(incoming, longestBody).catch(() => undefined);
    if (incoming.url?.startsWith(answersPath)) {
      const message = parsed(body?.toString() ?? '');
      answers.unshift({ to: incoming.url.slice(answersPath.length), at: clock.now().toISOString(), message });
      outgoing.writeHead(message === undefined ? 400 : 200).end(message === undefined ? 'invalid_payload' : 'ok');
      return;
    }
    try {
      const call = readCall(incoming, body ?? Buffer.alloc(0));
      const answered = await answer(call, outgoing);
      const told = isMethod(call.method) ? `${call.method} ${answered}` : answered;
      counted.set(told, (counted.get(told) ?? 0) + 1);
    } catch (error) {
      sent(outgoing, refusal(error));
    }
  });
  const port = await listenOnLoopback(server, 0);
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    token,
    signing,
    answersUrl: `http://127.0.0.1:${port}${answersPath}`,
    answers: () => answers,
    faults,
    workspace: kept,
    channels,
    counts: () => Object.fromEntries([...counted].toSorted(([a], [b]) => a.localeCompare(b))),
    say: (channel, text) => {
      const ts = kept.newTs(clock.now());
      kept.apply({ at: clock.now().toISOString(), what: 'by somebody', channel, ts, key: null, text, blocks: [], metadata: null });
      return ts;
    },
    deleteByHand,
    stop: () => {
      for (const timer of late) clearTimeout(timer);
      return closeServer(server);
    },
  };
}

const isMethod = (name: string): name is Method => Object.hasOwn(rates, name);

const contentOf = ({ channel, ts, key = null, text, blocks, metadata }: Message) => ({
  channel,
  ts,
  key,
  text,
  blocks: [...blocks],
  metadata,
});

const tooMany = (seconds: number): Reply => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});

const refusal = (error: unknown): Reply =>
  error instanceof SlackError
    ? { status: 200, body: { ok: false, error: error.code, ...error.details } }
    : { status: 200, body: { ok: false, error: 'internal_error', message: String(error) } };

/** Returns what was answered, in a word. */
function sent(response: ServerResponse, { status, headers, body }: Reply): string {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
  if (status !== 200) return String(status);
  return body.ok === true ? 'ok' : String(body.error);
}

/** Without the key, which is another one in each run. */
const callInWords = (method: Method, { channel = '', ts = '', text = '' }: SlackRequest['args']): string =>
  [method, channel, text, method === 'chat.postMessage' ? '' : ts].join(' ');
