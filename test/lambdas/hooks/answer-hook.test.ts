import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { answerHook } from '../../../lambdas/hooks/answer-hook.ts';
import type { CollectMessage } from '../../../lambdas/shared/collect-message.ts';
import { localKeys, sign } from '../../../local/vendors/sign.ts';

const now = new Date('2026-11-18T10:00:00Z');
const body = '{"event_type":"x"}';

function aHook() {
  const sent: CollectMessage[] = [];
  const world = {
    sent,
    secret: JSON.stringify({ 'incident-io': { keys: ['whsec_b2xk', localKeys['incident-io']] }, rootly: { keys: [] } }),
    queueIsAway: false,
    logged: [] as string[],
    async post(path: string, text = body, headers: Record<string, string> = sign('incident-io', text, { now }).headers) {
      const event = { headers, body: text, isBase64Encoded: false, rawPath: path, rawQueryString: '' };
      const requestContext = { requestId: 'r1', http: { method: 'POST' } };
      return (await answerHook({ ...event, requestContext }, deps)).statusCode;
    },
  };
  const note = (text: string, line?: unknown) => world.logged.push(JSON.stringify([text, line]));
  const deps: Parameters<typeof answerHook>[1] = {
    authenticate: async (token) => ({ id: '0', label: 'l', scopes: token === 'good' ? ['hook'] : token === 'other' ? ['publish'] : [] }),
    secret: async () => world.secret,
    send: async (message) => {
      if (world.queueIsAway) throw new Error('the queue is away');
      sent.push(message);
    },
    now: () => now,
    log: { info: note, warn: note, error: (text) => note(text) },
  };
  return world;
}

it('takes an event that is signed, byte for byte', async () => {
  const hook = aHook();
  const text = '{"é":"\\u00e9", }';
  expect(await hook.post('/hooks/incident-io/good', text)).toBe(202);
  const [message] = hook.sent;
  if (message === undefined || !('event' in message)) throw new Error('no event was sent');
  expect(message.event).toMatchObject({ source: 'incident-io', at: '2026-11-18T10:00:00Z' });
  expect(gunzipSync(Buffer.from(message.event.body, 'base64')).toString()).toBe(text);
});

it.each([
  ['a wrong token', '/hooks/incident-io/bad'],
  ['a key of another scope', '/hooks/incident-io/other'],
  ['a wrong source', '/hooks/jira/good'],
  ['a name that objects have', '/hooks/constructor/good'],
  ['more of a path', '/hooks/incident-io/good/more'],
])('answers %s with one and the same 404', async (_, path) => {
  const hook = aHook();
  expect([await hook.post(path), hook.sent]).toEqual([404, []]);
});

it('answers a bad signature with 401 and a line for the alarm, and without a token', async () => {
  const hook = aHook();
  expect(await hook.post('/hooks/incident-io/good', body, sign('incident-io', `${body} `, { now }).headers)).toBe(401);
  expect(hook.logged).toEqual(['["hook refused",{"source":"incident-io","refused":"signature"}]']);
});

it('answers faults of ours with 503, so that the vendor sends it again', async () => {
  const hook = aHook();
  expect(await hook.post('/hooks/rootly/good', body, sign('rootly', body, { now }).headers)).toBe(503);
  hook.queueIsAway = true;
  expect(await hook.post('/hooks/incident-io/good')).toBe(503);
  for (const secret of ['', 'null', '[]', '{"incident-io":{"keys":"whsec_x"}}']) {
    hook.secret = secret;
    expect(await hook.post('/hooks/incident-io/good')).toBe(503);
  }
});

it('has the vendor asked where an event is too large for a message', async () => {
  const hook = aHook();
  const large = JSON.stringify(Array.from({ length: 60_000 }, (_, n) => Math.sin(n)));
  expect(await hook.post('/hooks/incident-io/good', large)).toBe(202);
  expect(hook.sent).toEqual([{ poll: 'incident-io' }]);
});

it('takes what Statuspage does not sign by the token alone, with no key and whatever is in it', async () => {
  const hook = aHook();
  for (const text of ['{"incident":{"id":"1"}}', '', '['.repeat(10_000)])
    expect(await hook.post('/hooks/statuspage/good', text, {})).toBe(202);
  expect(await hook.post('/hooks/statuspage/bad', body, {})).toBe(404);
  expect(hook.sent).toHaveLength(3);
});
