import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand, type SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { afterwordApp } from '../../lib/afterword-app.ts';
import { bundleNames, bundlesIn } from '../../lib/bundle.ts';
import { readDistribution } from '../../lib/read-distribution.ts';
import { settingsWith } from '../../lib/stage-settings.ts';
import { type LocalStack, startLocalStack } from '../../local/stack.ts';
import { aMail } from '../support/mail-builder.ts';
import { testDistribution } from '../support/stage-under-test.ts';

const stackName = 'afterword-laptop';
const folder = mkdtempSync(join(tmpdir(), 'afterword-permissions-'));
/** Says what a function of the stack is given: where each service is. */
const tellsItsEnvironment = `export const handler = async () => ({
  statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(process.env),
});\n`;

/**
 * The real template with functions that do nothing: what is asked of AWS here is asked in their
 * names.
 */
function template(): unknown {
  for (const name of bundleNames) {
    mkdirSync(join(folder, 'bundles', name), { recursive: true });
    writeFileSync(join(folder, 'bundles', name, 'handler.mjs'), tellsItsEnvironment);
  }
  const bundles = bundlesIn(join(folder, 'bundles'));
  const distribution = { ...readDistribution(testDistribution), reminders: { at: '08:00' } };
  return afterwordApp({ stages: { laptop: settingsWith(distribution) }, bundles, outDir: folder })
    .synth()
    .getStackByName(stackName).template;
}

let stack: LocalStack;
let environment: Record<string, string>;
beforeAll(async () => {
  stack = await startLocalStack({
    ...{ template: template(), assetsDir: folder, stackName, port: 0 },
    startsAt: new Date('2026-12-08T10:00:00Z'),
  });
  environment = (await (await fetch(`${stack.url}/postmortems/any`)).json()) as Record<string, string>;
});
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true });
});

const client = (service: string, caller: string) => ({
  endpoint: environment[`AWS_ENDPOINT_URL_${service}`] ?? '',
  region: 'us-east-1',
  credentials: { accessKeyId: caller === 'local' ? caller : `${stackName}-${caller}`, secretAccessKey: 'x' },
  maxAttempts: 1,
});
const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'allowed',
    (error: Error) => error.name,
  );
const functions = () => stack.plan.functions.map(({ name }) => name.replace(`${stackName}-`, ''));

