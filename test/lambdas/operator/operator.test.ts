import { beforeEach, expect, it } from 'vitest';
import { dynamoCustomersCopy } from '../../../adapters/dynamodb/distribution-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { DistributionInDispute } from '../../../core/distribution/apply-distribution.ts';
import type { EditionReport } from '../../../core/edition/ports.ts';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import type { CollectMessage } from '../../../lambdas/shared/collect-message.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const rows = [
  { line: 2, address: 'ada@example.com', name: 'Ada', role: 'engineer' },
  { line: 3, address: 'eve@elsewhere.example' },
];
const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

it('takes no people before a distribution file was applied', async () => {
  const { ask } = await anOperator(table);
  expect(await ask('POST', '/operator/people/import', { rows })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('afterword apply') },
  });
});

it('imports people, lists them, and the same batch again changes nothing', async () => {
  const { ask } = await anOperator(table);
  await ask('PUT', '/operator/configuration', distributionYaml);
  expect(await ask('POST', '/operator/people/import', { rows })).toMatchObject({
    status: 200,
    body: { added: 1, changed: 0, unchanged: 0, refused: [{ line: 3, field: 'address' }] },
  });
  expect(await ask('POST', '/operator/people/import', { rows })).toMatchObject({ body: { added: 0, changed: 0, unchanged: 1 } });
  expect(await ask('GET', '/operator/people?limit=10')).toMatchObject({
    status: 200,
    body: { people: [{ address: 'ada@example.com', streams: ['engineering-digest'] }] },
  });
});

it('finds the subscriber of an import in the index of the stream', async () => {
  const { ask } = await anOperator(table);
  await ask('PUT', '/operator/configuration', distributionYaml);
  await ask('POST', '/operator/people/import', { rows });
  const { body } = await ask('GET', '/operator/people');
  const { sid } = body.people[0];
  expect(await table.query(`STREAM#engineering-digest#default#${sid[0]}`)).toMatchObject({
    items: [{ sk: sid, since: '2026-11-19T15:00:00Z' }],
  });
});

it('has incident tools polled once a file changes what is told of them, and not otherwise', async () => {
  const sent: CollectMessage[] = [];
  const collect = async (message: CollectMessage) => sent.push(message) > 0;
  const { ask } = await anOperator(table, { collect });
  const apply = async (text: string, query = '') => (await ask('PUT', `/operator/configuration${query}`, text)).status;
  const withTools = `${distributionYaml}\nconnectors:\n  rootly: { severities: { SEV0: sev1 } }\n`;
  expect([await apply(distributionYaml), sent]).toEqual([200, []]);
  expect([await apply(withTools, '?dryRun=true'), sent]).toEqual([200, []]);
  expect([await apply(withTools), sent]).toEqual([200, [{ poll: 'all' }]]);
  await apply(withTools);
  await apply(withTools.replace('monday', 'friday'));
  expect(sent).toHaveLength(1);
  await apply(withTools.replace('SEV0: sev1', 'SEV0: sev2'));
  expect(sent).toHaveLength(2);
});

it('leaves audit lines without addresses, and none where nothing changed', async () => {
  const { ask, audit, lines } = await anOperator(table);
  await ask('PUT', '/operator/configuration', distributionYaml);
  await ask('PUT', '/operator/configuration', distributionYaml);
  await ask('POST', '/operator/people/import', { rows });
  await ask('POST', '/operator/people/import', { rows });
  expect(await audit()).toMatchObject([
    { act: 'configuration applied', who: expect.stringMatching(/^[0-9a-f]{16}$/) },
    { act: 'people imported', facts: { added: 1, refused: 1 } },
    { act: 'subscription changed', facts: { way: 'import', after: 'on' } },
  ]);
  expect(JSON.stringify([await audit(), lines])).not.toMatch(/@example|elsewhere|Ada|local"/);
});

it('shows what a file would change, applies it, and tells what stands', async () => {
  const { ask } = await anOperator(table);
  expect(await ask('GET', '/operator/configuration')).toMatchObject({ status: 404 });
  expect(await ask('PUT', '/operator/configuration?dryRun=true', distributionYaml)).toMatchObject({
    status: 200,
    body: { applied: false },
  });
  expect(await ask('GET', '/operator/configuration')).toMatchObject({ status: 404 });
  const forCustomers = dynamoCustomersCopy(table);
  expect(await forCustomers.read()).toBeUndefined();
  const { body } = await ask('PUT', '/operator/configuration', distributionYaml);
  expect(await forCustomers.read()).toMatchObject({ organisation: { name: 'Example Ltd' }, teams: [] });
  expect(body).toMatchObject({ applied: true, needsDeploy: expect.arrayContaining(['organisation.domains']) });
  expect(await ask('GET', '/operator/configuration')).toMatchObject({
    status: 200,
    body: { hash: body.hash, applied: false, changes: [] },
  });
});

it('points into a file that is wrong', async () => {
  const { ask } = await anOperator(table);
  expect(await ask('PUT', '/operator/configuration', distributionYaml.replace('monday', 'munday'))).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'streams.engineering-digest.schedule.on', line: 11, column: 34 }] },
  });
});

