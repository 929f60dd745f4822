import { beforeEach, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aDirectory } from '../../support/directory.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
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
