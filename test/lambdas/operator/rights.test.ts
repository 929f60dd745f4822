import { beforeEach, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { idOf } from '../../support/sign-up.ts';

const freshTable = oneEngine();
let table: Table;
let operator: Awaited<ReturnType<typeof anOperator>>;
beforeEach(async () => {
  table = await freshTable();
  operator = await anOperator(table);
  await operator.ask('PUT', '/operator/configuration', distributionYaml);
  const rows = [
    { line: 2, address: 'ada@example.com', name: 'Ada', role: 'engineer' },
    { line: 3, address: 'bob@example.com', role: 'engineer' },
  ];
  await operator.ask('POST', '/operator/people/import', { rows });
});

const addresses = async () =>
  (await operator.ask('GET', '/operator/people')).body.people.map(({ address }: { address: string }) => address);
const lines = async () => (await operator.audit()).map(({ act, facts }) => ({ act, facts }));

it('exports a person and leaves a line that says so', async () => {
  const { status, body } = await operator.ask('POST', '/operator/people/export', { person: 'Ada@example.com' });
  expect(status).toBe(200);
  expect(body.people).toMatchObject([{ profile: { address: 'ada@example.com', name: 'Ada' }, mails: [] }]);
  const joined = { stream: 'engineering-digest', field: 'frequency', after: 'on', way: 'import', subscriber: idOf('ada@example.com') };
  expect(body.people[0].acts).toEqual([{ at: '2026-11-19T15:00:00Z', act: 'subscription changed', facts: joined }]);
  expect(await lines()).toContainEqual({ act: 'person exported', facts: { subscriber: idOf('ada@example.com'), realm: 'staff' } });
  const again = await operator.ask('POST', '/operator/people/export', { person: 'ada@example.com' });
  expect(again.body.people[0].acts.map(({ act }: { act: string }) => act)).toEqual(['subscription changed', 'person exported']);
  expect(JSON.stringify(again.body)).not.toContain(idOf('bob@example.com'));
});

it('erases a person: gone at once, not imported again, and the audit line names nobody', async () => {
  expect(await operator.ask('POST', '/operator/people/erase', { person: 'ada@example.com' })).toEqual({
    status: 200,
    body: { people: [{ sid: idOf('ada@example.com'), realm: 'staff' }] },
  });
  expect(await addresses()).toEqual(['bob@example.com']);
  const imported = await operator.ask('POST', '/operator/people/import', { rows: [{ line: 2, address: 'ada@example.com' }] });
  expect(imported.body).toMatchObject({ added: 0, refused: [{ line: 2, forgotten: true }] });
  expect(await lines()).toContainEqual({ act: 'person erased', facts: { realm: 'staff', way: 'operator' } });
  expect(await operator.ask('POST', '/operator/people/erase', { person: 'ada@example.com' })).toMatchObject({ status: 200 });
  expect(await operator.ask('POST', '/operator/people/erase', { person: 'eve@example.com' })).toMatchObject({ status: 404 });
});

it('moves a person to an address of the organisation, and a file with the old one makes nobody of it until that is lifted', async () => {
  const move = (address: string) => operator.ask('POST', '/operator/people/move', { person: 'ada@example.com', address });
  expect(await move('ada@elsewhere.example')).toMatchObject({ status: 422, body: { errors: [{ field: 'address' }] } });
  expect(await move('not an address')).toMatchObject({ status: 422 });
  expect(await move('ADA@example.com')).toMatchObject({ status: 409 });
  expect(await move('ada.king@example.com')).toMatchObject({ status: 200, body: { people: [{ to: idOf('ada.king@example.com') }] } });
  expect((await addresses()).toSorted()).toEqual(['ada.king@example.com', 'bob@example.com']);
  expect(await lines()).toContainEqual({
    act: 'person moved',
    facts: { subscriber: idOf('ada.king@example.com'), realm: 'staff', way: 'operator' },
  });
  const behind = () => operator.ask('POST', '/operator/people/import', { rows: [{ line: 2, address: 'Ada@example.com' }] });
  const refused = [{ line: 2, field: 'address', problem: 'this person was moved to another address' }];
  expect((await behind()).body).toMatchObject({ added: 0, refused });
  expect((await addresses()).toSorted()).toEqual(['ada.king@example.com', 'bob@example.com']);
  const lift = { person: 'ada@example.com', reason: 'another Ada has this address now' };
  expect(await operator.ask('POST', '/operator/people/lift', lift)).toMatchObject({
    status: 200,
    body: { people: [{ was: { reason: 'moved to another address' } }] },
  });
  expect((await behind()).body).toMatchObject({ added: 1, refused: [] });
  expect(await operator.ask('POST', '/operator/people/move', { person: 'ada@example.com', address: 'ada.king@example.com' })).toMatchObject(
    {
      status: 409,
    },
  );
});

it('wants the scope for people', async () => {
  await operator.keyWith('read', 'send', 'configure', 'publish', 'keys');
  for (const [act, body] of Object.entries({ export: {}, erase: {}, move: { address: 'b@example.com' } })) {
    const asked = { person: 'ada@example.com', ...body };
    expect(await operator.ask('POST', `/operator/people/${act}`, asked, 'read+send+configure+publish+keys')).toMatchObject({ status: 403 });
  }
  expect((await addresses()).toSorted()).toEqual(['ada@example.com', 'bob@example.com']);
});
