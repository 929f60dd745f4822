import { beforeEach, expect, it } from 'vitest';
import { dynamoDirectoryStore } from '../../../adapters/dynamodb/directory-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aDirectory, entraUser, mapping } from '../../support/directory.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const filter = (text: string) => `filter=${encodeURIComponent(text)}`;

// The requests of the provisioning service of Microsoft Entra, in the order of a first cycle, retold from
// https://learn.microsoft.com/en-us/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
it('a cycle of Entra: somebody joins, gets a group, moves to another, changes their name and leaves', async () => {
  const { ask, patch, profile, errors } = await aDirectory(table);

  // "Test connection" asks for somebody who cannot be there.
  expect(await ask('GET', `/Users?${filter('userName eq "8f2d6c9e-1b0a-4c0e-9f5e-2f6d0f1f1a11"')}`)).toMatchObject({
    status: 200,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], totalResults: 0, Resources: [] },
  });
  const made = await ask('POST', '/Users', entraUser('ada@example.com'));
  expect(made).toMatchObject({ status: 201, headers: { location: `https://lessons.example.com/scim/v2/Users/${made.body.id}` } });
  const user = `/Users/${made.body.id}`;
  expect((await ask('GET', `/Users?${filter('externalId eq "ada"')}`)).body.Resources).toMatchObject([{ id: made.body.id }]);
  for (const active of ['true', '"True"']) expect((await ask('GET', `/Users?${filter(`active eq ${active}`)}`)).body.totalResults).toBe(1);
  for (const which of ['type eq "work"', 'type eq "Work"', 'primary eq true', 'primary eq "True"'])
    expect((await ask('GET', `/Users?${filter(`emails[${which}].value eq "ada@example.com"`)}`)).body.totalResults).toBe(1);

  expect((await ask('GET', `/Groups?excludedAttributes=members&${filter('displayName eq "Eng Payments"')}`)).body.totalResults).toBe(0);
  const group = (name: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId: `external-${name}`,
    displayName: name,
    meta: { resourceType: 'Group' },
  });
  const payments = (await ask('POST', '/Groups', group('Eng Payments'))).body;
  const search = (await ask('POST', '/Groups', group('Eng Search'))).body;
  expect(await ask('POST', '/Groups', group('Eng Payments'))).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  const member = { value: [{ $ref: null, value: made.body.id }] };

  expect((await patch(`/Groups/${payments.id}`, { op: 'Add', path: 'members', ...member })).status).toBe(204);
  expect(await profile('ada@example.com')).toMatchObject({
    team: 'Payments',
    role: 'engineer',
    streams: { 'engineering-digest': { on: true } },
  });
  expect((await ask('GET', `/Groups?${filter(`id eq "${payments.id}" and members eq "${made.body.id}"`)}`)).body.totalResults).toBe(1);
  const { body } = await ask('GET', `/Groups/${payments.id}?excludedAttributes=members`);
  expect([body.displayName, 'members' in body]).toEqual(['Eng Payments', false]);

  // In both of them the one that stands first in the file wins. Then she is in the other alone.
  await patch(`/Groups/${search.id}`, { op: 'Add', path: 'members', ...member });
  expect((await profile('ada@example.com'))?.team).toBe('Payments');
  await patch(`/Groups/${payments.id}`, { op: 'Remove', path: 'members', ...member });
  expect(await profile('ada@example.com')).toMatchObject({ team: 'Search', streams: { 'engineering-digest': { on: true } } });

  const renamed = await patch(
    user,
    { op: 'Replace', path: 'displayName', value: 'Ada Okafor' },
    { op: 'Replace', path: 'name.familyName', value: 'Okafor' },
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ada@example.com' },
    { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'Ledger' },
    { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+49 30 1' },
  );
  expect(renamed.body).toMatchObject({ displayName: 'Ada Okafor', name: { familyName: 'Okafor', givenName: 'Ada' } });
  expect(JSON.stringify(await profile('ada@example.com'))).not.toContain('+49');

  expect(await patch(user, { op: 'Replace', path: 'active', value: 'False' })).toMatchObject({ status: 200, body: { active: false } });
  expect(await profile('ada@example.com')).toMatchObject({ team: 'Search', suspendedBy: 'directory' });
  expect((await ask('DELETE', user)).status).toBe(204);
  expect((await ask('DELETE', `/Groups/${search.id}`)).status).toBe(204);
  expect((await ask('GET', '/Groups')).body.totalResults).toBe(1);
  expect(errors).toEqual([]);
});

it('departments give a team where the file maps them, after groups', async () => {
  const { ask, patch, profile } = await aDirectory(table);
  const enterprise = { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'ledger', costCenter: '7' } };
  const { body } = await ask('POST', '/Users', entraUser('ada@example.com', enterprise));
  expect(await profile('ada@example.com')).toMatchObject({ team: 'Payments', directory: { department: 'ledger' } });
  const { id } = (await ask('POST', '/Groups', { displayName: 'Eng Search', members: [{ value: body.id }] })).body;
  expect((await profile('ada@example.com'))?.team).toBe('Search');
  await patch(`/Groups/${id}`, { op: 'Replace', value: { displayName: 'Something else' } });
  expect((await profile('ada@example.com'))?.team).toBe('Payments');
});

