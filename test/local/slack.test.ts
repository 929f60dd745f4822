import { afterEach, expect, it } from 'vitest';
import { Faults } from '../../local/faults/faults.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../local/slack/server.ts';

const running: FakeSlack[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

/** A Slack of its own, on a clock that stands until it is moved. */
async function aSlack(options: Partial<FakeSlackOptions> = {}) {
  let nowMs = Date.parse('2026-11-24T09:00:00Z');
  const slack = await startFakeSlack({ channels: ['#incident-pms', '#support'], clock: { now: () => new Date(nowMs) }, ...options });
  running.push(slack);
  const channels = await slack.channels();
  const [incidents = '', support = ''] = channels.map(({ id }) => id);
  const call = async (method: string, args: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
    const form = new URLSearchParams(
      Object.entries(args).map(([name, value]): [string, string] => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
    );
    const response = await fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.token}`, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: headers['content-type'] === 'application/json' ? JSON.stringify(args) : form.toString(),
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...JSON.parse(await response.text()) };
  };
  const pass = (seconds: number) => {
    nowMs += seconds * 1000;
  };
  const fault = (faults: Record<string, unknown>) => slack.faults.set(Faults.parse({ slack: faults }));
  return { slack, call, pass, fault, incidents, support };
}

const header = (text: string, block_id = 'key-1') => ({ type: 'header', block_id, text: { type: 'plain_text', text, emoji: false } });
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { strike: true } }] }],
});
const metadata = { event_type: 'afterword_post', event_payload: { key: 'key-1' } };

it('posts, edits, finds and removes a message', async () => {
  const { slack, call, pass, incidents: channel } = await aSlack();
  const posted = await call('chat.postMessage', { channel, text: 'Sev-1: Down', blocks: [header('Down')], metadata });
  expect(posted).toMatchObject({ ok: true, channel, message: { bot_id: 'B0AFTERWORD', text: 'Sev-1: Down', metadata } });

  pass(60);
  const edit = { channel, ts: posted.ts, text: 'Sev-2: Slow', blocks: [header('Slow')] };
  expect(await call('chat.update', edit)).toMatchObject({ ok: true, ts: posted.ts, text: 'Sev-2: Slow' });

  const plain = await call('conversations.history', { channel });
  expect(plain.messages).toMatchObject([{ ts: posted.ts, text: 'Sev-2: Slow', edited: { user: 'U0AFTERWORD' } }]);
  expect(plain.messages[0]).not.toHaveProperty('metadata');
  const whole = await call('conversations.history', { channel, include_all_metadata: true });
  expect(whole.messages[0].metadata).toEqual(metadata);

  expect(await call('chat.delete', { channel, ts: posted.ts })).toMatchObject({ ok: true, ts: posted.ts });
  expect((await call('conversations.history', { channel })).messages).toEqual([]);
  expect(await call('chat.update', edit)).toMatchObject({ ok: false, error: 'message_not_found' });
  expect(slack.workspace.changes().map(({ what, key }) => [what, key])).toEqual([
    ['chat.postMessage', 'key-1'],
    ['chat.update', 'key-1'],
    ['chat.delete', 'key-1'],
  ]);
});

it('reads JSON where Slack does, and forms everywhere', async () => {
  const { call, incidents: channel } = await aSlack();
  const json = { 'content-type': 'application/json' };
  expect(await call('chat.postMessage', { channel, blocks: [header('In JSON')] }, json)).toMatchObject({ ok: true });
  expect(await call('conversations.info', { channel }, json)).toMatchObject({ ok: false, error: 'invalid_arguments' });
  expect(await call('chat.postMessage', { channel }, { 'content-type': 'text/xml' })).toMatchObject({ error: 'invalid_post_type' });
  expect(await call('conversations.archive', { channel })).toMatchObject({ error: 'unknown_method' });
});

it.each([
  ['not_authed', { authorization: '' }],
  ['invalid_auth', { authorization: 'Bearer xoxb-another' }],
])('refuses a token: %s', async (error, headers) => {
  const { call } = await aSlack();
  expect(await call('auth.test', {}, headers)).toMatchObject({ ok: false, error });
});

it.each([
  ['a header of 151', [header('x'.repeat(151))], 'must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
  [
    'a section of 3001',
    [{ type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3001) } }],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), 'no more than 50 items allowed [json-pointer:/blocks]'],
  ['an empty text', [header('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
  ['an id of 256', [header('x', 'i'.repeat(256))], 'must be less than 256 characters [json-pointer:/blocks/0/block_id]'],
  ['an id twice', [header('x'), header('y')], 'block_id already exists: key-1 [json-pointer:/blocks]'],
  ['another kind of block', [{ type: 'marquee' }], 'unsupported type: "marquee" [json-pointer:/blocks/0/type]'],
  [
    'a link that is none',
    [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'javascript:1' }] }] }],
    'must be a valid URL [json-pointer:/blocks/0/elements/0/elements/0/url]',
  ],
])('refuses %s', async (_, blocks, told) => {
  const { call, incidents: channel } = await aSlack();
  const answer = await call('chat.postMessage', { channel, text: 'x', blocks });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks', errors: [told] });
});

it('refuses what no message may be', async () => {
  const { call, pass, incidents: channel } = await aSlack();
  const post = async (args: Record<string, unknown>) => {
    pass(5);
    return (await call('chat.postMessage', { channel, ...args })).error;
  };
  const long = Array.from({ length: 6 }, () => rich('x'.repeat(2300)));
  expect(await post({})).toBe('no_text');
  expect(await post({ blocks: 'no JSON' })).toBe('invalid_blocks_format');
  expect(await post({ blocks: long })).toBe('msg_blocks_too_long');
  expect(await post({ text: 'x', metadata: 'no JSON' })).toBe('invalid_metadata_format');
  expect(await post({ text: 'x', metadata: { event_type: 'with blanks ', event_payload: {} } })).toBe('invalid_metadata_schema');
  expect(await post({ text: 'x', metadata: { event_type: 'a' } })).toBe('invalid_metadata_schema');
  expect(await post({ channel: 'C0NOWHERE01', text: 'x' })).toBe('channel_not_found');
  const { ts } = await call('chat.postMessage', { channel, text: 'x', blocks: [rich('x')] });
  expect(await call('chat.update', { channel, ts, text: 'x', blocks: [header('y')] })).toMatchObject({ error: 'block_mismatch' });
  expect(await call('chat.update', { channel, ts, text: 'x'.repeat(4001), blocks: [rich('y')] })).toMatchObject({ error: 'msg_too_long' });
});

it('edits and removes its own messages only', async () => {
  const { slack, call, incidents: channel } = await aSlack();
  const ts = slack.say(channel, 'Lunch?');
  expect(await call('chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'cant_update_message' });
  expect(await call('chat.delete', { channel, ts })).toMatchObject({ error: 'cant_delete_message' });
});

it('reads the history in pages, newest first, from an instant on', async () => {
  const { slack, call, pass, incidents: channel } = await aSlack({ pageSize: 2 });
  const all: string[] = [];
  for (const text of ['a', 'b', 'c', 'd', 'e']) {
    all.unshift(slack.say(channel, text));
    pass(1);
  }
  const first = await call('conversations.history', { channel, oldest: all[3], limit: 200 });
  expect(first).toMatchObject({ has_more: true, messages: [{ ts: all[0] }, { ts: all[1] }] });
  const rest = await call('conversations.history', { channel, oldest: all[3], cursor: first.response_metadata.next_cursor });
  expect(rest).toMatchObject({ has_more: false, messages: [{ ts: all[2] }] });
  expect((await call('conversations.history', { channel, oldest: all[0], inclusive: true })).messages).toHaveLength(1);
  expect(await call('conversations.history', { channel, cursor: 'none' })).toMatchObject({ error: 'invalid_cursor' });
  expect(await call('conversations.history', { channel, oldest: 'yesterday' })).toMatchObject({ error: 'invalid_ts_oldest' });
});

it('lists channels in pages, private ones to their members alone, and counts members where asked', async () => {
  const channels = ['#a', '#b', { name: 'secret', isPrivate: true }] as const;
  const { call, fault, incidents: channel } = await aSlack({ channels, pageSize: 2 });
  const types = 'public_channel,private_channel';
  expect((await call('conversations.list')).channels).toMatchObject([{ name: 'a' }, { name: 'b' }]);
  const first = await call('conversations.list', { types });
  const second = await call('conversations.list', { types, cursor: first.response_metadata.next_cursor });
  expect(second).toMatchObject({ channels: [{ name: 'secret', is_private: true }], response_metadata: { next_cursor: '' } });
  expect((await call('conversations.info', { channel })).channel).not.toHaveProperty('num_members');
  expect((await call('conversations.info', { channel, include_num_members: true })).channel.num_members).toBeGreaterThan(0);
  fault({ notMember: ['#secret'] });
  expect(await call('conversations.info', { channel: second.channels[0].id })).toMatchObject({ error: 'channel_not_found' });
});

it('takes a message a second and channel after a short burst', async () => {
  const { call, pass, incidents, support } = await aSlack();
  const post = (channel: string) => call('chat.postMessage', { channel, text: 'x' });
  for (let n = 0; n < 3; n += 1) expect(await post(incidents)).toMatchObject({ ok: true });
  expect(await post(incidents)).toEqual({ status: 429, retryAfter: '1', ok: false, error: 'ratelimited' });
  expect(await post(support)).toMatchObject({ ok: true });
  pass(1);
  expect(await post(incidents)).toMatchObject({ ok: true });
  expect(await post(incidents)).toMatchObject({ status: 429 });
});

it('takes fifty edits and twenty lists a minute', async () => {
  const { call, incidents: channel } = await aSlack();
  for (let n = 0; n < 50; n += 1) expect(await call('conversations.info', { channel })).toMatchObject({ ok: true });
  expect(await call('conversations.info', { channel })).toMatchObject({ status: 429, retryAfter: '2' });
  for (let n = 0; n < 20; n += 1) await call('conversations.list');
  expect(await call('conversations.list')).toMatchObject({ status: 429, retryAfter: '3' });
});

it('answers in the words of its faults', async () => {
  const { slack, call, pass, fault, incidents: channel } = await aSlack();
  const post = async (faults: Record<string, unknown>) => {
    fault(faults);
    pass(5);
    return call('chat.postMessage', { channel, text: 'x', blocks: [rich('x')] });
  };
  expect(await post({ archived: ['#incident-pms'] })).toMatchObject({ error: 'is_archived' });
  expect(await post({ notMember: [channel] })).toMatchObject({ error: 'not_in_channel' });
  expect(await post({ gone: ['incident-pms'] })).toMatchObject({ error: 'channel_not_found' });
  expect(await post({ revoked: true })).toMatchObject({ error: 'token_revoked' });
  expect(await post({ missingScopes: ['chat:write'] })).toMatchObject({ error: 'missing_scope', needed: 'chat:write' });
  expect(await post({ throttle: 1, retryAfter: 7 })).toMatchObject({ status: 429, retryAfter: '7' });
  expect(slack.workspace.messages()).toEqual([]);
  expect(await post({ fatalErrorAfterAccept: 1 })).toMatchObject({ status: 200, error: 'fatal_error' });
  expect(slack.workspace.messages()).toHaveLength(1);

  const { ts } = await post({ extShared: ['#incident-pms'] });
  expect((await call('conversations.info', { channel })).channel).toMatchObject({ is_ext_shared: true, is_member: true });
  fault({ editWindowClosed: true, deleteForbidden: true });
  expect(await call('chat.update', { channel, ts, text: 'y', blocks: [rich('y')] })).toMatchObject({ error: 'edit_window_closed' });
  expect(await call('chat.delete', { channel, ts })).toMatchObject({ error: 'cant_delete_message' });
  fault({ deletedByHand: ['#incident-pms'] });
  expect(await call('chat.update', { channel, ts, text: 'y' })).toMatchObject({ error: 'message_not_found' });
});

it('may carry out a call that it does not answer, and show it late', async () => {
  const { slack, call, pass, fault, incidents: channel } = await aSlack();
  fault({ reset: 1 });
  await expect(call('chat.postMessage', { channel, text: 'cut off' })).rejects.toThrow();
  fault({ historyLag: 20 });
  await call('chat.postMessage', { channel, text: 'late' });
  expect((await call('conversations.history', { channel })).messages.map(({ text }: { text: string }) => text)).not.toContain('late');
  pass(20);
  expect((await call('conversations.history', { channel })).messages[0]).toMatchObject({ text: 'late' });
  expect(slack.counts()).toMatchObject({ 'chat.postMessage ok': 1, 'chat.postMessage reset': 1 });
});
