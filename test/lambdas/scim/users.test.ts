import { beforeEach, expect, it } from 'vitest';
import { dynamoSessionStore } from '../../../adapters/dynamodb/session-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aSession } from '../../support/a-session.ts';
import { aDirectory, entraUser, staffSid } from '../../support/directory.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const error = 'urn:ietf:params:scim:api:messages:2.0:Error';

async function withAda(change: object = {}) {
  const directory = await aDirectory(table);
  const { body, status } = await directory.ask('POST', '/Users', entraUser('Ada@example.com', change));
  expect(status).toBe(201);
  return { ...directory, ada: body, path: `/Users/${body.id}` };
}

it('takes a key with the scope scim alone, and answers errors as SCIM does', async () => {
  const { ask, operator } = await aDirectory(table);
  await operator.keyWith('people');
  const as = (key: string) => ask('GET', '/Users', undefined, { authorization: `Bearer ${key}` });

  expect((await as('scim')).status).toBe(200);
  expect(await as('people')).toMatchObject({
    status: 403,
    body: { schemas: [error], status: '403', detail: expect.stringContaining('scim') },
  });
  expect(await as('nobody')).toMatchObject({ status: 401, headers: { 'content-type': 'application/scim+json' }, body: { status: '401' } });
  expect(await ask('GET', '/Bulk')).toMatchObject({ status: 404, body: { schemas: [error], status: '404' } });
  expect((await operator.ask('GET', '/operator/people', undefined, 'scim')).status).toBe(403);
});

it('refuses everything while no distribution file is applied', async () => {
  const { ask } = await aDirectory(table, { applied: { read: async () => undefined } });
  expect(await ask('POST', '/Users', entraUser('ada@example.com'))).toMatchObject({ status: 503, body: { status: '503' } });
});

it('sent again, a POST makes nobody twice, whatever the letters of the address', async () => {
  const { ask, ada } = await withAda();
  expect(await ask('POST', '/Users', entraUser('ADA@example.com'))).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
  const { body } = await ask('GET', `/Users?filter=${encodeURIComponent('userName eq "ada@EXAMPLE.com"')}`);
  expect(body).toMatchObject({ totalResults: 1, Resources: [{ id: ada.id, userName: 'Ada@example.com' }] });
});

it('two POSTs at once make one person', async () => {
  const { ask } = await aDirectory(table);
  const answers = await Promise.all([1, 2, 3].map(() => ask('POST', '/Users', entraUser('ada@example.com'))));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  expect((await ask('GET', '/Users')).body.totalResults).toBe(1);
});

const wrong = [
  [{ userName: 'ada@elsewhere.com', emails: undefined }, 'userName is outside the organisation'],
  [{ userName: 'ada', emails: undefined }, 'userName is not an address'],
  [{ emails: [{ primary: true, value: 'ada.obi@example.com' }] }, 'Map it to the attribute'],
  [{ userName: undefined }, 'userName is missing'],
  [{ active: 'yes' }, 'active is neither'],
  [{ displayName: 'Ada\nObi' }, 'name has control characters'],
] as const;

it('refuses what is wrong, too large or no JSON, says why, and stores nothing', async () => {
  const { ask } = await aDirectory(table);
  for (const [change, detail] of wrong) {
    expect(await ask('POST', '/Users', entraUser('ada@example.com', change))).toMatchObject({
      status: 400,
      body: { scimType: 'invalidValue', detail: expect.stringContaining(detail) },
    });
  }
  expect(await ask('POST', '/Users', '{')).toMatchObject({
    status: 400,
    body: { scimType: 'invalidSyntax', detail: expect.stringContaining('Check quotes') },
  });
  expect(await ask('POST', '/Users', entraUser('ada@example.com', { title: 'x'.repeat(257 * 1024) }))).toMatchObject({
    status: 413,
    body: { scimType: 'tooMany', detail: expect.stringContaining('in several requests') },
  });
  expect((await ask('POST', '/Users', '<x/>', { 'content-type': 'text/xml' })).status).toBe(415);
  expect((await ask('GET', '/Users')).body.totalResults).toBe(0);
});