it('another mapping of the distribution file counts from the next request on', async () => {
  const { ask, profile, operator } = await aDirectory(table, {}, distributionYaml);
  const { body } = await ask('POST', '/Users', entraUser('ada@example.com'));
  await ask('POST', '/Groups', { displayName: 'Eng Payments', members: [{ value: body.id }] });
  expect((await profile('ada@example.com'))?.team).toBeUndefined();
  await operator.ask('PUT', '/operator/configuration', distributionYaml + mapping);
  await ask('GET', '/Users?count=1');
  expect(await profile('ada@example.com')).toMatchObject({ team: 'Payments', role: 'engineer' });
});

/** A user as Okta creates and replaces one. */
const oktaUser = (address: string, change: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: address,
  name: { givenName: 'Bola', familyName: 'Adeyemi' },
  emails: [{ primary: true, value: address, type: 'work' }],
  displayName: 'Bola Adeyemi',
  locale: 'en-US',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  password: '1mz050nq',
  active: true,
  ...change,
});

// The requests of Okta, retold from https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20/
it('a life cycle of Okta: connected, assigned, changed with PUT, pushed groups, deactivated and back', async () => {
  const { ask, patch, profile, errors } = await aDirectory(table);
  expect((await ask('GET', '/Users?startIndex=1&count=2')).body).toMatchObject({
    totalResults: 0,
    itemsPerPage: 0,
    startIndex: 1,
    Resources: [],
  });

  const asked = `/Users?filter=${encodeURIComponent('userName eq "bola@example.com"')}&startIndex=1&count=100`;
  expect((await ask('GET', asked)).body.totalResults).toBe(0);
  const { body: bola } = await ask('POST', '/Users', oktaUser('bola@example.com'));
  expect(bola).toMatchObject({ userName: 'bola@example.com', active: true, externalId: '00ujl29u0le5T6Aj10h7' });
  expect(JSON.stringify(await profile('bola@example.com'))).not.toContain('1mz050nq');
  const user = `/Users/${bola.id}`;
  expect((await ask('GET', user)).body).toEqual(bola);

  const put = await ask('PUT', user, { ...bola, ...oktaUser('bola@example.com', { displayName: 'Bola A.' }), id: bola.id });
  expect(put).toMatchObject({ status: 200, body: { id: bola.id, displayName: 'Bola A.' } });

  const { body: group } = await ask('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Leads',
    members: [{ value: bola.id, display: 'bola@example.com' }],
  });
  expect(group.members).toMatchObject([{ value: bola.id }]);
  expect(await profile('bola@example.com')).toMatchObject({ role: 'leader', streams: { 'sev1-alerts': { on: true } } });
  expect((await ask('GET', user)).body.groups).toMatchObject([{ value: group.id, display: 'Leads' }]);

  // Okta renames a group without a path, and removes members by a filter.
  await patch(`/Groups/${group.id}`, { op: 'replace', value: { id: group.id, displayName: 'Leads of 2026' } });
  expect((await profile('bola@example.com'))?.role).toBeUndefined();
  await patch(`/Groups/${group.id}`, { op: 'replace', value: { id: group.id, displayName: 'Leads' } });
  expect((await profile('bola@example.com'))?.role).toBe('leader');
  expect((await patch(`/Groups/${group.id}`, { op: 'remove', path: `members[value eq "${bola.id}"]` })).status).toBe(204);
  expect((await ask('GET', `/Groups/${group.id}`)).body.members).toEqual([]);
  // A stream that a role gave stays. Its reader leaves it, or the file does.
  expect((await profile('bola@example.com'))?.streams['sev1-alerts']?.on).toBe(true);

  expect((await patch(user, { op: 'replace', value: { active: false } })).body.active).toBe(false);
  expect((await profile('bola@example.com'))?.suspended).toBeDefined();
  const { active: _, ...unsaid } = oktaUser('bola@example.com');
  expect((await ask('PUT', user, unsaid)).body.active).toBe(false);
  expect((await ask('PUT', user, oktaUser('bola@example.com'))).body.active).toBe(true);
  expect((await profile('bola@example.com'))?.suspended).toBeUndefined();
  expect(errors).toEqual([]);
});

