import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sqsDeadLetters } from '../../adapters/sqs/dead-letters.ts';
import { iamEnforcer } from '../../local/iam/iam-enforcer.ts';
import { type QueueEngine, startQueues } from '../../local/queues/engine.ts';
import { arn } from '../../local/template/local-aws.ts';
import { usageLedger } from '../../local/usage/ledger.ts';
import { type CountingProxy, startSqsProxy } from '../../local/usage/sqs-proxy.ts';
import { waitedFor } from '../support/waited-for.ts';

let engine: QueueEngine;
let proxy: CountingProxy;
const iam = iamEnforcer(() => {});
let held: Promise<void> = Promise.resolve();
beforeAll(async () => {
  engine = await startQueues();
  // Only moves delete letters by a call of the engine, so a test can hold one where it is.
  const slow: QueueEngine = {
    ...engine,
    sqs: async (action, body) => {
      if (action === 'DeleteMessage') await held;
      return engine.sqs(action, body);
    },
  };
  proxy = await startSqsProxy(
    slow,
    usageLedger((caller) => caller),
    iam,
  );
});
afterAll(async () => {
  await proxy.stop();
  await engine.stop();
});

const clientOf = (caller: string) =>
  new SQSClient({
    endpoint: proxy.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: caller, secretAccessKey: 'x' },
  });
const urlOf = (name: string) => `http://sqs.us-east-1.localhost/000000000000/${name}`;
const countOf = async (name: string) => {
  const answer = await engine.sqs('GetQueueAttributes', { QueueUrl: urlOf(name), AttributeNames: ['ApproximateNumberOfMessages'] });
  return Number((answer as { Attributes: Record<string, string> }).Attributes.ApproximateNumberOfMessages);
};

/** A queue with another for its dead letters, and one that no queue stands in front of. */
async function queuesOf(name: string) {
  await engine.sqs('CreateQueue', { QueueName: `${name}-dead-letters` });
  await engine.sqs('CreateQueue', { QueueName: `${name}-alone` });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('sqs', `${name}-dead-letters`), maxReceiveCount: 5 });
  await engine.sqs('CreateQueue', { QueueName: name, Attributes: { RedrivePolicy } });
  const put = (...bodies: string[]) =>
    Promise.all(bodies.map((MessageBody) => engine.sqs('SendMessage', { QueueUrl: urlOf(`${name}-dead-letters`), MessageBody })));
  const queues = {
    movable: [{ name, url: urlOf(`${name}-dead-letters`) }],
    fixed: [{ name: 'alone', url: urlOf(`${name}-alone`) }],
  };
  return { put, letters: sqsDeadLetters(queues, clientOf('test')) };
}
describe('dead letters', () => {
  it('can be looked at again and again without being taken out', async () => {
    const { put, letters } = await queuesOf('looked');
    await put('a', 'b');

    for (const _ of [1, 2]) {
      const { count, letters: found, move } = await letters.look('looked');
      expect(found.map(({ body }) => body).toSorted()).toEqual(['a', 'b']);
      expect(count).toBe(2);
      expect(move).toBeUndefined();
    }
    expect(await letters.look('alone')).toEqual({ name: 'alone', count: 0, letters: [] });
  });

  it('go back to the queue in front, all of them, with their content', async () => {
    const { put, letters } = await queuesOf('moved');
    const bodies = Array.from({ length: 23 }, (_, n) => `letter ${n}`);
    await put(...bodies);

    expect(await letters.redrive('moved')).toBe('started');
    const { move } = await waitedFor(
      'the move of dead letters',
      () => letters.look('moved'),
      (queue) => queue.move?.state === 'done',
    );
    expect(move).toMatchObject({ state: 'done', moved: 23 });
    expect([await countOf('moved'), await countOf('moved-dead-letters')]).toEqual([23, 0]);
  });

  it('are moved by one task at a time: a second one is told so, and starts when the first has ended', async () => {
    const { put, letters } = await queuesOf('twice');
    await put('a', 'b', 'c');
    const { promise, resolve } = Promise.withResolvers<void>();
    onTestFinished(() => resolve());
    held = promise;

    expect(await letters.redrive('twice')).toBe('started');
    expect(await letters.redrive('twice')).toBe('under way');
    expect((await letters.look('twice')).move).toMatchObject({ state: 'under way', moved: 0 });
    resolve();
    await waitedFor(
      'the move of dead letters',
      () => letters.look('twice'),
      ({ move }) => move?.state === 'done',
    );
    expect(await letters.redrive('twice')).toBe('started');
  });
});

describe('a move that SQS refuses', () => {
  const start = (SourceArn: string, more: object = {}, caller = 'test') =>
    clientOf(caller).send(new StartMessageMoveTaskCommand({ SourceArn, ...more }));

  it('is out of a queue that is behind no other, out of none, into none, or at no rate', async () => {
    await queuesOf('refused');
    const source = arn('sqs', 'refused-dead-letters');

    await expect(start(arn('sqs', 'refused-alone'))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Source queue must be configured as a Dead Letter Queue.',
    });
    await expect(start(arn('sqs', 'nowhere'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(start(source, { DestinationArn: arn('sqs', 'nowhere') })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(start(source, { MaxNumberOfMessagesPerSecond: 501 })).rejects.toThrow(/between 1 and 500/);
  });

  it('comes from a role that may start it, but not put letters into the queue in front', async () => {
    await queuesOf('denied');
    const mayAllBut = (missing: string) => ({
      name: 'role',
      judge: ({ action }: { action: string }) => (action === missing ? ('not allowed' as const) : ('allowed' as const)),
    });
    const [source, first, second] = [arn('sqs', 'denied-dead-letters'), 'sqs:SendMessage', 'sqs:ReceiveMessage'];
    iam.enforce(new Map([first, second].map((missing) => [missing, mayAllBut(missing)])));

    for (const missing of [first, second])
      await expect(start(source, {}, missing)).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining(missing) });
    expect(iam.denials()).toMatchObject([{ resource: arn('sqs', 'denied') }, { resource: source }]);
  });
});