describe('the table', () => {
  const table = (caller: string) => new DynamoDBClient(client('DYNAMODB', caller));
  const TableName = () => stack.plan.tables[0]?.name ?? '';
  const Key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
  const get = (caller: string, pk: string) => outcome(table(caller).send(new GetItemCommand({ TableName: TableName(), Key: Key(pk) })));
  const put = (caller: string, pk: string) => outcome(table(caller).send(new PutItemCommand({ TableName: TableName(), Item: Key(pk) })));
  const getBatch = (caller: string, ...pks: string[]) =>
    outcome(table(caller).send(new BatchGetItemCommand({ RequestItems: { [TableName()]: { Keys: pks.map(Key) } } })));
  const list = (caller: string, partition: string) =>
    outcome(
      table(caller).send(
        new QueryCommand({
          TableName: TableName(),
          IndexName: 'gsi1',
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': 'gsi1pk' },
          ExpressionAttributeValues: { ':p': { S: partition } },
        }),
      ),
    );

  it('is scanned by nobody', async () => {
    const scans = functions().map((name) => outcome(table(name).send(new ScanCommand({ TableName: TableName() }))));

    expect(new Set(await Promise.all(scans))).toEqual(new Set(['AccessDeniedException']));
    expect(scans.length).toBeGreaterThan(7);
  });

  type Row = [caller: string, pk: string, expected: string];
  it.each<Row>([
    ['intake', 'PM#redis', 'allowed'],
    ['intake', 'SUB#staff#0', 'AccessDeniedException'],
    ['web', 'PM#redis', 'AccessDeniedException'],
    ['compose', 'SUB#staff#0', 'AccessDeniedException'],
    ['deliver-bulk', 'ED#engineering-digest_2026-W47', 'allowed'],
    ['deliver-bulk', 'SUB#staff#0', 'allowed'],
    ['deliver-bulk', 'SUB#customers#0', 'AccessDeniedException'],
    ['deliver-bulk', 'PM#redis', 'AccessDeniedException'],
    ['deliver-customers', 'ED#customer-notices_pm-1_r1', 'allowed'],
    ['deliver-customers', 'ED#engineering-digest_2026-W47', 'AccessDeniedException'],
    ['deliver-customers', 'SUB#staff#0', 'AccessDeniedException'],
    ['deliver-customers', 'REND#engineering#redis', 'AccessDeniedException'],
    ['operator', 'SUB#customers#0', 'allowed'],
    ['web-customers', 'ED#service-customers_confirm_0', 'allowed'],
    ['web-customers', 'ED#engineering-digest_2026-W47', 'AccessDeniedException'],
    ['web-customers', 'ED#service_confirm_0', 'AccessDeniedException'],
    ['web-customers', 'REND#engineering#redis', 'AccessDeniedException'],
    ['web-customers', 'CONFIG#CUSTOMERS', 'allowed'],
    ...['CONFIG', 'PM#redis', 'EXT#redis', 'UPDATES#redis', 'ACT#redis', 'REVIEW#redis', 'SEARCH#engineering', 'SUB#staff#0'].flatMap(
      (pk) => ['web-customers', 'deliver-customers'].map((caller): Row => [caller, pk, 'AccessDeniedException']),
    ),
    ...['SESSION#staff#0', 'USED#0', 'JOIN#engineering-digest_0', 'KEY#0', 'LIMIT#network#0', 'AUDIT#2026-11', 'ERASE#staff#0'].map(
      (pk): Row => ['web-customers', pk, 'AccessDeniedException'],
    ),
    ['deliver-customers', 'CONFIG#CUSTOMERS', 'AccessDeniedException'],
    ['web', 'CONFIG', 'allowed'],
    ['web', 'CONFIG#CUSTOMERS', 'AccessDeniedException'],
    ['deliver-bulk', 'ED#customer-notices_bcdfghjkmn_r1', 'AccessDeniedException'],
    ['deliver-urgent', 'ED#service-customers_confirm_0', 'AccessDeniedException'],
    ['web', 'ED#engineering-digest_2026-W47', 'allowed'],
    ['web', 'ED#customer-notices_pm-1_r1', 'AccessDeniedException'],
    ['web', 'ED#service-customers_confirm_0', 'AccessDeniedException'],
    ['web', 'POSTLINK#0', 'allowed'],
    ['web', 'SLACK#redis', 'AccessDeniedException'],
    ['web', 'SLACK', 'AccessDeniedException'],
    ['web-customers', 'POSTLINK#0', 'AccessDeniedException'],
    ['remind', 'REMINDERS', 'allowed'],
    ['remind', 'CONFIG', 'allowed'],
    ['remind', 'PM#redis', 'AccessDeniedException'],
    ['remind', 'REND#leadership#redis', 'AccessDeniedException'],
    ['remind', 'ED#service_reminders_0_20261208', 'allowed'],
    ['remind', 'ED#service_confirm_0', 'AccessDeniedException'],
    ['remind', 'ED#engineering-digest_2026-W47', 'AccessDeniedException'],
    ['web', 'REMINDERS', 'AccessDeniedException'],
    ['operator', 'SLACK#redis', 'allowed'],
    ['operator', 'POSTLINK#0', 'AccessDeniedException'],
  ])('is read by %s at %s: %s', async (caller, pk, expected) => {
    expect(await get(caller, pk)).toBe(expected);
  });

  it('is written where a function may, and not where it may only read', async () => {
    expect(await put('deliver-bulk', 'ED#engineering-digest_2026-W47')).toBe('allowed');
    expect(await put('deliver-bulk', 'SUB#staff#0')).toBe('AccessDeniedException');
    // Reminders are remembered, and actions that a decision closed are put in their place.
    expect([await put('remind', 'REMINDERS'), await put('remind', 'ACT#redis')]).toEqual(['allowed', 'allowed']);
    expect([await put('remind', 'SUB#staff#0'), await put('remind', 'REVIEW#redis')]).toEqual([
      'AccessDeniedException',
      'AccessDeniedException',
    ]);
    // A link of a post is ended by operators, and opened by a page that changes nothing.
    expect([await put('operator', 'POSTLINK#0'), await put('web', 'POSTLINK#0')]).toEqual(['allowed', 'AccessDeniedException']);
  });

  it('is changed for customers by nobody who serves staff, nor by whoever takes a postmortem in', async () => {
    const notice = 'ED#customer-notices_bcdfghjkmn_r1';
    for (const caller of ['deliver-bulk', 'deliver-prompt', 'deliver-urgent', 'web', 'web-customers', 'intake'])
      expect(await put(caller, notice), caller).toBe('AccessDeniedException');
    for (const caller of functions().filter((name) => name !== 'compose'))
      expect(await put(caller, 'REND#customers#bcdfghjkmn'), caller).toBe('AccessDeniedException');
    expect([await put('deliver-customers', notice), await put('web-customers', 'CONFIG#CUSTOMERS')]).toEqual([
      'allowed',
      'AccessDeniedException',
    ]);
    expect([await put('operator', 'CONFIG#CUSTOMERS'), await put('sweep', 'CONFIG#CUSTOMERS'), await put('sweep', 'CONFIG')]).toEqual([
      'allowed',
      'allowed',
      'AccessDeniedException',
    ]);
  });

  it('is read in one call only where one statement allows all of it', async () => {
    const edition = 'ED#customer-notices_pm-1_r1';

    expect(await getBatch('deliver-prompt', 'ED#customer-impact_pm-1_r1', 'SUB#staff#0', 'LANE#prompt', 'QUOTA')).toBe('allowed');
    expect(await getBatch('deliver-prompt', 'ED#customer-impact_pm-1_r1', 'LANE#urgent')).toBe('AccessDeniedException');
    expect(await getBatch('deliver-customers', edition, 'SUB#customers#0', 'QUOTA')).toBe('allowed');
    expect(await getBatch('deliver-customers', edition, 'SUB#customers#0', 'SUB#staff#0')).toBe('AccessDeniedException');
  });

  it('gives the pages of one realm nobody of the other', async () => {
    expect(await getBatch('web', 'SUB#staff#0')).toBe('allowed');
    expect(await getBatch('web', 'SUB#customers#0')).toBe('AccessDeniedException');
    expect(await getBatch('remind', 'SUB#staff#0')).toBe('allowed');
    expect(await getBatch('remind', 'SUB#staff#0', 'SUB#customers#0')).toBe('AccessDeniedException');
    expect(await getBatch('web-customers', 'SUB#customers#0')).toBe('allowed');
    expect(await getBatch('web-customers', 'SUB#customers#0', 'SUB#staff#0')).toBe('AccessDeniedException');
    expect([await put('web', 'SUB#customers#0'), await put('web-customers', 'SUB#staff#0')]).toEqual([
      'AccessDeniedException',
      'AccessDeniedException',
    ]);
  });

  it('is listed by partition of the index', async () => {
    expect(await list('sweep', 'OPEN#edition')).toBe('allowed');
    expect(await list('sweep', 'PEOPLE#0')).toBe('AccessDeniedException');
    expect(await list('operator', 'PEOPLE#0')).toBe('allowed');
    expect([await list('remind', 'PEOPLE#0'), await list('remind', 'OPEN#action')]).toEqual(['allowed', 'allowed']);
    expect(await list('remind', 'EDS#2026-11')).toBe('AccessDeniedException');
    expect(await list('web-customers', 'SERVICE#customers')).toBe('allowed');
    expect(await list('web-customers', 'EDS#customers#2026-11')).toBe('allowed');
    for (const partition of ['OPEN#edition', 'OPEN#notice', 'EDS#2026-11', 'SERVICE', 'PEOPLE#0'])
      expect(await list('web-customers', partition)).toBe('AccessDeniedException');
    expect([await list('web', 'EDS#2026-11'), await list('web', 'EDS#customers#2026-11')]).toEqual(['allowed', 'AccessDeniedException']);
    expect([await list('operator', 'EDS#2026-11'), await list('operator', 'EDS#customers#2026-11')]).toEqual(['allowed', 'allowed']);
  });

  it('says who may not do what, as AWS does', async () => {
    const denied = table('web').send(new GetItemCommand({ TableName: TableName(), Key: Key('PM#redis') }));

    await expect(denied).rejects.toThrow(
      /^User: arn:aws:sts::000000000000:assumed-role\/.*\/afterword-laptop-web is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table\/.* because no identity-based policy allows the dynamodb:GetItem action$/,
    );
  });

  it('is open to this stack itself', async () => {
    expect(await get('local', 'PM#redis')).toBe('allowed');
  });
});

