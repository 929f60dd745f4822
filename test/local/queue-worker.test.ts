import { afterAll, beforeAll, expect, it } from 'vitest';
import type { QueueDepth } from '../../local/queues/depths.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
let queues: string;
let work: string;
beforeAll(async () => {
  stack = await startToyStack();
  ({ AWS_ENDPOINT_URL_SQS: queues = '', QUEUE_URL: work = '' } = (
    await stack.call<Record<string, string>>('GET', '/echo?mode=environment')
  ).body);
});
afterAll(() => stack.stop());

/** The message as the function got it, once it came for that time. */
const record = (id: string, time = 1) =>
  stack.until(
    `run ${time} with the message ${id}`,
    async () => JSON.parse(String((await stack.table?.read({ pk: 'RECORD', sk: id }))?.record ?? 'null')),
    (found) => Number(found?.attributes.ApproximateReceiveCount ?? 0) >= time,
  );
/** The visibility timeout of a message that came for that time is over. Waits until its run is. */
async function becomesVisible(id: string, time: number) {
  const { receiptHandle } = await record(id, time);
  await stack.until(
    'functions without a run',
    () => stack.call<{ running: number }[]>('GET', '/_local/functions'),
    ({ body }) => body.every(({ running }) => running === 0),
  );
  const response = await fetch(queues, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ChangeMessageVisibility' },
    body: JSON.stringify({ QueueUrl: work, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }),
  });
  if (!response.ok) throw new Error(await response.text());
}
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
  await record('good');
  await becomesVisible('bad', 1);
  await record('bad', 2);
  expect(await depth('work')).toMatchObject({ visible: 0, inFlight: 1, deadLetters: 0 });
  await becomesVisible('bad', 2);
  await stack.until(
    'a dead letter',
    () => depth('work'),
    ({ deadLetters }) => deadLetters === 1,
  );

  expect((await depth('work')).mostReceived).toBe(2);
  expect((await record('bad')).attributes.ApproximateReceiveCount).toBe('2');
  expect((await record('good')).attributes.ApproximateReceiveCount).toBe('1');
});

it('leaves the whole batch when the function throws', async () => {
  const before = (await depth('work')).deadLetters;
  await stack.send('toy-work', { id: 'thrown', throw: true });
  await becomesVisible('thrown', 1);
  await becomesVisible('thrown', 2);

  const after = await stack.until(
    'a dead letter',
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
