import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSlack } from '../../adapters/slack/slack-client.ts';
import { emptiedContent, PostContent as Post, type PostContent, struckContent } from '../../core/content/post-content.ts';
import { Faults } from '../../local/faults/faults.ts';
import { closeServer, listenOnLoopback } from '../../local/http/listen.ts';
import { type FakeSlack, startFakeSlack } from '../../local/slack/server.ts';
import { nobodyListens } from '../support/nobody-listens.ts';

const since = '2026-11-24T09:00:00Z';
/** A call may take as long as a test: whether it took long is told by the machine, not by the code. */
const patient = 240_000;
const key = 'a-key-that-nobody-guesses';
const told = (title: string): PostContent =>
  Post.parse({
    view: 'full',
    notification: `Sev-1: ${title}`,
    title,
    meta: 'Sev-1',
    parts: [{ label: 'What happened', texts: ['It broke.'] }],
  });

/**
 * In the place of the time of calls: that of the last one runs out when it is told to, so that a
 * call has reached the server before, however long that takes here.
 */
function timeouts() {
  const usual = AbortSignal.timeout;
  const given: number[] = [];
  let last = new AbortController();
  AbortSignal.timeout = (ms) => {
    given.push(ms);
    last = new AbortController();
    return last.signal;
  };
  return {
    given,
    runOut: () => last.abort(new DOMException('', 'TimeoutError')),
    [Symbol.dispose]: () => {
      AbortSignal.timeout = usual;
    },
  };
}

