import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { expiryAttribute } from '../../adapters/dynamodb/table-shape.ts';
import { StageSecrets } from '../../lib/constructs/stage-secrets.ts';
import { SettingsFile } from '../../lib/stage-settings.ts';
import { aStage, type Json, the } from '../support/stage-under-test.ts';

const arnOf = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
const secrets = {
  identity: arnOf('identity'),
  suppression: arnOf('suppression'),
  tokenKeys: arnOf('token-keys'),
  tokenKeysForCustomers: arnOf('token-keys-for-customers'),
  firstKey: arnOf('first-key'),
};
const table = 'afterword-2026-11-23';
const own = aStage('production');
const restored = aStage('production', { restored: { table, secrets } });
const withTableAlone = aStage('production', { restored: { table } });

describe('a stack that is pointed at a restored table and kept secrets', () => {
  it('makes neither, and every function uses those', () => {
    expect(restored.all('AWS::DynamoDB::Table')).toEqual([]);
    expect(restored.all('AWS::SecretsManager::Secret')).toEqual([]);
    for (const { properties } of restored.all('AWS::Lambda::Function'))
      expect(properties.Environment.Variables.TABLE_NAME, properties.FunctionName).toBe(table);
    const told = (fn: string) => restored.fn(fn).properties.Environment.Variables;
    expect(told('web')).toMatchObject({
      TOKEN_KEYS_ARN: secrets.tokenKeys,
      IDENTITY_SECRET_ARN: secrets.identity,
      SUPPRESSION_SECRET_ARN: secrets.suppression,
    });
    expect(told('deliver-bulk').TOKEN_KEYS_ARN).toBe(secrets.tokenKeys);
    expect([told('deliver-customers').TOKEN_KEYS_ARN, told('web-customers').TOKEN_KEYS_ARN]).toEqual(
      Array(2).fill(secrets.tokenKeysForCustomers),
    );
    expect(told('operator').FIRST_KEY_ARN).toBe(secrets.firstKey);
    expect(restored.outputs.FirstKeyArn.Value).toBe(secrets.firstKey);
  });

  it('lets each function do there what it does in the stack’s own, and nothing in another table', () => {
    const [id] = own.all('AWS::DynamoDB::Table').map((resource) => resource.id);
    const ownSecrets = own.all('AWS::SecretsManager::Secret').map((resource) => resource.id);
    const named = (text: string) =>
      text
        .replaceAll(`{"Fn::GetAtt":["${id}","Arn"]}`, '"<table>"')
        .replaceAll(`{"Fn::Join":["",["<table>","/index/gsi1"]]}`, '"<index>"')
        .replace(
          /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":dynamodb:[^[\]]*:table\/afterword-2026-11-23\/index\/gsi1"\]\]\}/g,
          '"<index>"',
        )
        .replace(
          /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":dynamodb:[^[\]]*:table\/afterword-2026-11-23"\]\]\}/g,
          '"<table>"',
        )
        .replace(/\{"Ref":"(\w+)"\}/g, (ref, name: string) => (ownSecrets.includes(name) ? '"<secret>"' : ref))
        .replaceAll(/"arn:aws:secretsmanager[^"]*"/g, '"<secret>"');
    for (const fn of own.functionNames())
      expect(JSON.parse(named(JSON.stringify(restored.statements(fn)))), fn).toEqual(JSON.parse(named(JSON.stringify(own.statements(fn)))));
    expect(named(JSON.stringify(restored.statements('operator')))).toContain('<index>');
  });

  it('makes customers’ keys where the stack that is gone had none, under the id that they always have', () => {
    const { tokenKeysForCustomers: _, ...before } = secrets;
    const stack = new Stack();
    new StageSecrets(stack, 'Secrets', { keepData: true, kept: before });
    const theirs = own.all('AWS::SecretsManager::Secret').filter(({ id }) => id.includes('ForCustomers'));

    expect(Object.keys(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'))).toEqual([the(theirs).id]);
  });

  it('may keep the secrets of the stack', () => {
    expect(withTableAlone.all('AWS::DynamoDB::Table')).toEqual([]);
    expect(withTableAlone.all('AWS::SecretsManager::Secret').map(({ id }) => id)).toEqual(
      own.all('AWS::SecretsManager::Secret').map(({ id }) => id),
    );
  });

  it('leaves the table and the secrets that it made before in the account', () => {
    for (const type of ['AWS::DynamoDB::Table', 'AWS::SecretsManager::Secret'])
      expect(own.all(type).map(({ deletionPolicy }) => deletionPolicy)).toEqual(own.all(type).map(() => expect.stringMatching(/^Retain/)));
  });
});

describe('the setting', () => {
  const read = (value: unknown) =>
    SettingsFile.safeParse({ production: { distribution: 'd.yaml', alarmAddress: 'nobody', restored: value } }).success;

  it('is a table, with all secrets or with none; a stack of 0.2 had none for customers', () => {
    expect(read({ table })).toBe(true);
    expect(read({ table, secrets })).toBe(true);
    const { tokenKeysForCustomers: _, ...four } = secrets;
    expect(read({ table, secrets: four })).toBe(true);
    const { firstKey: __, ...three } = four;
    expect(read({ table, secrets: three })).toBe(false);
    expect(read({ secrets })).toBe(false);
  });

  it('is refused where it cannot name one', () => {
    expect(read({ table: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t' })).toBe(false);
    // Without its last six characters IAM would allow nothing.
    expect(read({ table, secrets: { ...secrets, identity: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:identity' } })).toBe(false);
  });
});

it('a restored table gets back by the runbook what a restore does not bring with it', () => {
  const runbook = readFileSync('docs/operations.md', 'utf8').split('### Restoring the table')[1]?.split('\n## ')[0] ?? '';
  const { properties } = the(own.all('AWS::DynamoDB::Table'));
  // What a restore brings with it: keys, index, billing and encryption. Everything else has a
  // command; a stream would need one too.
  const brought = ['AttributeDefinitions', 'KeySchema', 'GlobalSecondaryIndexes', 'BillingMode', 'SSESpecification'];
  const commands: Json = {
    TimeToLiveSpecification: `update-time-to-live --table-name <new> --time-to-live-specification Enabled=true,AttributeName=${expiryAttribute}`,
    PointInTimeRecoverySpecification: 'update-continuous-backups --table-name <new>',
    DeletionProtectionEnabled: 'update-table --table-name <new> --deletion-protection-enabled',
    Tags: 'tag-resource',
  };
  const lost = Object.keys(properties).filter((name) => !brought.includes(name));
  expect(lost.toSorted()).toEqual(['DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'TimeToLiveSpecification']);
  for (const name of [...lost, 'Tags']) expect(runbook, name).toContain(commands[name]);
});
