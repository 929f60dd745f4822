import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
let once: DynamoDBClient;
let patient: DynamoDBClient;
beforeAll(async () => {
  stack = await startToyStack();
  const { body } = await stack.call<Record<string, string>>('GET', '/echo?mode=environment');
  const table = (maxAttempts: number) =>
    new DynamoDBClient({
      endpoint: body.AWS_ENDPOINT_URL_DYNAMODB ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'x' },
      maxAttempts,
    });
  [once, patient] = [table(1), table(3)];
});
afterAll(() => stack.stop());

const TableName = 'toy-Table';
const keyOf = (id: string) => ({ pk: { S: 'P' }, sk: { S: id } });
const put = (id: string, client = once) => client.send(new PutItemCommand({ TableName, Item: keyOf(id) }));
const faults = (dynamodb: object) => stack.call('PUT', '/_local/faults', { seed: 1, dynamodb });
const isThere = async (id: string) => {
  await faults({});
  return (await once.send(new GetItemCommand({ TableName, Key: keyOf(id) }))).Item !== undefined;
};

it('throttles, and nothing was written', async () => {
  await faults({ throttle: 1 });

  await expect(put('throttled')).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
  expect(await isThere('throttled')).toBe(false);
});

it('loses the reply of a write that landed', async () => {
  await faults({ lostReply: 1 });

  await expect(put('lost')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await isThere('lost')).toBe(true);
});

it('answers 500, half the time after the write', async () => {
  const ids = Array.from({ length: 16 }, (_, n) => `error-${n}`);
  await faults({ error500: 1 });
  for (const id of ids) await expect(put(id)).rejects.toMatchObject({ name: 'InternalServerError', $metadata: { httpStatusCode: 500 } });
  const there = await Promise.all(ids.map(isThere));

  expect(new Set(there)).toEqual(new Set([true, false]));
});

it('makes a write that the SDK repeats lose its own condition', async () => {
  const first = (_: unknown, n: number) =>
    patient.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(`own-${n}`),
        UpdateExpression: 'SET x = :x',
        ConditionExpression: 'attribute_not_exists(pk)',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
      }),
    );
  await faults({ lostReply: 0.5 });
  const ends = await Promise.allSettled(Array.from({ length: 16 }, first));
  const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.name] : []));

  expect(lost).toContain('ConditionalCheckFailedException');
});