it('who leaves is suspended and signed out, keeps what they chose, and comes back with it', async () => {
  const { patch, profile, path, deps } = await withAda();
  const before = await profile('ada@example.com');
  await deps.people.writeProfile({ ...(before ?? expect.unreachable()), snoozedUntil: '2026-12-24T00:00:00Z', revision: 2 }, 1);
  const sessions = dynamoSessionStore(table);
  await sessions.put(aSession({ sid: staffSid('ada@example.com') }));

  expect(await patch(path, { op: 'Replace', path: 'active', value: 'False' })).toMatchObject({ status: 200, body: { active: false } });
  expect(await profile('ada@example.com')).toMatchObject({ suspendedBy: 'directory', snoozedUntil: '2026-12-24T00:00:00Z' });
  expect(await sessions.list(staffSid('ada@example.com'))).toEqual([]);

  expect((await patch(path, { op: 'Replace', path: 'active', value: 'True' })).body.active).toBe(true);
  const after = await profile('ada@example.com');
  expect(after?.suspended ?? after?.suspendedBy).toBeUndefined();
  expect(after).toMatchObject({ streams: before?.streams, snoozedUntil: '2026-12-24T00:00:00Z' });
});

it('a DELETE suspends and erases nothing; named again, the person is back', async () => {
  const { ask, profile, path, ada } = await withAda();
  expect((await ask('DELETE', path)).status).toBe(204);
  expect(await profile('ada@example.com')).toMatchObject({ name: 'Ada Obi', suspendedBy: 'directory' });
  expect((await ask('GET', path)).status).toBe(404);
  expect((await ask('DELETE', path)).status).toBe(404);

  const again = await ask('POST', '/Users', entraUser('ada@example.com'));
  expect(again.status).toBe(201);
  expect(again.body.id).not.toBe(ada.id);
  expect((await profile('ada@example.com'))?.suspended).toBeUndefined();
});

it('what an operator suspended stays suspended, though the directory says active', async () => {
  const { operator, ask, patch, profile, path } = await withAda();
  await operator.ask('POST', '/operator/people/suspension', { person: 'ada@example.com', suspended: true, reason: 'asked' });
  await patch(path, { op: 'replace', value: { active: true, displayName: 'Ada O.' } });
  expect(await profile('ada@example.com')).toMatchObject({ name: 'Ada O.', suspendedBy: 'operator' });
  expect((await ask('GET', path)).body.active).toBe(true);
});

it('another userName moves the person with all that they chose, and their id stays', async () => {
  const { ask, patch, profile, path, ada, operator } = await withAda();
  const before = await profile('ada@example.com');
  const moved = await patch(path, { op: 'Replace', value: { userName: 'ada.okafor@example.com', 'name.familyName': 'Okafor' } });
  expect(moved).toMatchObject({ status: 200, body: { id: ada.id, userName: 'ada.okafor@example.com', name: { familyName: 'Okafor' } } });
  expect(await profile('ada@example.com')).toBeUndefined();
  expect(Object.keys((await profile('ada.okafor@example.com'))?.streams ?? {})).toEqual(Object.keys(before?.streams ?? {}));
  expect((await ask('GET', path)).body.userName).toBe('ada.okafor@example.com');
  expect((await operator.audit()).map(({ act }) => act)).toContain('person moved');
  // Whoever gets the old address now is refused until an operator says that it is somebody else.
  expect(await ask('POST', '/Users', entraUser('ada@example.com'))).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('lift') },
  });
});

it('a move that broke off is finished by the same request', async () => {
  const { patch, profile, path, deps, ada } = await withAda();
  const from = (await profile('ada@example.com')) ?? expect.unreachable();
  const to = staffSid('ada.okafor@example.com');
  // It died after the profile was copied, and before the old one was erased.
  await deps.directory.putPlace(ada.id, [from.sid, to]);
  await deps.erasing.erasures.write(
    {
      realm: 'staff',
      sid: from.sid,
      at: deps.now(),
      stage: 'moving',
      dueAt: '9999-12-31T00:00:00Z',
      salt: 'a'.repeat(64),
      movedTo: to,
      unfinished: [],
      version: 1,
    },
    0,
  );
  await deps.people.writeProfile({ ...from, sid: to, address: 'ada.okafor@example.com', revision: 1 }, 0);

  expect((await patch(path, { op: 'replace', path: 'userName', value: 'ada.okafor@example.com' })).status).toBe(200);
  expect(await profile('ada@example.com')).toBeUndefined();
  expect(await profile('ada.okafor@example.com')).toMatchObject({ directory: { id: ada.id } });
});

