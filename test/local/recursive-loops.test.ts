import { afterAll, beforeAll, expect, it } from 'vitest';
import { lineageIn, lineageOfRun, traceOf } from '../../local/lambda/lineage.ts';
import { planOf } from '../../local/plan/plan.ts';
import type { QueueDepth } from '../../local/queues/depths.ts';
import { loadTemplate } from '../../local/template/load.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';
import { toyFunction, toyTemplate } from '../support/toy-template.ts';

/** A function that sends to its own queue. */
const looper = (name: string, properties: object = {}) => {
  const queue = { 'Fn::GetAtt': [`${name}Queue`, 'Arn'] };
  return {
    [`${name}Queue`]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: `toy-${name}`,
        // Longer than a run takes on a busy machine: a message that came back would be run once
        // more.
        VisibilityTimeout: 20,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [`${name}Dead`, 'Arn'] }, maxReceiveCount: 1 },
      },
    },
    [`${name}Dead`]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: `toy-${name}-dead-letters` } },
    [`${name}Function`]: {
      ...toyFunction(name, {
        Timeout: 10,
        Environment: { Variables: { TABLE_NAME: { Ref: 'Table' }, QUEUE_URL: { Ref: `${name}Queue` } } },
        ...properties,
      }),
      Metadata: { 'aws:asset:path': 'looper' },
    },
    [`${name}Mapping`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: queue, FunctionName: { Ref: `${name}Function` } },
    },
    [`${name}Policy`]: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: name,
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: queue }] },
      },
    },
  };
};
const template = (...loopers: object[]) => ({ ...toyTemplate, Resources: Object.assign({}, toyTemplate.Resources, ...loopers) });

let stack: ToyStack;
beforeAll(async () => {
  const loopers = [looper('single'), looper('batched', { RecursiveLoop: 'Terminate' }), looper('allowed', { RecursiveLoop: 'Allow' })];
  stack = await startToyStack({ template: template(...loopers) });
  // All at once: those that end wait for the timeout of their queue.
  for (const name of ['single', 'batched', 'allowed']) await stack.send(`toy-${name}`, { run: 1, last: 20, inBatches: name === 'batched' });
});
afterAll(() => stack.stop());
const run = (name: string, run: number) => stack.table?.read({ pk: `toy-${name}`, sk: String(run) });
const deadLetters = async (name: string) => {
  const { body } = await stack.call<QueueDepth[]>('GET', '/_local/queues');
  return body.find((queue) => queue.name === name)?.deadLetters ?? 0;
};

it.each(['single', 'batched'])('end after sixteen runs of the function, among the dead letters (%s)', async (name) => {
  await stack.until(
    `a dead letter of ${name}`,
    () => deadLetters(name),
    (many) => many > 0,
  );

  expect(await run(name, 16)).toBeDefined();
  expect(await run(name, 17)).toBeUndefined();
  expect(stack.printed).toContainEqual(expect.stringMatching(new RegExp(`^${name} failed: not run: .* ran 16 times`)));
});

it('go on where the function is allowed to', async () => {
  const last = await stack.until(
    'the twentieth run',
    () => Promise.resolve(run('allowed', 20)),
    (found) => found !== undefined,
  );

  expect(JSON.parse(String(last?.record))).toMatchObject({
    messageAttributes: {},
    attributes: { AWSTraceHeader: expect.stringContaining('Lineage=allowed:19') },
  });
});

it('are not known of a value that AWS does not know', () => {
  const loaded = (properties: object) =>
    planOf(
      loadTemplate(template(looper('odd', properties)), {
        stackName: 'toy',
        apiUrl: 'http://localhost:1',
        queuesUrl: 'http://127.0.0.1:2',
      }),
    );

  expect(loaded({ RecursiveLoop: 'Allow' }).functions.find(({ name }) => name === 'toy-odd')).toMatchObject({ mayLoop: true });
  expect(loaded({}).functions.find(({ name }) => name === 'toy-odd')).toMatchObject({ mayLoop: false });
  expect(() => loaded({ RecursiveLoop: 'Sometimes' })).toThrow('RecursiveLoop');
});

it('are counted by the longest of several chains, of each function by itself', () => {
  const chains = [
    new Map([['deliver', 3]]),
    new Map([
      ['deliver', 7],
      ['compose', 1],
    ]),
    lineageIn(undefined),
  ];

  const after = lineageOfRun('deliver', chains);

  expect(Object.fromEntries(after)).toEqual({ deliver: 8, compose: 1 });
  expect(lineageIn(traceOf(after))).toEqual(after);
});