it('replaces who is in a group, refuses members whom nobody knows, and takes so many at once', async () => {
  const { ask, patch } = await aDirectory(table);
  const made = [];
  for (const name of ['ada', 'bob', 'cy']) made.push((await ask('POST', '/Users', oktaUser(`${name}@example.com`))).body.id);
  const [ada, bob, cy] = made;
  const { id } = (await ask('POST', '/Groups', { displayName: 'All', members: [{ value: ada }, { value: bob }] })).body;
  const members = async () => (await ask('GET', `/Groups/${id}`)).body.members.map(({ value }: { value: string }) => value).toSorted();

  expect((await patch(`/Groups/${id}`, { op: 'replace', path: 'members', value: [{ value: bob }, { value: cy }] })).status).toBe(204);
  expect(await members()).toEqual([bob, cy].toSorted());
  expect(await patch(`/Groups/${id}?attributes=displayName`, { op: 'replace', path: 'displayName', value: 'All' })).toMatchObject({
    status: 200,
    body: { id, displayName: 'All' },
  });
  const unknown = await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: ada }, { value: 'nobody' }] });
  expect(unknown).toMatchObject({ status: 400, body: { scimType: 'invalidValue', detail: expect.stringContaining('nobody') } });
  expect(await members()).toEqual([bob, cy].toSorted());
  const many = Array.from({ length: 3001 }, () => ({ value: ada }));
  expect(await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: many })).toMatchObject({
    status: 413,
    body: { scimType: 'tooMany' },
  });

  const put = { displayName: 'All of us', members: [{ value: ada }] };
  expect(await ask('PUT', `/Groups/${id}`, put)).toMatchObject({
    status: 200,
    body: { displayName: 'All of us', members: [{ value: ada }] },
  });
  expect(await members()).toEqual([ada]);
  expect((await patch('/Groups/none', { op: 'remove', path: 'members' })).status).toBe(404);
});

it('says no to a directory that would empty a team, and goes on once the file lets go of the group', async () => {
  const { ask, patch, profile, operator } = await aDirectory(table);
  const made = [];
  for (const name of ['ada', 'bob']) made.push((await ask('POST', '/Users', oktaUser(`${name}@example.com`))).body.id);
  const members = made.map((value) => ({ value }));
  const { id } = (await ask('POST', '/Groups', { displayName: 'Eng Payments', members })).body;

  // Okta renames with a PUT of the whole group, and some clients leave the members out.
  expect((await ask('PUT', `/Groups/${id}`, { displayName: 'eng payments' })).body.members).toHaveLength(2);
  expect(await ask('PUT', `/Groups/${id}`, { displayName: 'Eng Payments', members: [] })).toMatchObject({
    status: 403,
    body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '403', detail: expect.stringContaining('directory.groups') },
  });
  const removals = made.map((value) => ({ op: 'Remove', path: `members[value eq "${value}"]` }));
  expect((await patch(`/Groups/${id}`, ...removals)).status).toBe(403);
  expect((await ask('DELETE', `/Groups/${id}`)).status).toBe(403);
  expect((await profile('bob@example.com'))?.team).toBe('Payments');
  expect((await operator.audit()).filter(({ act }) => act === 'directory braked')).toHaveLength(1);
  expect((await operator.ask('GET', '/operator/status')).body.braked).toMatchObject([
    { what: expect.stringContaining('"eng payments"'), remedy: expect.stringContaining('directory.groups') },
  ]);

  await operator.ask('PUT', '/operator/configuration', `${distributionYaml}directory: { groups: [{ group: Leads, role: leader }] }\n`);
  expect((await ask('DELETE', `/Groups/${id}`)).status).toBe(204);
  expect((await profile('bob@example.com'))?.team).toBeUndefined();
});

it('has a directory send again what waited too long for others that change groups', async () => {
  const { ask, deps } = await aDirectory(table, { wait: async () => {} });
  await deps.directory.takeLease('another', '2026-11-19T15:00:00Z', '2026-11-19T15:00:45Z');
  const busy = await ask('POST', '/Groups', { displayName: 'Leads' });
  expect(busy).toMatchObject({
    status: 429,
    headers: { 'retry-after': '30' },
    body: { status: '429', detail: expect.stringContaining('again') },
  });
});

it('says how many people are left where there was no time for all', async () => {
  const { ask, patch } = await aDirectory(table, { hasTime: () => false });
  const { id } = (await ask('POST', '/Users', entraUser('ada@example.com'))).body;
  const group = (await ask('POST', '/Groups', { displayName: 'Leads' })).body;
  const answer = await patch(`/Groups/${group.id}`, { op: 'Add', path: 'members', value: [{ value: id }] });
  expect(answer).toMatchObject({
    status: 429,
    headers: { 'retry-after': '5' },
    body: { detail: expect.stringContaining('1 person is left') },
  });
});

it('knows its own lease again, should the answer to its write be lost', async () => {
  const { takeLease, endLease } = dynamoDirectoryStore(table);
  const take = (owner: string) => takeLease(owner, '2026-11-19T15:00:00Z', '2026-11-19T15:00:45Z');
  expect([await take('a'), await take('a'), await take('b')]).toEqual([true, true, false]);
  await endLease('a');
  expect(await take('b')).toBe(true);
});
