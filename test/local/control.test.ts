import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
beforeAll(async () => {
  stack = await startToyStack();
});
afterAll(() => stack.stop());

it('is ready', async () => {
  expect(await stack.call('GET', '/_local/health')).toEqual({ status: 200, body: { ready: true } });
});

it.each([
  ['PUT', '/_local/faults', '{', 400],
  ['PUT', '/_local/faults', { ses: { throttle: 2 } }, 400],
  ['PUT', '/_local/faults', { ses: { typo: 1 } }, 400],
  ['PUT', '/_local/faults', { ses: { error500: 0.1 } }, 200],
  ['PUT', '/_local/faults', { seed: 'lucky' }, 400],
  ['PUT', '/_local/faults', { sqs: {} }, 400],
  ['POST', '/_local/clock', { advance: 'tomorrow' }, 400],
  ['POST', '/_local/schedules/weekly-digest/run', { at: 'monday' }, 400],
  ['POST', '/_local/functions/nobody/kill', undefined, 404],
  ['POST', '/_local/queues/nobody/purge', undefined, 404],
  ['PUT', '/_local/secrets/nobody', { value: 'x' }, 404],
  ['PUT', '/_local/secrets/nobody', {}, 400],
  ['GET', '/_local/inbox?since=yesterday', undefined, 400],
  ['GET', '/_local/inbox?limit=many', undefined, 400],
  ['GET', '/_local/inbox/unknown/raw', undefined, 404],
  ['POST', '/_local/inbox/unknown/open', undefined, 404],
  ['GET', '/_local/nothing', undefined, 404],
] as const)('%s %s with %j answers %i in JSON', async (method, path, body, status) => {
  expect((await stack.call(method, path, body)).status).toBe(status);
});

it.each([
  [{ ses: { resett: 0.1 } }, '"resett"'],
  [{ ses: { lateEvents: -1 } }, 'ses.lateEvents'],
  [{ dynamodb: { lostReply: 'often' } }, 'dynamodb.lostReply'],
])('names the fault that it cannot inject in %j', async (body, name) => {
  expect((await stack.call('PUT', '/_local/faults', body)).body.message).toContain(name);
});

it('holds the faults that were set until others are', async () => {
  await stack.call('PUT', '/_local/faults', { seed: 7, ses: { reset: 0.5 }, dynamodb: { throttle: 0.1 } });
  expect((await stack.call('GET', '/_local/faults')).body).toMatchObject({ seed: 7, ses: { reset: 0.5 }, dynamodb: { throttle: 0.1 } });

  await stack.call('PUT', '/_local/faults', {});
  expect((await stack.call('GET', '/_local/faults')).body).toMatchObject({ ses: { reset: 0 }, dynamodb: { throttle: 0 } });
});

it('throws away what waits in a queue', async () => {
  await stack.send('toy-dead-letters', { lost: true });
  const letters = async () =>
    (await stack.call<{ name: string; visible: number }[]>('GET', '/_local/queues')).body.find(({ name }) => name === 'dead-letters');
  expect(await letters()).toMatchObject({ visible: 1 });

  expect(await stack.call('POST', '/_local/queues/dead-letters/purge')).toEqual({ status: 200, body: { purged: 'dead-letters' } });
  expect(await letters()).toMatchObject({ visible: 0 });
});

it('has nothing in Slack yet', async () => {
  expect((await stack.call('GET', '/_local/slack')).body).toEqual([]);
});

it.each([
  ['by another name', { host: 'attacker.example' }, 'GET'],
  ['from another site', { origin: 'https://attacker.example' }, 'PUT'],
])('is not used %s', async (_, headers, method) => {
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${stack.url}/_local/faults`, { method, headers }, (response) => resolve(response.resume().statusCode));
    sent.on('error', reject).end();
  });

  expect(status).toBe(403);
});
