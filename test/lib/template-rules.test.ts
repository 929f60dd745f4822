import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lanes } from '../../core/stream/stream.ts';
import { aStage, type Json, securityReport, stageNames, the } from '../support/stage-under-test.ts';

const secretish = /(secret|password|token|key)/i;

describe.each(stageNames)('every resource of %s', (name) => {
  const stage = aStage(name);

  it('has dead letters for every queue that is not one', () => {
    const bare = stage.all('AWS::SQS::Queue').filter(({ properties }) => properties.RedrivePolicy === undefined);

    expect(bare.map(({ properties }) => properties.QueueName)).toSatisfy((names: string[]) =>
      names.every((queue) => queue.endsWith('-dead-letters')),
    );
    expect(bare).toHaveLength(stage.all('AWS::SQS::Queue').length - 7);
  });

  it('takes a message for poison at the fifth failure: AWS asks for no fewer, because a start that is throttled counts', () => {
    const counts = stage.all('AWS::SQS::Queue').flatMap(({ properties }) => properties.RedrivePolicy?.maxReceiveCount ?? []);

    expect(new Set(counts)).toEqual(new Set([5]));
  });

  it('lets the functions of the lanes and compose send to themselves, and no other: Lambda would end the chain after sixteen', () => {
    const loops = new Map(stage.all('AWS::Lambda::Function').map(({ id, properties }) => [id, properties.RecursiveLoop]));
    const toThemselves = stage.all('AWS::Lambda::EventSourceMapping').filter(({ properties }) => {
      const name = stage.all('AWS::Lambda::Function').find(({ id }) => id === properties.FunctionName.Ref)?.properties.FunctionName;
      const sends = stage
        .statements(name.split('-').slice(2).join('-'))
        .filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'));
      return JSON.stringify(sends).includes(JSON.stringify(properties.EventSourceArn));
    });
    const allowed = [...loops].filter(([, loop]) => loop !== undefined);

    expect(allowed.map(([id]) => id).toSorted()).toEqual(toThemselves.map(({ properties }) => properties.FunctionName.Ref).toSorted());
    expect(new Set(allowed.map(([, loop]) => loop))).toEqual(new Set(['Allow']));
    expect(allowed).toHaveLength(5);
  });

  it('encrypts every queue and the table, and takes nothing unencrypted into a topic', () => {
    expect(stage.all('AWS::SQS::Queue').every(({ properties }) => properties.SqsManagedSseEnabled === true)).toBe(true);
    const denials = stage.all('AWS::SNS::TopicPolicy').flatMap(({ properties }) => properties.PolicyDocument.Statement);
    const plain = denials.filter(({ Effect, Condition }: Json) => Effect === 'Deny' && Condition.Bool['aws:SecureTransport'] === 'false');
    expect(plain.map(({ Resource }) => Resource.Ref).toSorted()).toEqual(
      stage
        .all('AWS::SNS::Topic')
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(stage.all('AWS::DynamoDB::Table').every(({ properties }) => properties.SSESpecification.SSEEnabled === true)).toBe(true);
  });

  it('runs every function on Node 24 and arm64', () => {
    const made = stage.all('AWS::Lambda::Function').map(({ properties }) => [properties.Runtime, ...properties.Architectures]);

    expect(made).toHaveLength(15);
    expect(new Set(made.map(String))).toEqual(new Set(['nodejs24.x,arm64']));
  });

  it('ends every log', () => {
    const logs = stage.all('AWS::Logs::LogGroup');

    expect(logs).toHaveLength(16);
    expect(logs.every(({ properties }) => properties.RetentionInDays === 90)).toBe(true);
  });

  it('lets every function write to the log that it names, and no other', () => {
    for (const { properties } of stage.all('AWS::Lambda::Function')) {
      const name = properties.FunctionName.split('-').slice(2).join('-');
      const writes = stage.statements(name).filter(({ Action }) => Action.includes('logs:PutLogEvents'));

      expect(writes.map(({ Resource }) => Resource)).toEqual([{ 'Fn::GetAtt': [properties.LoggingConfig.LogGroup.Ref, 'Arn'] }]);
    }
  });

  it('puts no secret into an environment, only where to read it', () => {
    const values = stage.all('AWS::Lambda::Function').flatMap(({ properties }) => Object.entries<Json>(properties.Environment.Variables));
    const naming = values.filter(([key]) => secretish.test(key));

    expect(naming.length).toBeGreaterThan(0);
    expect(naming.filter(([key, value]) => !(key.endsWith('_ARN') && 'Ref' in value))).toEqual([]);
    expect(stage.text).not.toContain('{{resolve:secretsmanager');
  });

  it('is tied to no account or region', () => {
    // The id of a resource ends with a hash, which may have as many digits.
    expect(stage.text).not.toMatch(/(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/);
  });
});

describe('what outlives a stage', () => {
  const keptBy = (name: (typeof stageNames)[number]) =>
    aStage(name)
      .resources.filter(({ deletionPolicy }) => deletionPolicy?.startsWith('Retain'))
      .map(({ type, deletionPolicy }) => `${type} ${deletionPolicy}`);

  // What a first deployment that fails leaves behind belongs to no stack and is paid for. A table
  // with deletion protection could not be taken back, so it would make the way back fail as well.
  it('is table, secrets and the identities of the senders in production; of a first deployment that fails, the table', () => {
    expect(keptBy('production').toSorted()).toEqual([
      'AWS::DynamoDB::Table Retain',
      ...Array(2).fill('AWS::SES::EmailIdentity RetainExceptOnCreate'),
      ...Array(5).fill('AWS::SecretsManager::Secret RetainExceptOnCreate'),
    ]);
  });

  it('is nothing elsewhere', () => {
    expect([...keptBy('laptop'), ...keptBy('staging')]).toEqual([]);
  });

  it('has these logical ids, which must never change: another id is another, empty table', () => {
    const stateful = ['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret', 'AWS::SES::EmailIdentity', 'AWS::ApiGatewayV2::Api'];
    const ids = aStage('production').resources.filter(({ type }) => stateful.includes(type));

    expect(ids.map(({ id }) => id).toSorted()).toMatchInlineSnapshot(`
      [
        "HttpApi4E1D4184",
        "LedgerTable9343E4AA",
        "SecretsFirstKeyFB93E35B",
        "SecretsIdentitySecret4E971644",
        "SecretsSuppressionSecret55C3D419",
        "SecretsTokenKeys6A9784C0",
        "SecretsTokenKeysForCustomers377B24D7",
        "corpfabrikamexampleIdentity2D03BDFB",
        "noticesfabrikamexampleIdentity3EF23673",
      ]
    `);
  });
});

describe('the checks of cdk-nag', () => {
  const [report] = securityReport().pluginReports;

  it('find nothing that nobody explained', () => {
    expect(report.violations).toEqual([]);
    expect(report.conclusion).toBe('success');
  });

  it('are acknowledged with a reason of at least a sentence', () => {
    expect(report.suppressedViolations.length).toBeGreaterThan(0);
    expect(report.suppressedViolations.filter(({ reason }: Json) => reason.length < 60)).toEqual([]);
  });
});

it('runs a failed sweep not again: the next minute is near', () => {
  expect(aStage('production').all('AWS::Lambda::EventInvokeConfig')).toMatchObject([
    { properties: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } },
  ]);
});

describe('every alarm', () => {
  const alarms = aStage('production').all('AWS::CloudWatch::Alarm');
  const headings = alarms.map(({ properties }) => properties.AlarmName.replace('afterword-production-', ''));
  const runbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

  it('has a heading in docs/operations.md', () => {
    expect(headings.filter((heading) => !runbook.includes(`\n### ${heading}\n`))).toEqual([]);
  });

  it('says what readers lose in the words of the runbook', () => {
    const lost = alarms.map(({ properties }) => properties.AlarmDescription.split(' See docs/operations.md')[0]);

    expect(lost.filter((sentence) => !runbook.includes(sentence))).toEqual([]);
  });

  it('tells somebody', () => {
    expect(alarms.every(({ properties }) => properties.AlarmActions.length === 1)).toBe(true);
  });

  it('has one for each queue of dead letters, two for each lane, and those that no queue would ring', () => {
    const queues = aStage('production')
      .all('AWS::SQS::Queue')
      .map(({ properties }) => properties.QueueName.replace('afterword-production-', ''));
    const [dead, work] = [
      queues.filter((name) => name.endsWith('-dead-letters')),
      queues.filter((name) => !name.endsWith('-dead-letters')),
    ];

    const stopped = lanes.map((lane) => `${lane}-stopped`);
    const editions = [
      'missing-edition',
      'update-late',
      'edition-unfinished',
      'distribution-not-deployed',
      'sweep-silent',
      'sweep-failing',
      'drift-failing',
    ];
    const outside = ['sev1-unsent', 'ses-throttles', 'bounces', 'complaints', 'http-failing', 'requests-refused', 'functions-throttled'];
    const waiting = work.map((name) => `${name}-waiting`);
    expect(headings.toSorted()).toEqual([...dead, ...waiting, ...stopped, ...editions, ...outside].toSorted());
  });

  it('links to its heading where the runbook has an address', () => {
    const alarms = aStage('production', { runbook: 'https://wiki.example.com/afterword' }).all('AWS::CloudWatch::Alarm');

    const missing = alarms.filter(({ properties }) => properties.AlarmName.endsWith('missing-edition'));
    expect(the(missing).properties.AlarmDescription).toMatch(/ See https:\/\/wiki\.example\.com\/afterword#missing-edition\.$/);
  });

  it('has only links in the runbook that lead to a heading of it', () => {
    const linked = [...runbook.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, heading]) => heading);

    const headings = [...runbook.matchAll(/^##+ (.+)$/gm)].map(([, heading]) => heading?.toLowerCase().replaceAll(' ', '-'));
    expect(linked.length).toBeGreaterThan(5);
    expect(linked.filter((heading) => !headings.includes(heading))).toEqual([]);
  });
});