describe('a workspace that answers as Slack does', () => {
  let slack: FakeSlack;
  let nowMs: number;
  const ours = (token: () => Promise<string> = async () => slack.token) =>
    openSlack({ token, apiUrl: slack.apiUrl, timeoutMs: 2 * patient });
  const idOf = async (name: string) => (await slack.channels()).find((one) => one.name === name)?.id ?? '';
  const posted = async (channel: string, title = 'It broke') => {
    const answer = await ours().post(channel, key, told(title));
    if (answer.kind !== 'ok') throw new Error(answer.code);
    nowMs += 2000;
    return answer.value.ts;
  };

  beforeEach(async () => {
    nowMs = Date.parse(since);
    slack = await startFakeSlack({ channels: ['#incident-pms', '#support'], clock: { now: () => new Date(nowMs) }, pageSize: 2 });
  });
  afterEach(() => slack.stop());

  it('has a post, edits it in place through each view, and removes it', async () => {
    const channel = await idOf('incident-pms');
    const ts = await posted(channel);
    const shown = () => JSON.stringify(slack.workspace.find(channel, ts));

    for (const [content, words] of [
      [told('It broke again'), 'It broke again'],
      [struckContent('It broke again', '2026-11-26'), 'Taken back on 26 November 2026'],
      [emptiedContent('withdrawn'), 'was withdrawn'],
    ] as const) {
      expect(await ours().update(channel, ts, key, content)).toEqual({ kind: 'ok', value: undefined });
      expect(shown()).toContain(words);
      nowMs += 2000;
    }
    expect(JSON.stringify(slack.workspace.find(channel, ts)?.blocks)).not.toContain('It broke');
    expect(await ours().remove(channel, ts)).toEqual({ kind: 'ok', value: undefined });
    nowMs += 2000;
    expect(await ours().remove(channel, ts)).toEqual({ kind: 'ok', value: undefined });
    nowMs += 2000;
    expect(await ours().update(channel, ts, key, told('x'))).toEqual({ kind: 'refused', code: 'message_not_found' });
  });

  it('finds a post by its key among what others wrote, on every page, in each view', async () => {
    const channel = await idOf('incident-pms');
    for (const text of ['hello', key, `${key}.and more`]) slack.say(channel, text);
    nowMs += 1000;
    const first = await posted(channel);
    slack.say(channel, 'and then');
    const second = await posted(channel);
    await ours().post(channel, 'another key', told('Another'));
    nowMs += 60_000;

    expect(await ours().find(channel, key, since)).toEqual({ kind: 'ok', value: [{ ts: first }, { ts: second }] });
    await ours().update(channel, first, key, emptiedContent('shared'));
    expect(await ours().find(channel, key, since)).toEqual({ kind: 'ok', value: [{ ts: first }, { ts: second }] });
    expect(await ours().find(channel, 'no such key', since)).toEqual({ kind: 'ok', value: [] });
    expect(await ours().find(await idOf('support'), key, since)).toEqual({ kind: 'ok', value: [] });
  });

  it('is asked for what happened a minute before, because clocks differ', async () => {
    const channel = await idOf('incident-pms');
    const ts = await posted(channel);

    expect(await ours().find(channel, key, '2026-11-24T09:00:59Z')).toEqual({ kind: 'ok', value: [{ ts }] });
    expect(await ours().find(channel, key, '2026-11-24T09:01:30Z')).toEqual({ kind: 'ok', value: [] });
  });

  it('describes its channels', async () => {
    const channel = await idOf('support');

    expect(await ours().channel(channel)).toEqual({
      kind: 'ok',
      value: {
        id: channel,
        name: 'support',
        isMember: true,
        isArchived: false,
        isPrivate: false,
        isShared: false,
        members: expect.any(Number),
      },
    });
    expect(await ours().channels()).toMatchObject({ kind: 'ok', value: [{ name: 'incident-pms' }, { name: 'support' }] });
    expect(await ours().channel('C0000000000')).toEqual({ kind: 'refused', code: 'channel_not_found' });
  });

  it.each([
    ['archived', { archived: ['#support'] }, { isArchived: true }],
    ['not joined', { notMember: ['#support'] }, { isMember: false }],
    ['shared with another company', { extShared: ['#support'] }, { isShared: true }],
  ])('says that a channel is %s', async (_, faults, said) => {
    slack.faults.set(Faults.parse({ slack: faults }));

    expect(await ours().channel(await idOf('support'))).toMatchObject({ kind: 'ok', value: said });
  });

  it.each<[string, object, object]>([
    ['a throttled call', { throttle: 1, retryAfter: 7 }, { kind: 'later', seconds: 7, code: 'ratelimited' }],
    ['an answer cut off', { reset: 1 }, { kind: 'in doubt', code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) }],
    ['a 500', { error500: 1 }, { kind: 'in doubt', code: expect.stringMatching(/^http_50\d$/) }],
    ['fatal_error', { fatalErrorAfterAccept: 1 }, { kind: 'in doubt', code: 'fatal_error' }],
    ['a revoked token', { revoked: true }, { kind: 'stopped', code: 'token_revoked' }],
    ['a channel without the bot', { notMember: ['#support'] }, { kind: 'refused', code: 'not_in_channel' }],
  ])('%s is tried once', async (_, faults, answer) => {
    const channel = await idOf('support');
    slack.faults.set(Faults.parse({ slack: faults }));

    expect(await ours().post(channel, key, told('It broke'))).toEqual(answer);
    expect(Object.values(slack.counts())).toEqual([1]);
  });

  it('takes a new token without a restart', async () => {
    const channel = await idOf('support');
    let token = 'xoxb-old';
    const client = ours(async () => token);

    expect(await client.channel(channel)).toEqual({ kind: 'stopped', code: 'invalid_auth' });
    token = `${slack.token}\n`;
    expect(await client.channel(channel)).toMatchObject({ kind: 'ok' });
  });
});

