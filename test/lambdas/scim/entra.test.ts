import { beforeEach, expect, it } from 'vitest';
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
  expect((await ask('GET', `/Users?${filter('emails[type eq "work"].value eq "ada@example.com"')}`)).body.totalResults).toBe(1);

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