it('nobody is moved onto somebody else', async () => {
  const { ask, patch, profile, path } = await withAda();
  await ask('POST', '/Users', entraUser('bob@example.com', { displayName: 'Bob' }));
  expect(await patch(path, { op: 'replace', path: 'userName', value: 'bob@example.com' })).toMatchObject({
    status: 409,
    body: { scimType: 'uniqueness' },
  });
  expect([(await profile('ada@example.com'))?.name, (await profile('bob@example.com'))?.name]).toEqual(['Ada Obi', 'Bob']);
});

it('a writer who saw an older version is refused', async () => {
  const { ask, patch, path, ada } = await withAda();
  const seen = { 'if-match': ada.meta.version };
  expect((await ask('PUT', path, entraUser('ada@example.com', { displayName: 'Ada O.' }), seen)).status).toBe(200);
  expect(await ask('PUT', path, entraUser('ada@example.com'), seen)).toMatchObject({ status: 412, body: { status: '412' } });
  expect((await ask('DELETE', path, undefined, seen)).status).toBe(412);
  const { headers } = await ask('GET', path);
  for (const seen of [String(headers.etag), `"x", ${headers.etag}`, String(headers.etag).slice(2), '*']) {
    expect(await ask('GET', path, undefined, { 'if-none-match': seen })).toMatchObject({ status: 304, headers: { etag: headers.etag } });
  }
  expect((await ask('GET', path, undefined, { 'if-none-match': '"x"' })).status).toBe(200);
  expect((await patch(path, { op: 'replace', path: 'active', value: false })).status).toBe(200);
});

it('who was erased is not brought back', async () => {
  const { ask, operator, path } = await withAda();
  await operator.ask('POST', '/operator/people/erase', { person: 'ada@example.com', reason: 'asked' });
  expect((await ask('GET', path)).status).toBe(404);
  expect(await ask('POST', '/Users', entraUser('ada@example.com'))).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('erased') },
  });
});

it('a file beside it suspends nobody whom the directory manages, and changes nothing that it gave', async () => {
  const { operator, profile, patch, path } = await withAda();
  const { revision = 0, sid = '' } = (await profile('ada@example.com')) ?? {};
  const { body } = await operator.ask('POST', '/operator/people/suspend', { people: [{ sid, revision }] });
  expect(body).toMatchObject({ suspended: 0, kept: [sid] });

  const rows = [{ line: 2, address: 'ada@example.com', name: 'A. Obi', team: 'Search', zone: 'Asia/Kolkata' }];
  await operator.ask('POST', '/operator/people/import', { rows });
  expect(await profile('ada@example.com')).toMatchObject({ name: 'Ada Obi', team: 'Search', zone: 'Asia/Kolkata' });

  const shown = async () => (await operator.ask('POST', '/operator/people/show', { person: 'ada@example.com' })).body.people[0];
  expect(await shown()).toMatchObject({ given: ['name'] });

  await patch(path, { op: 'replace', path: 'active', value: false });
  expect(await shown()).toMatchObject({ suspended: { by: 'directory' } });
  expect((await operator.ask('POST', '/operator/people/import', { rows })).body).toMatchObject({ restored: 0, linesSuspended: [2] });
  expect(await profile('ada@example.com')).toMatchObject({ suspendedBy: 'directory' });
  const listed = (await operator.ask('GET', '/operator/people')).body.people;
  expect(listed).toMatchObject([{ isSuspended: true, directory: { active: false } }]);
});

it('takes over whom a file brought, with their settings, and suspends nobody for being absent', async () => {
  const { ask, operator, profile } = await aDirectory(table);
  const rows = ['ada', 'bob'].map((name, n) => ({ line: n + 2, address: `${name}@example.com`, name, role: 'leader', team: 'Payments' }));
  await operator.ask('POST', '/operator/people/import', { rows });
  expect((await ask('GET', '/Users')).body.totalResults).toBe(0);
  expect((await ask('POST', '/Users', entraUser('ada@example.com'))).status).toBe(201);
  expect(await profile('ada@example.com')).toMatchObject({
    name: 'Ada Obi',
    role: 'leader',
    team: 'Payments',
    streams: { 'sev1-alerts': { on: true } },
  });
  expect((await profile('bob@example.com'))?.suspended).toBeUndefined();
  expect((await ask('GET', '/Users')).body.totalResults).toBe(1);
});

