import { describe, expect, it } from 'vitest';
import { standingOf, usdOf } from '../../bench/standing.ts';
import * as collect from '../../lambdas/collect/env.ts';
import * as hooks from '../../lambdas/hooks/env.ts';
import { SettingsFile } from '../../lib/stage-settings.ts';
import { aStage, the } from '../support/stage-under-test.ts';

const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-connectors-AbCdEf';
const stage = aStage('production', { connectors: { secret } });
const without = aStage('production');
const partitionsOf = (name: string) =>
  stage.statements(name).flatMap(({ Condition }): string[] => Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'] ?? []);
const others = (name: string) => stage.actions(name).filter((action) => !/^(dynamodb|logs):/.test(action) && !/^sqs:(?!Send)/.test(action));
const headings = (of: typeof stage) => of.all('AWS::CloudWatch::Alarm').map(({ properties }) => String(properties.AlarmName));

describe('a stage with connectors', () => {
  it('gives its functions the variables that they read', () => {
    for (const [name, { Env }] of [
      ['hooks', hooks],
      ['collect', collect],
    ] as const) {
      const { POWERTOOLS_SERVICE_NAME, ...variables } = stage.fn(name).properties.Environment.Variables;
      expect(Object.keys(variables).toSorted()).toEqual(Object.keys(Env.shape).toSorted());
      expect(POWERTOOLS_SERVICE_NAME).toBe('afterword-production');
    }
  });

  it('lets hooks read keys and one secret, and send, and nothing else', () => {
    expect([...new Set(partitionsOf('hooks'))]).toEqual(['KEY#*']);
    expect(others('hooks').toSorted()).toEqual(['secretsmanager:GetSecretValue', 'sqs:SendMessage']);
  });

  it('lets collect see no person, no key, no secret of links, and of editions write alone', () => {
    expect(partitionsOf('collect')).toContain('INBOUND#*');
    expect(
      partitionsOf('collect').filter((partition) => /^(SUB|STREAM|SLOTS|SUPPRESSED|KEY|SESSION|REND#customers)#/.test(partition)),
    ).toEqual([]);
    expect(others('collect').toSorted()).toEqual(['secretsmanager:GetSecretValue', 'sqs:SendMessage']);
    const readers = stage.functionNames().filter((name) => JSON.stringify(stage.statements(name)).includes(secret));
    expect(readers.toSorted()).toEqual(['collect', 'hooks']);
  });

  it('lets operator have a tool asked at once', () => {
    const { id } = stage.queue('collect');
    const sending = stage
      .functionNames()
      .filter((name) =>
        stage
          .statements(name)
          .some(({ Action, Resource }) => [Action].flat().includes('sqs:SendMessage') && JSON.stringify(Resource).includes(`"${id}"`)),
      );
    // `home` moves dead letters back.
    expect(sending.toSorted()).toEqual(['collect', 'home', 'hooks', 'operator']);
    const address = (of: typeof stage) => of.fn('operator').properties.Environment.Variables.COLLECT_QUEUE_URL;
    expect([address(stage), address(without)]).toEqual([{ Ref: id }, '']);
  });

  it('takes a burst of events, by a route and a throttle of their own', () => {
    const { RouteSettings } = the(stage.all('AWS::ApiGatewayV2::Stage')).properties;
    expect(RouteSettings['POST /hooks/{source}/{token}']).toEqual({ ThrottlingRateLimit: 300, ThrottlingBurstLimit: 1000 });
  });

  it('polls every hour', () => {
    const polls = stage.all('AWS::Scheduler::Schedule').filter(({ properties }) => properties.Name === 'collect-afterword-production');
    expect(the(polls).properties).toMatchObject({ ScheduleExpression: 'rate(1 hour)', Target: { Input: '{"poll":"all"}' } });
  });

  it('has operators told once a day of what is held', () => {
    const daily = stage.all('AWS::Scheduler::Schedule').filter(({ properties }) => properties.Name === 'held-afterword-production');
    expect(the(daily).properties).toMatchObject({
      ScheduleExpression: 'cron(0 8 * * ? *)',
      Target: {
        Input: '{"scheduledFor":"<aws.scheduler.scheduled-time>","tell":"held"}',
        Arn: { 'Fn::GetAtt': [stage.fn('drift').id, 'Arn'] },
      },
    });
    // The directory may be held back anywhere.
    expect(without.text).toContain('held-afterword');
  });

  it('costs at most a dollar a month more for standing there', () => {
    const [more = 0, less = 0] = [stage, without].map(({ text }) => usdOf(standingOf(JSON.parse(text))));
    expect(more - less).toBeGreaterThan(0.3);
    expect(more - less).toBeLessThanOrEqual(1);
    const added = headings(stage).filter((name) => !headings(without).includes(name));
    expect(added.map((name) => name.replace('afterword-production-', '')).toSorted()).toEqual([
      'collect-dead-letters',
      'collect-waiting',
      'hooks-refused',
      'inbound-held',
    ]);
  });
});

it('a stage without connectors has nothing for them', () => {
  expect(without.functionNames().filter((name) => ['hooks', 'collect'].includes(name))).toEqual([]);
  expect(/\/hooks\/|-collect/.test(without.text)).toBe(false);
});

it('the setting connectors takes the whole ARN of a secret, and never a token', () => {
  const read = (connectors: unknown) =>
    SettingsFile.safeParse({ production: { distribution: 'distribution.yaml', alarmAddress: 'nobody', connectors } }).success;
  expect([{ secret }, { secret: 'whsec_abc' }, { token: secret }, {}, true].map(read)).toEqual([true, false, false, false, false]);
});