it('answers 409 when somebody else applied meanwhile', async () => {
  const { ask } = await anOperator(table, {
    distribution: { read: async () => undefined, write: () => Promise.reject(new DistributionInDispute()) },
  });
  expect(await ask('PUT', '/operator/configuration', distributionYaml)).toMatchObject({ status: 409 });
});

it('applies one of three files that were looked at together, and says so to the others', async () => {
  const { ask } = await anOperator(table);
  const files = ['One', 'Two', 'Three'].map((name) => distributionYaml.replace('Example Ltd', name));
  const { body: shown } = await ask('PUT', '/operator/configuration?dryRun=true', files[0]);
  expect(shown).toMatchObject({ stack: 'afterword-production' });
  expect(shown).not.toHaveProperty('inForce');

  const answers = await Promise.all(files.map((file) => ask('PUT', '/operator/configuration?shownAgainst=none', file)));

  expect(answers.filter(({ body }) => body.applied)).toHaveLength(1);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  const won = answers.findIndex(({ status }) => status === 200);
  expect(await ask('PUT', '/operator/configuration?shownAgainst=none', files[won])).toMatchObject({
    status: 200,
    body: { applied: false },
  });
});

it('makes a key that works, lists it without its secret, and removes it', async () => {
  const { ask, audit } = await anOperator(table);
  const { status, body } = await ask('POST', '/operator/keys', { label: 'CI', scopes: ['read', 'read'] });
  expect(status).toBe(201);
  expect(body).toMatchObject({ label: 'CI', scopes: ['read'], key: expect.stringMatching(/^aw_/) });

  expect(await ask('GET', '/operator/people', undefined, body.key)).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('people') },
  });
  const { body: list } = await ask('GET', '/operator/keys');
  expect(list.keys.map(({ label }: { label: string }) => label)).toEqual(['local', 'CI']);
  expect(JSON.stringify(list)).not.toMatch(/aw_|hash/);

  expect(await ask('DELETE', `/operator/keys/${body.id}`)).toEqual({ status: 204, body: undefined });
  expect(await ask('DELETE', `/operator/keys/${body.id}`)).toMatchObject({ status: 404 });
  expect(await ask('GET', '/operator/people', undefined, body.key)).toMatchObject({ status: 401 });
  expect(JSON.stringify(await audit())).not.toContain(body.key);
});

it('lets the first key manage keys and nothing else', async () => {
  const { ask } = await anOperator(table);
  expect(await ask('GET', '/operator/keys', undefined, 'first')).toMatchObject({ status: 200 });
  expect(await ask('GET', '/operator/configuration', undefined, 'first')).toMatchObject({ status: 403 });
});

it.each([
  ['POST', '/operator/people/suspend', { people: [] }, 422],
  ['POST', '/operator/people/suspend', { people: [{ sid: 'ada@example.com', revision: 1 }] }, 422],
  ['PUT', '/operator/configuration?dryRun=maybe', distributionYaml, 400],
  ['POST', '/operator/people/import', { rows: [] }, 422],
  ['POST', '/operator/people/import', 'rows: []', 415],
  ['POST', '/operator/keys', { label: 'CI', scopes: ['everything'] }, 422],
  ['POST', '/operator/keys', { label: 'C\u0007I', scopes: ['read'] }, 422],
  ['DELETE', '/operator/keys/first-key', undefined, 404],
  ['POST', '/operator/people', undefined, 405],
  ['GET', '/operator/nothing', undefined, 404],
] as const)('answers %s %s with a problem', async (method, url, body, status) => {
  const { ask } = await anOperator(table);
  expect(await ask(method, url, body)).toMatchObject({ status, body: { status } });
});

it.each(['people', 'editions', 'keys'])('names what is wrong with how a page of %s was asked for', async (list) => {
  const { ask } = await anOperator(table);
  const refusal = (field: string) => ({ status: 422, body: { errors: [{ field, remedy: expect.any(String) }] } });
  for (const limit of ['0', '1001', 'many', ''])
    expect(await ask('GET', `/operator/${list}?limit=${limit}`)).toMatchObject(refusal('limit'));
  for (const cursor of ['', 'zz']) expect(await ask('GET', `/operator/${list}?cursor=${cursor}`)).toMatchObject(refusal('cursor'));
  expect(await ask('GET', `/operator/${list}?limit=1000`)).toMatchObject({ status: 200 });
});