describe('mail', () => {
  const internal = 'lessons@corp.fabrikam.example';
  const send = (caller: string, to: string[], changes: Partial<SendRawEmailCommandInput> & { from?: string } = {}) => {
    const { from = internal, ...input } = changes;
    const Data = Buffer.from(
      aMail({ to: to[0] ?? '' })
        .toString('latin1')
        .replace('lessons@example.com', from),
      'latin1',
    );
    const command = new SendRawEmailCommand({
      Source: from,
      Destinations: to,
      ConfigurationSetName: `${stackName}-internal`,
      RawMessage: { Data },
      ...input,
    });
    return outcome(new SESClient(client('SES', caller)).send(command));
  };
  const colleague = ['ada@fabrikam.example'];

  it('is sent by the internal lanes inside the organisation', async () => {
    expect(await send('deliver-bulk', colleague)).toBe('allowed');
    expect(await send('deliver-prompt', colleague)).toBe('allowed');
    expect(await send('deliver-urgent', ['grace@corp.fabrikam.example'])).toBe('allowed');
  });

  it.each([
    ['outside', ['ada@elsewhere.example']],
    ['in a domain that only looks like ours', ['ada@notfabrikam.example']],
    ['in a domain below ours that nobody named', ['ada@sub.fabrikam.example']],
    ['outside, beside one inside', ['ada@fabrikam.example', 'eve@elsewhere.example']],
  ])('is not sent by the internal lanes to somebody %s', async (_, to) => {
    expect(await send('deliver-bulk', to)).toBe('AccessDenied');
  });

  it('is not sent from another address, in the envelope or in the header', async () => {
    expect(await send('deliver-bulk', colleague, { from: 'ceo@corp.fabrikam.example' })).toBe('AccessDenied');
    expect(await send('deliver-bulk', colleague, { Source: 'ceo@corp.fabrikam.example' })).toBe('AccessDenied');
  });

  it('is not sent by another lane’s configuration set', async () => {
    expect(await send('deliver-bulk', colleague, { ConfigurationSetName: `${stackName}-customers` })).toBe('AccessDenied');
  });

  it('to customers goes from their own sender and set', async () => {
    const theirs = { from: 'status@notices.fabrikam.example', ConfigurationSetName: `${stackName}-customers` };

    expect(await send('deliver-customers', ['someone@customer.example'], theirs)).toBe('allowed');
    expect(await send('deliver-customers', ['someone@customer.example'])).toBe('AccessDenied');
  });

  it('is sent by nobody else', async () => {
    const others = functions().filter((name) => !name.startsWith('deliver-'));

    expect(others).toContain('web');
    expect(new Set(await Promise.all(others.map((name) => send(name, colleague))))).toEqual(new Set(['AccessDenied']));
  });

  it('is answered 403 where it is denied', async () => {
    const command = new SendRawEmailCommand({ Source: internal, Destinations: colleague, RawMessage: { Data: aMail() } });

    await expect(new SESClient(client('SES', 'web')).send(command)).rejects.toMatchObject({
      message: expect.stringContaining("is not authorized to perform `ses:SendRawEmail' on resource `arn:aws:ses:"),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('has a quota that only sweep asks for', async () => {
    const quota = (caller: string) => outcome(new SESClient(client('SES', caller)).send(new GetSendQuotaCommand({})));

    expect([await quota('sweep'), await quota('deliver-bulk')]).toEqual(['allowed', 'AccessDenied']);
  });
});

describe('queues', () => {
  const enqueue = (caller: string, queue: string) => {
    const command = new SendMessageBatchCommand({
      QueueUrl: `${environment.AWS_ENDPOINT_URL_SQS}/000000000000/${stackName}-${queue}`,
      Entries: [{ Id: '0', MessageBody: '{}' }],
    });
    return new SQSClient(client('SQS', caller)).send(command);
  };

  it.each([
    ['intake', 'compose', 'allowed'],
    ['intake', 'bulk', 'AccessDenied'],
    ['compose', 'bulk', 'allowed'],
    ['compose', 'prompt', 'allowed'],
    ['compose', 'compose', 'allowed'],
    ['deliver-prompt', 'prompt', 'allowed'],
    ['deliver-prompt', 'bulk', 'AccessDenied'],
    ['deliver-bulk', 'bulk', 'allowed'],
    ['deliver-bulk', 'urgent', 'AccessDenied'],
    ['remind', 'compose', 'allowed'],
    ['remind', 'bulk', 'AccessDenied'],
    ['web', 'compose', 'allowed'],
    ['web', 'bulk', 'AccessDenied'],
  ])('take messages of %s in %s: %s', async (caller, queue, expected) => {
    expect(await outcome(enqueue(caller, queue))).toBe(expected);
  });

  it('answer 403 where a message is denied', async () => {
    await expect(enqueue('web', 'bulk')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });
});

it('a topic takes nothing from a function', async () => {
  const publish = (caller: string) =>
    fetch(environment.AWS_ENDPOINT_URL_SNS ?? '', {
      method: 'POST',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${caller}/20261123/us-east-1/sns/aws4_request` },
      body: new URLSearchParams({ Action: 'Publish', TopicArn: stack.plan.topics[0] ?? '', Message: '{}' }),
    });

  expect((await publish(`${stackName}-feedback`)).status).toBe(403);
  expect((await publish('local')).status).toBe(200);
});

it('secrets are read by those who need them', async () => {
  const read = (caller: string, secret: RegExp) => {
    const SecretId = stack.plan.secrets.find(({ name }) => secret.test(name))?.arn;
    return outcome(new SecretsManagerClient(client('SECRETS_MANAGER', caller)).send(new GetSecretValueCommand({ SecretId })));
  };

  const [staff, customers] = [/TokenKeys[0-9A-F]{8}$/, /TokenKeysForCustomers/];
  for (const [caller, own, other] of [
    ['web', staff, customers],
    ['deliver-urgent', staff, customers],
    ['web-customers', customers, staff],
    ['deliver-customers', customers, staff],
  ] as const)
    expect([await read(caller, own), await read(caller, other)], caller).toEqual(['allowed', 'AccessDeniedException']);
  expect(await read('web', /FirstKey/)).toBe('AccessDeniedException');
  expect(await read('operator', /IdentitySecret/)).toBe('allowed');
  for (const caller of ['compose', 'remind'])
    expect([await read(caller, staff), await read(caller, customers)], caller).toEqual(Array(2).fill('AccessDeniedException'));
});

it('what was denied is on record, each thing once', async () => {
  const quota = () => outcome(new SESClient(client('SES', 'web')).send(new GetSendQuotaCommand({})));
  await quota();
  await quota();
  const denials = (await (await fetch(`${stack.url}/_local/denials`)).json()) as { caller: string; action: string; times: number }[];

  expect(denials.filter(({ caller, action }) => caller === `${stackName}-web` && action === 'ses:GetSendQuota')).toEqual([
    expect.objectContaining({ resource: '*', times: 2 }),
  ]);
  expect(denials).toContainEqual(expect.objectContaining({ action: 'dynamodb:GetItem', partitions: ['PM#redis'] }));
});