it('suspends no more people in a day than the file allows, and says how to go on', async () => {
  const { ask, patch, profile, operator, deps } = await withAda();
  await deps.directory.countUnder('leavers', '2026-11-19', 20);
  const { body } = await ask('GET', '/Users');
  const path = `/Users/${body.Resources[0].id}`;
  expect(await patch(path, { op: 'replace', path: 'active', value: false })).toMatchObject({
    status: 429,
    headers: { 'retry-after': '3600' },
    body: { detail: expect.stringContaining('directory.leaversADay') },
  });
  expect((await ask('DELETE', path)).status).toBe(429);
  expect((await operator.ask('GET', '/operator/status')).body.braked).toEqual([
    {
      at: '2026-11-19T15:00:00Z',
      what: 'The directory may suspend at most 20 people a day, and tried more. Whoever left beyond that gets mail until the directory suspends them.',
      remedy: 'Look in the directory what changed. If they really left, raise directory.leaversADay, then: afterword apply FILE',
    },
  ]);
  expect((await profile('ada@example.com'))?.suspended).toBeUndefined();
  expect((await operator.audit()).filter(({ act }) => act === 'directory user changed')).toHaveLength(1);
});

it('leaves a line for each change, with no address in it, and none for nothing', async () => {
  const { patch, path, operator } = await withAda();
  for (const active of [false, false, true]) await patch(path, { op: 'replace', path: 'active', value: active });
  const lines = (await operator.audit()).filter(({ act }) => act === 'directory user changed');
  expect(lines.map(({ facts }) => facts)).toMatchObject([
    { change: 'created' },
    { change: 'changed, suspended' },
    { change: 'changed, no longer suspended' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('example.com');
});

it('says what to do in answers that all our functions give, too', async () => {
  const { ask } = await aDirectory(table);
  expect(await ask('POST', '/Bulk', {})).toMatchObject({
    status: 404,
    body: { schemas: [error], detail: expect.stringContaining('/Users, /Groups') },
  });
  expect(await ask('PATCH', '/Users', {})).toMatchObject({ status: 405, body: { detail: 'This address takes GET, POST.' } });
});

it('says what it can do', async () => {
  const { ask } = await aDirectory(table);
  expect((await ask('GET', '/ServiceProviderConfig')).body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
    etag: { supported: true },
  });
  expect((await ask('GET', '/ResourceTypes')).body.Resources.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual([
    '/Users',
    '/Groups',
  ]);
  expect((await ask('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:User')).body.attributes[0]).toMatchObject({
    name: 'userName',
    required: true,
  });
  expect((await ask('GET', '/Schemas/nothing')).status).toBe(404);
});

it('says that somebody came through the directory, and what it gave them, also after it let go of them', async () => {
  const { ask, operator, path, ada } = await withAda();
  await operator.ask('POST', '/operator/people/import', { rows: [{ line: 2, address: 'bob@example.com', role: 'leader' }] });
  const { body: bob } = await ask('POST', '/Users', entraUser('bob@example.com'));
  await ask('POST', '/Groups', { displayName: 'Eng Payments', members: [{ value: ada.id }] });
  const shown = async (person: string) => (await operator.ask('POST', '/operator/people/show', { person })).body.people[0];

  expect(await operator.audit()).toContainEqual(
    expect.objectContaining({ act: 'subscription changed', facts: expect.objectContaining({ way: 'directory' }) }),
  );
  for (const user of [path, `/Users/${bob.id}`]) expect((await ask('DELETE', user)).status).toBe(204);
  expect(await shown('ada@example.com')).toMatchObject({
    joined: 'directory',
    suspended: { by: 'directory' },
    streams: expect.arrayContaining([expect.objectContaining({ grant: expect.objectContaining({ way: 'directory' }) })]),
  });
  const ofBob = await shown('bob@example.com');
  expect([ofBob.joined, ofBob.suspended.by]).toEqual([undefined, 'directory']);
});
