import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { standingOf, usdOf } from '../../bench/standing.ts';
import * as drafts from '../../lambdas/drafts/env.ts';
import * as slack from '../../lambdas/slack/env.ts';
import { SettingsFile } from '../../lib/stage-settings.ts';
import { aStage, type Json, stageNames, the } from '../support/stage-under-test.ts';

const token = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-slack-AbCdEf';
const stage = aStage('production', { slack: { token } });
const without = aStage('production');
const arnOf = (queue: string) => ({ 'Fn::GetAtt': [stage.queue(queue).id, 'Arn'] });
const variablesOf = (name: string, of = stage): Json => of.fn(name).properties.Environment.Variables;
const takesFromQueue = new Set(
  ['ReceiveMessage', 'ChangeMessageVisibility', 'GetQueueUrl', 'DeleteMessage', 'GetQueueAttributes'].map((one) => `sqs:${one}`),
);
const asking = ['intake', 'sweep', 'operator', 'home', 'drift'];

describe('a stage with Slack', () => {
  it('takes one message at a time, two at once, and may send itself again', () => {
    const fn = stage.fn('slack');
    const mapping = stage.all('AWS::Lambda::EventSourceMapping').filter(({ properties }) => properties.FunctionName.Ref === fn.id);

    expect(the(mapping).properties).toMatchObject({
      EventSourceArn: arnOf('slack'),
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(fn.properties.RecursiveLoop).toBe('Allow');
  });

  it.each(stageNames)('ends a function before the lease of its post, and its message is hidden for longer (%s)', (name) => {
    const one = aStage(name, { slack: { token } });
    expect(one.fn('slack').properties.Timeout).toBeLessThan(30);
    expect(one.queue('slack').properties.VisibilityTimeout).toBe(6 * one.fn('slack').properties.Timeout);
  });

  it('gives the function the variables that it reads, no more and no fewer', () => {
    const { POWERTOOLS_SERVICE_NAME, ...variables } = variablesOf('slack');

    expect(Object.keys(variables).toSorted()).toEqual(Object.keys(slack.Env.shape).toSorted());
    expect(variables).toMatchObject({
      QUEUE_URL: { Ref: stage.queue('slack').id },
      SLACK_TOKEN_ARN: token,
      SLACK_API_URL: 'https://slack.com/api/',
    });
    expect(POWERTOOLS_SERVICE_NAME).toBe('afterword-production');
  });

  it('lets the function see what a post may show, and nothing of postmortems, people and mails', () => {
    const partitions = stage
      .statements('slack')
      .flatMap(({ Condition }): string[] => Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'] ?? []);

    expect(new Set(partitions)).toEqual(
      new Set([
        'CONFIG',
        'REND#engineering#*',
        'REND#leadership#*',
        'REND#cross-functional#*',
        'SLACK#*',
        'SLACK',
        'POSTLINK#*',
        'POSTLINKS#*',
        'OPEN#post',
        // How people left the actions that a post names.
        'ACT#*',
      ]),
    );
    const others = stage.actions('slack').filter((action) => !/^(dynamodb|logs):/.test(action) && !takesFromQueue.has(action));
    expect(others.toSorted()).toEqual(['secretsmanager:GetSecretValue', 'sqs:SendMessage']);
  });

  it('lets no other function read the token, nor links but the page that they open', () => {
    const naming = (text: string, action: RegExp) =>
      stage.functionNames().filter((name) =>
        stage
          .statements(name)
          .filter(({ Action }) => action.test(JSON.stringify(Action)))
          .some((statement) => JSON.stringify(statement).includes(text)),
      );

    expect(naming(token, /./)).toEqual(['slack']);
    expect(naming('POSTLINK#*', /GetItem/)).toEqual(['web']);
  });

  it('tells its queue to whoever runs outboxes, serves operators or looks for drift, and lets them alone write to it', () => {
    const sending = stage.functionNames().filter((name) =>
      stage
        .statements(name)
        .filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'))
        .some(({ Resource }) => JSON.stringify(Resource).includes(JSON.stringify(arnOf('slack')))),
    );

    expect(sending.toSorted()).toEqual(['slack', ...asking].toSorted());
    for (const name of asking) expect(variablesOf(name).SLACK_QUEUE_URL).toEqual({ Ref: stage.queue('slack').id });
  });

  it('lets whoever runs outboxes put what Slack should show', () => {
    const putting = ({ statements }: typeof stage, name: string) =>
      statements.call(stage, name).some((one) => /PutItem/.test(JSON.stringify(one.Action)) && JSON.stringify(one).includes('SLACK#*'));

    expect(['intake', 'sweep', 'home'].filter((name) => putting(stage, name))).toEqual(['intake', 'sweep', 'home']);
  });

  it('has operators look at its dead letters and move them back', () => {
    expect(JSON.stringify(variablesOf('operator').DEAD_LETTER_QUEUES)).toContain(
      `slack=",{"Ref":"${stage.queue('slack-dead-letters').id}"}`,
    );
  });

  it('has an alarm for all that nobody would see, each with its heading and its words in the runbook', () => {
    const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const headingOf = ({ properties }: Json) => properties.AlarmName.replace('afterword-production-', '');
    const known = without.all('AWS::CloudWatch::Alarm').map(headingOf);
    const added = stage.all('AWS::CloudWatch::Alarm').filter((alarm) => !known.includes(headingOf(alarm)));

    expect(added.map(headingOf).toSorted()).toEqual([
      'post-not-withdrawn',
      'post-unconfirmed',
      'slack-dead-letters',
      'slack-stopped',
      'slack-waiting',
    ]);
    for (const alarm of added) {
      const [heading, lost] = [headingOf(alarm), alarm.properties.AlarmDescription.split(' See docs/operations.md')[0]];
      expect(runbook).toContain(`\n### ${heading}\n\n**Meaning.** ${lost}`);
    }
    const pattern = (heading: string) =>
      the(stage.all('AWS::Logs::MetricFilter').filter(({ properties }) => properties.MetricTransformations[0].MetricName.endsWith(heading)))
        .properties.FilterPattern;
    expect(pattern('-post-not-withdrawn')).toBe('{ $.handled = "not withdrawn" }');
    expect(pattern('-post-unconfirmed')).toBe('{ $.handled = "unconfirmed" }');
  });

  it('costs at most a dollar a month more for standing there', () => {
    const usd = [stage, without].map(({ text }) => usdOf(standingOf(JSON.parse(text))));
    const [more = 0, less = 0] = usd;

    expect(more - less).toBeGreaterThan(0.4);
    expect(more - less).toBeLessThanOrEqual(1);
  });
});

describe('a stage without Slack', () => {
  it('has no function, queue, alarm or right for it, and says so to those who ask', () => {
    expect(without.resources.filter(({ id }) => /slack/i.test(id))).toEqual([]);
    expect(without.text).not.toContain('slack-');
    for (const name of asking) expect(variablesOf(name, without).SLACK_QUEUE_URL).toBe('');
    for (const name of ['intake', 'sweep']) expect(JSON.stringify(without.statements(name))).not.toContain('SLACK');
  });
});

it('the setting slack takes the whole ARN of a secret, and never a token', () => {
  const production = { distribution: 'distribution.yaml', alarmAddress: 'nobody' };
  const read = (slack: unknown) => SettingsFile.safeParse({ production: { ...production, slack } });

  expect(read({ token }).success).toBe(true);
  for (const bad of [{ token: 'xoxb-1-2' }, { token: 'afterword-slack' }, {}, true]) expect(read(bad).success).toBe(false);
});

describe('a stage where drafts are made in Slack', () => {
  const signing = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:afterword-slack-signing-AbCdEf';
  const drafting = aStage('production', { slack: { token, signing } });

  it('has one function more, with the variables that it reads, and neither queue nor alarm', () => {
    const { POWERTOOLS_SERVICE_NAME: _, ...variables } = variablesOf('drafts', drafting);

    expect(Object.keys(variables).toSorted()).toEqual(Object.keys(drafts.Env.shape).toSorted());
    expect(variables).toMatchObject({ SLACK_SIGNING_ARN: signing, SLACK_ANSWERS_URL: 'https://hooks.slack.com/' });
    expect(drafting.functionNames().filter((name) => !stage.functionNames().includes(name))).toEqual(['drafts']);
    for (const kind of ['AWS::SQS::Queue', 'AWS::CloudWatch::Alarm']) expect(drafting.all(kind).length, kind).toBe(stage.all(kind).length);
    expect(stage.all('AWS::ApiGatewayV2::Route').filter(({ properties }) => properties.RouteKey.includes('/slack/'))).toEqual([]);
  });

  it('lets it put postmortems, read the file in force and the signing secret, and nothing else', () => {
    const partitions = drafting
      .statements('drafts')
      .flatMap(({ Condition }): string[] => Condition?.['ForAllValues:StringLike']['dynamodb:LeadingKeys'] ?? []);

    expect(new Set(partitions)).toEqual(new Set(['CONFIG', 'PM#*']));
    expect(new Set(drafting.actions('drafts').filter((action) => !action.startsWith('logs:')))).toEqual(
      new Set(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'secretsmanager:GetSecretValue']),
    );
    expect(drafting.functionNames().filter((name) => JSON.stringify(drafting.statements(name)).includes(signing))).toEqual(['drafts']);
  });

  it('takes what Slack posts at two addresses, throttled for people who write by hand', () => {
    const { RouteSettings } = the(drafting.all('AWS::ApiGatewayV2::Stage')).properties;

    for (const path of ['/slack/commands', '/slack/actions'])
      expect(RouteSettings[`POST ${path}`]).toEqual({ ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 });
  });
});

it.each([
  [{ token, signing: 'abc' }, false],
  [{ token }, true],
])('takes the setting %j: %s', (slackApp, isTaken) => {
  const block = { distribution: 'distribution.yaml', alarmAddress: 'nobody', slack: slackApp };
  expect(SettingsFile.safeParse({ production: block }).success).toBe(isTaken);
});