it('suspends people by the revision that was listed, and leaves one audit line with counts alone', async () => {
  const { ask, audit } = await anOperator(table);
  await ask('PUT', '/operator/configuration', distributionYaml);
  const two = [
    { line: 2, address: 'ada@example.com', role: 'engineer' },
    { line: 3, address: 'bob@example.com', role: 'engineer' },
  ];
  await ask('POST', '/operator/people/import', { rows: two });
  const { body: before } = await ask('GET', '/operator/people');
  const people = before.people.map(({ sid, revision }: { sid: string; revision: number }) => ({ sid, revision }));
  const byAnother = { ...two[1], team: 'Payments' };
  await ask('POST', '/operator/people/import', { rows: [byAnother] });

  const bob = before.people.find(({ address }: { address: string }) => address === 'bob@example.com');
  expect(await ask('POST', '/operator/people/suspend', { people })).toMatchObject({
    body: { suspended: 1, unchanged: 0, kept: [bob.sid] },
  });
  expect(await ask('POST', '/operator/people/suspend', { people })).toMatchObject({ body: { suspended: 0, unchanged: 1 } });
  expect((await audit()).filter(({ act }) => act === 'people suspended')).toMatchObject([{ facts: { suspended: 1, kept: 1 } }]);
  expect(JSON.stringify(await audit())).not.toContain('@example');
});

it('has an edition sent once, and audits that once', async () => {
  const sent: string[] = [];
  const send = async () => ({ edition: 'engineering-digest_2026-W47', existed: sent.push('x') > 1 });
  const { ask, audit } = await anOperator(table, { send });
  const request = { stream: 'engineering-digest', at: '2026-11-23T08:00:00Z' };
  expect(await ask('POST', '/operator/send', request)).toMatchObject({ status: 202, body: { existed: false } });
  expect(await ask('POST', '/operator/send', request)).toMatchObject({ status: 202, body: { existed: true } });
  expect(await audit()).toHaveLength(1);
});

it('shows a mail as somebody gets it only to keys that may see people', async () => {
  const preview = async () => ({ edition: 'e', subject: 's', html: '', text: '', headers: {}, size: 0 });
  const { ask, keyWith } = await anOperator(table, { preview });
  await keyWith('read');
  await keyWith('read', 'people');
  const asAda = { stream: 'engineering-digest', as: 'ada@example.com' };
  expect(await ask('POST', '/operator/preview', { stream: 'engineering-digest' }, 'read')).toMatchObject({ status: 200 });
  expect(await ask('POST', '/operator/preview', asAda, 'read')).toMatchObject({ status: 403 });
  expect(await ask('POST', '/operator/preview', asAda, 'read+people')).toMatchObject({ status: 200 });
});

it('refuses a row that is none alone, and imports the others of its batch', async () => {
  const { ask } = await anOperator(table);
  await ask('PUT', '/operator/configuration', distributionYaml);
  const rows = [
    { line: 2, address: 'ada@example.com' },
    { line: 3, address: 5 },
    { line: 4, address: 'bob@example.com', shoes: 'red' },
    { line: 5, address: 'eve@example.com' },
  ];
  expect(await ask('POST', '/operator/people/import', { rows })).toMatchObject({
    status: 200,
    body: {
      added: 2,
      refused: [
        { line: 3, field: 'address', problem: 'is a number, not a text' },
        { line: 4, field: 'shoes' },
      ],
    },
  });
});

it('says whose ids an edition names only to keys that may see people', async () => {
  const [ada] = ['ada@example.com'].map((normalised) => subscriberId('staff', { normalised }, 'identity'));
  const gone = 'f'.repeat(32);
  const told = { id: 'pm-1', revision: 1, title: 'Checkout down', severity: 'sev1' };
  const edition = {
    carries: [told],
    inDoubt: [gone],
    unconfirmed: [],
    refused: { [ada ?? '']: 'MessageRejected' },
  } as unknown as EditionReport;
  const { ask, keyWith } = await anOperator(table, {
    editions: { list: async () => ({ editions: [] }), report: async () => edition },
  });
  await ask('PUT', '/operator/configuration', distributionYaml.replace('sev1: {', 'sev1: { label: P0,'));
  await ask('POST', '/operator/people/import', { rows });
  await keyWith('read');
  const reading = 'read';

  const path = '/operator/editions/engineering-digest_2026-W47';
  expect(await ask('GET', `${path}?addresses=true`, undefined, reading)).toMatchObject({ status: 403 });
  expect((await ask('GET', path, undefined, reading)).body).toEqual({
    carries: [{ ...told, severityLabel: 'P0' }],
    lanes: [],
    inDoubt: [gone],
    unconfirmed: [],
    refused: { [ada ?? '']: 'MessageRejected' },
  });
  expect((await ask('GET', `${path}?addresses=true`)).body.addresses).toEqual({ [ada ?? '']: 'ada@example.com' });
});