describe('an answer', () => {
  type Answer = (request: IncomingMessage, response: ServerResponse) => void;
  let answer: Answer;
  let asked: { readonly url: string; readonly connection: string | undefined; readonly body: string }[];
  let apiUrl: string;
  const server = createServer((request, response) => {
    let body = '';
    // Whoever has given up does not send the rest.
    request.on('error', () => {});
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      asked.push({ url: request.url ?? '', connection: request.headers.connection, body });
      answer(request, response);
    });
  });
  beforeAll(async () => {
    apiUrl = `http://127.0.0.1:${await listenOnLoopback(server, 0)}/api/`;
  });
  afterAll(() => closeServer(server));
  beforeEach(() => {
    asked = [];
  });

  const slack = (timeoutMs = 2 * patient) => openSlack({ token: async () => 'xoxb-1', apiUrl, timeoutMs });
  const post = () => slack().post('C0123456789', key, told('It broke'));
  const says =
    (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
    (_, response) =>
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  const named = (error: string) => says({ ok: false, error });

  it.each<[string, Answer, object]>([
    ['that it is done', says({ ok: true, ts: '1503435956.000247' }), { kind: 'ok', value: { ts: '1503435956.000247' } }],
    ['no wait in a 429', says('', 429), { kind: 'later', seconds: 30, code: 'ratelimited' }],
    ['a wait that is no number', says('', 429, { 'retry-after': 'soon' }), { kind: 'later', seconds: 30, code: 'ratelimited' }],
    ['no wait at all', says('', 429, { 'retry-after': '0' }), { kind: 'later', seconds: 1, code: 'ratelimited' }],
    ['a wait of a week', says('', 429, { 'retry-after': '604800' }), { kind: 'later', seconds: 3600, code: 'ratelimited' }],
    ['ratelimited in words', named('ratelimited'), { kind: 'later', seconds: 30, code: 'ratelimited' }],
    ['rate_limited in words', named('rate_limited'), { kind: 'later', seconds: 30, code: 'rate_limited' }],
    ['that the request did not arrive whole', named('request_timeout'), { kind: 'later', seconds: 30, code: 'request_timeout' }],
    ['internal_error', named('internal_error'), { kind: 'in doubt', code: 'internal_error' }],
    ['service_unavailable', named('service_unavailable'), { kind: 'in doubt', code: 'service_unavailable' }],
    ['an error that nobody knows', named('moon_in_wrong_phase'), { kind: 'in doubt', code: 'moon_in_wrong_phase' }],
    ['a 503', says('<h1>Down</h1>', 503), { kind: 'in doubt', code: 'http_503' }],
    ['a page of a proxy', says('<h1>Secret title</h1>'), { kind: 'in doubt', code: 'unreadable_answer' }],
    ['nothing', says(''), { kind: 'in doubt', code: 'unreadable_answer' }],
    ['half a text', says('{"ok":true,"ts":"15'), { kind: 'in doubt', code: 'unreadable_answer' }],
    ['that it is done, without a name', says({ ok: true }), { kind: 'in doubt', code: 'unreadable_answer' }],
    ['another address', says('', 302, { location: 'https://example.com/' }), { kind: 'in doubt', code: 'no_answer' }],
    ['a 403 of a proxy', says('no', 403), { kind: 'stopped', code: 'http_403' }],
    ['a 408', says('', 408), { kind: 'later', seconds: 30, code: 'http_408' }],
    ...['invalid_auth', 'token_revoked', 'token_expired', 'missing_scope', 'account_inactive', 'metadata_must_be_sent_from_app'].map(
      (code): [string, Answer, object] => [code, named(code), { kind: 'stopped', code }],
    ),
    ...[
      'channel_not_found',
      'is_archived',
      'not_in_channel',
      'restricted_action',
      'msg_too_long',
      'msg_blocks_too_long',
      'invalid_blocks',
    ].map((code): [string, Answer, object] => [code, named(code), { kind: 'refused', code }]),
  ])('says %s', async (_, given, meaning) => {
    answer = given;

    expect(await post()).toEqual(meaning);
    expect(asked).toHaveLength(1);
  });

  it('may break off in the middle, or never come', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '100' }).write('{"ok"', () => response.destroy());
    expect(await post()).toMatchObject({ kind: 'in doubt' });
    using clock = timeouts();
    answer = clock.runOut;
    expect(await post()).toEqual({ kind: 'in doubt', code: 'timeout' });
    answer = (_, response) => response.writeHead(200, { 'content-length': '100' }).write('{"ok"', () => setTimeout(clock.runOut, 20));
    expect(await post()).toEqual({ kind: 'in doubt', code: 'timeout' });
    expect(asked).toHaveLength(3);
    expect(clock.given).toEqual([2 * patient, 2 * patient]);
  });

  it('has half as long to come to a call that only reads', async () => {
    using clock = timeouts();
    answer = clock.runOut;

    expect(await slack(9000).channel('C1')).toEqual({ kind: 'later', seconds: 10, code: 'timeout' });
    expect(clock.given).toEqual([4500]);
  });

  it('is in doubt of nothing that only looks', async () => {
    answer = named('internal_error');

    expect(await slack().channel('C1')).toEqual({ kind: 'later', seconds: 10, code: 'internal_error' });
    expect(await slack().channels()).toEqual({ kind: 'later', seconds: 10, code: 'internal_error' });
    expect(await slack().find('C1', key, since)).toEqual({ kind: 'later', seconds: 10, code: 'internal_error' });
  });

  it('is certainly none where nobody listens', async () => {
    expect(await openSlack({ token: async () => 'xoxb-1', apiUrl: `${nobodyListens}/api/` }).remove('C1', '1.0')).toEqual({
      kind: 'later',
      seconds: 30,
      code: 'ECONNREFUSED',
    });
  });

  it.each([
    ['', { kind: 'stopped', code: 'token_empty_or_malformed' }],
    ['xoxb\n1', { kind: 'stopped', code: 'token_empty_or_malformed' }],
    [new Error('no secret'), { kind: 'later', seconds: 30, code: 'token_unreadable' }],
  ])('is not asked for without a token: %s', async (token, meaning) => {
    const given = async () => {
      if (token instanceof Error) throw token;
      return token;
    };

    expect(await openSlack({ token: given, apiUrl }).post('C1', key, told('x'))).toEqual(meaning);
    expect(asked).toEqual([]);
  });

  it('comes on a connection of its own, to a request that asks for no markup, names and previews', async () => {
    answer = says({ ok: true, ts: '1.0' });
    await post();
    await slack().update('C1', '1.0', key, told('x'));

    expect(asked.map(({ url, connection }) => [url, connection])).toEqual([
      ['/api/chat.postMessage', 'close'],
      ['/api/chat.update', 'close'],
    ]);
    const [posted, updated] = asked.map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    expect(posted).toMatchObject({ parse: 'none', link_names: 'false', mrkdwn: 'false', unfurl_links: 'false', unfurl_media: 'false' });
    expect(updated).toMatchObject({ parse: 'none', link_names: 'false' });
    expect(asked.map(({ body }) => body).join()).not.toContain('xoxb');
  });

  it('of a busy channel is read to its end, or is no answer', async () => {
    answer = (request, response) =>
      request.url === '/api/auth.test'
        ? says({ ok: true, bot_id: 'B1' })(request, response)
        : says({ ok: true, messages: [], response_metadata: { next_cursor: 'more' } })(request, response);

    expect(await slack().find('C1', key, since)).toEqual({ kind: 'later', seconds: 60, code: 'history_too_long' });
  });

  it('with the key of another app is not taken for ours', async () => {
    const message = { ts: '1.0', metadata: { event_type: 'afterword_post', event_payload: { key } } };
    answer = (request, response) =>
      request.url === '/api/auth.test'
        ? says({ ok: true, bot_id: 'B1' })(request, response)
        : says({
            ok: true,
            messages: [
              { ...message, bot_id: 'B2' },
              { ...message, ts: '2.0', bot_id: 'B1' },
              { ...message, ts: '3.0' },
            ],
          })(request, response);

    expect(await slack().find('C1', key, since)).toEqual({ kind: 'ok', value: [{ ts: '2.0' }] });
  });

  it('of a large workspace leaves out those that nobody posts to', async () => {
    const channels = Array.from({ length: 1200 }, (_, n) => ({ id: `C${n}`, name: `n${n}`, is_member: n === 1199, is_archived: n < 300 }));
    answer = says({ ok: true, channels });
    const list = await slack().channels();

    if (list.kind !== 'ok') throw new Error(list.code);
    expect(list.value).toHaveLength(1000);
    expect(list.value[0]?.id).toBe('C1199');
    expect(list.value.filter(({ isArchived }) => isArchived)).toHaveLength(100);
  });

  it('about a channel that is being shared counts as shared', async () => {
    answer = says({ ok: true, channel: { id: 'C1', name: 'x', pending_connected_team_ids: ['T2'], pending_shared: null } });

    expect(await slack().channel('C1')).toMatchObject({ kind: 'ok', value: { isShared: true, isMember: true } });
  });
});
