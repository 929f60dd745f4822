import { describe, expect, it } from 'vitest';
import { lanes } from '../../core/stream/stream.ts';
import * as compose from '../../lambdas/compose/env.ts';
import * as deliver from '../../lambdas/deliver/env.ts';
import * as drift from '../../lambdas/drift/env.ts';
import * as feedback from '../../lambdas/feedback/env.ts';
import * as home from '../../lambdas/home/env.ts';
import * as intake from '../../lambdas/intake/env.ts';
import * as operator from '../../lambdas/operator/env.ts';
import * as scim from '../../lambdas/scim/env.ts';
import * as sweep from '../../lambdas/sweep/env.ts';
import * as web from '../../lambdas/web/env.ts';
import { aStage, type Json, the } from '../support/stage-under-test.ts';

const stage = aStage('laptop');
const mappingOf = (fn: string): Json =>
  the(stage.all('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.FunctionName.Ref === stage.fn(fn).id)).properties;

describe('a function that drains a queue', () => {
  it.each([
    ['deliver-bulk', 'bulk', 1, 5],
    ['deliver-prompt', 'prompt', 1, 2],
    ['deliver-urgent', 'urgent', 1, 2],
    ['deliver-customers', 'customers', 1, 2],
    ['compose', 'compose', 1, 4],
    ['feedback', 'events', 10, 5],
  ])('%s takes from %s, %i at a time, %i at once', (fn, queue, batchSize, concurrency) => {
    expect(mappingOf(fn)).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': [stage.queue(queue).id, 'Arn'] },
      BatchSize: batchSize,
      ScalingConfig: { MaximumConcurrency: concurrency },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('finds its own queue in its variables on every lane', () => {
    for (const lane of lanes) {
      const { LANE, QUEUE_URL } = stage.fn(`deliver-${lane}`).properties.Environment.Variables;
      expect([LANE, QUEUE_URL]).toEqual([lane, { Ref: stage.queue(lane).id }]);
    }
  });
});

it('lets whoever runs outboxes or imports a catalogue have relevance found out, and nobody else', () => {
  const queue = JSON.stringify({ 'Fn::GetAtt': [stage.queue('relevance').id, 'Arn'] });
  const sending = stage.functionNames().filter((name) =>
    stage
      .statements(name)
      .filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'))
      .some(({ Resource }) => JSON.stringify(Resource).includes(queue)),
  );
  expect(sending.toSorted()).toEqual(['home', 'intake', 'operator', 'sweep']);
});

it('gives a whole processor to the functions that somebody waits for, and no more than it needs to what waits itself', () => {
  const memoryOf = (name: string) => stage.fn(name).properties.MemorySize;
  const isWaitedFor = ['web', 'web-customers', 'operator', 'home', 'intake', 'compose', 'deliver-urgent'];
  expect([...new Set(isWaitedFor.map(memoryOf))]).toEqual([1769]);
  expect([...new Set(['sweep', 'deliver-bulk', 'deliver-prompt', 'deliver-customers'].map(memoryOf))]).toEqual([512]);
});

it('mails and pages of customers lead to customers’ pages', () => {
  const told = (name: string) => stage.fn(name).properties.Environment.Variables;
  const [api] = stage.all('AWS::ApiGatewayV2::Api');
  const url = { 'Fn::GetAtt': [api?.id, 'ApiEndpoint'] };
  const theirs = { 'Fn::Join': ['', [url, '/customers']] };

  expect(['deliver-customers', 'web-customers'].map((name) => told(name).PUBLIC_URL)).toEqual([theirs, theirs]);
  expect(['deliver-bulk', 'deliver-prompt', 'deliver-urgent', 'web'].map((name) => told(name).PUBLIC_URL)).toEqual([url, url, url, url]);
  expect([told('web').REALM, told('web-customers').REALM]).toEqual(['staff', 'customers']);
});

describe('the variables of a function', () => {
  it.each([
    ['intake', intake.Env],
    ['operator', operator.Env],
    ['scim', scim.Env],
    ['home', home.Env],
    ['compose', compose.Env],
    ['deliver-bulk', deliver.Env],
    ['deliver-prompt', deliver.Env],
    ['deliver-urgent', deliver.Env],
    ['deliver-customers', deliver.Env],
    ['feedback', feedback.Env],
    ['web', web.Env],
    ['web-customers', web.Env],
    ['sweep', sweep.Env],
    ['drift', drift.Env],
  ] as const)('are what %s reads, no more and no fewer', (name, schema) => {
    const { POWERTOOLS_SERVICE_NAME, ...variables } = stage.fn(name).properties.Environment.Variables;

    // Settings that this stage does not have are left out, and have a default.
    const optional = Object.entries(schema.shape).filter(([key, field]) => !(key in variables) && field.safeParse(undefined).success);
    expect(Object.keys({ ...variables, ...Object.fromEntries(optional) }).toSorted()).toEqual(Object.keys(schema.shape).toSorted());
    expect(POWERTOOLS_SERVICE_NAME).toBe('afterword-laptop');
  });
});

describe('dead letters', () => {
  const all = stage.all('AWS::SQS::Queue').filter(({ properties }) => properties.QueueName.endsWith('-dead-letters'));
  const told = stage.fn('operator').properties.Environment.Variables;
  const arnOf = ({ id }: { id: string }) => ({ 'Fn::GetAtt': [id, 'Arn'] });
  const mayOn = (action: string) =>
    stage
      .statements('operator')
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Resource }) => Resource);
  const movable = ['bulk', 'prompt', 'urgent', 'customers', 'compose', 'events', 'relevance'];

  it('are all told to the operator’s function, by the name of their alarm', () => {
    const named = JSON.stringify([told.DEAD_LETTER_QUEUES, told.SCHEDULER_DEAD_LETTERS]);

    expect(all).toHaveLength(8);
    for (const { id, properties } of all) {
      const name = properties.QueueName.replace(/^afterword-laptop-(.*)-dead-letters$/, '$1');
      expect(named).toMatch(new RegExp(`["\\\\[" ]${name}=",\\{"Ref":"${id}"\\}`));
    }
  });

  it('are looked at in each of these queues, moved out of those behind queues, and into the queues in front, and nowhere else', () => {
    const dead = movable.map((name) => arnOf(stage.queue(`${name}-dead-letters`)));

    expect(mayOn('sqs:ReceiveMessage')).toHaveLength(8);
    expect(mayOn('sqs:ReceiveMessage')).toEqual(expect.arrayContaining(all.map(arnOf)));
    for (const action of ['sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:DeleteMessage']) {
      expect(mayOn(action)).toHaveLength(7);
      expect(mayOn(action)).toEqual(expect.arrayContaining(dead));
    }
    expect(new Set(mayOn('sqs:SendMessage').map((one) => JSON.stringify(one)))).toEqual(
      new Set(movable.map((name) => JSON.stringify(arnOf(stage.queue(name))))),
    );
  });

  it('are nothing to a function that does not serve operators', () => {
    const others = stage.functionNames().filter((name) => !['operator', 'home'].includes(name));
    const actions = others.flatMap((name) => stage.actions(name)).filter((action) => action.includes('MessageMoveTask'));

    expect(actions).toEqual([]);
  });
});
