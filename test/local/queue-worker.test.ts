import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueueDepth } from '../../local/queues/depths.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
beforeAll(async () => {
  stack = await startToyStack();
  // A message comes again after a second: those that are looked at find their function started.
  await stack.send('toy-work', { id: 'first' });
  await record('first');
});
afterAll(() => stack.stop());

const record = async (id: string) => {
  const item = await stack.until(
    async () => stack.table?.read({ pk: 'RECORD', sk: id }),
    (found) => found !== undefined,
  );
  return JSON.parse(String(item?.record));
};
const depth = async (name: string) => {
  const { body } = await stack.call<QueueDepth[]>('GET', '/_local/queues');
  const found = body.find((queue) => queue.name === name);
  if (found === undefined) throw new Error(`no queue ${name}`);
  return found;
};

it('hands a message to its function as AWS does', async () => {
  await stack.send('toy-work', { id: 'shape' });

  expect(await record('shape')).toMatchObject({
    body: '{"id":"shape"}',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:toy-work',
    awsRegion: 'us-east-1',
    md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
    receiptHandle: expect.any(String),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
  });
});

it('leaves what was reported as failed to the visibility timeout, then to the dead letters', async () => {
  await stack.send('toy-work', { id: 'good' });
  await stack.send('toy-work', { id: 'bad', fail: true });
  await stack.until(
    () => depth('work'),
    ({ deadLetters }) => deadLetters === 1,
  );

  expect((await depth('work')).mostReceived).toBe(2);
  expect((await record('bad')).attributes.ApproximateReceiveCount).toBe('2');
  expect((await record('good')).attributes.ApproximateReceiveCount).toBe('1');
});

it('leaves the whole batch when the function throws', async () => {
  const before = (await depth('work')).deadLetters;
  await stack.send('toy-work', { throw: true });

  const after = await stack.until(
    () => depth('work'),
    ({ deadLetters }) => deadLetters > before,
  );
  expect(after).toMatchObject({ visible: 0, inFlight: 0, deadLetters: before + 1 });
  expect(stack.printed).toContain('worker failed: Error: poison');
});

it('is drained when nothing is left, dead letters aside', async () => {
  await stack.send('toy-work', { id: 'last' });
  const { body } = await stack.call('POST', '/_local/drain');

  expect(body).toMatchObject({ drained: true, queues: 0, running: 0, outbox: 0, settling: 0 });
  expect(await stack.table?.read({ pk: 'RECORD', sk: 'last' })).toBeDefined();
});
