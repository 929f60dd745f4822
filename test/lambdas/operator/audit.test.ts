import { beforeEach, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

/** The zone of the file is Berlin's: its first of November begins at 23:00 UTC. */
async function withLines(...instants: string[]) {
  const operator = await anOperator(table);
  for (const [n, at] of instants.entries())
    await table.put({ pk: `AUDIT#${at.slice(0, 7)}`, sk: `${at}#${n}`, who: 'key-1', act: 'lane paused', facts: { lane: 'bulk' } });
  const times = async (query: string) => {
    const { body } = await operator.ask('GET', `/operator/audit?${query}`);
    return body.acts.map(({ at }: { at: string }) => at);
  };
  return { ...operator, times };
}

it('tells what was done, the latest first, what is of this very instant among it', async () => {
  const { ask } = await withLines('2026-11-02T00:00:00Z');
  await ask('PUT', '/operator/configuration', distributionYaml);

  expect(await ask('GET', '/operator/audit')).toMatchObject({
    status: 200,
    body: {
      acts: [
        { at: '2026-11-19T15:00:00Z', who: expect.stringMatching(/^[0-9a-f]{16}$/), act: 'configuration applied' },
        { at: '2026-11-02T00:00:00Z', who: 'key-1', act: 'lane paused', facts: { lane: 'bulk' } },
      ],
    },
  });
});

it('takes days of the organisation’s zone, both whole, and instants as they are', async () => {
  const { ask, times } = await withLines('2026-10-31T22:59:59Z', '2026-10-31T23:00:00Z', '2026-11-02T22:59:59Z', '2026-11-02T23:00:00Z');
  await ask('PUT', '/operator/configuration', distributionYaml);

  expect(await times('since=2026-11-01&until=2026-11-02')).toEqual(['2026-11-02T22:59:59Z', '2026-10-31T23:00:00Z']);
  expect(await times('since=2026-10-31T22:59:59Z&until=2026-11-02T22:59:59Z')).toEqual(['2026-10-31T23:00:00Z', '2026-10-31T22:59:59Z']);
});

it('leaves out what lies more than 400 days back, unless it is asked for', async () => {
  const { times } = await withLines('2025-01-15T00:00:00Z');
  expect(await times('')).toEqual([]);
  expect(await times('since=2025-01-01')).toEqual(['2025-01-15T00:00:00Z']);
});

it('goes on where a page ended', async () => {
  const { ask, times } = await withLines('2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z');
  const { body } = await ask('GET', '/operator/audit?limit=1');
  expect(body).toMatchObject({ acts: [{ at: '2026-11-03T00:00:00Z' }], cursor: '2026-11-03T00:00:00Z#1' });
  expect(await times(`cursor=${encodeURIComponent(body.cursor)}`)).toEqual(['2026-11-02T00:00:00Z']);
});

it.each([
  ['since=yesterday', 'since'],
  ['until=2026-02-30', 'until'],
  ['since=2020-01-01', 'since'],
  ['postmortem=No%20Id', 'postmortem'],
  ['cursor=x', 'cursor'],
  ['limit=0', 'limit'],
])('refuses %s and names the field', async (query, field) => {
  const { ask } = await withLines();
  expect(await ask('GET', `/operator/audit?${query}`)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});

it('names all that is wrong at once', async () => {
  const { ask } = await withLines();
  expect(await ask('GET', '/operator/audit?since=2020-01-01&until=soon&postmortem=No%20Id&limit=0')).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'limit' }, { field: 'until' }, { field: 'since' }, { field: 'postmortem' }] },
  });
});

it('wants the scope keys: a key that reads editions is not told what readers and other keys did', async () => {
  const { ask, keyWith } = await withLines();
  await keyWith('keys');
  await keyWith('publish', 'read', 'people', 'configure', 'send');
  expect(await ask('GET', '/operator/audit', undefined, 'keys')).toMatchObject({ status: 200 });
  expect(await ask('GET', '/operator/audit', undefined, 'publish+read+people+configure+send')).toMatchObject({ status: 403 });
});

it('says who the people among the ids are to keys that may know it, and to nobody else', async () => {
  const { ask, keyWith } = await anOperator(table);
  await dynamoPeopleStore(table).writeProfile(aProfile({ address: 'ada@example.com' }), 0);
  const line = { act: 'person exported', facts: { subscriber: aSid(2), by: 'person' } };
  await table.put({ pk: 'AUDIT#2026-11', sk: '2026-11-02T00:00:00Z#1', who: aSid(1), ...line });
  await keyWith('keys');

  expect((await ask('GET', '/operator/audit?addresses=true')).body.addresses).toEqual({ [aSid(1)]: 'ada@example.com' });
  expect((await ask('GET', '/operator/audit')).body.addresses).toBeUndefined();
  expect(await ask('GET', '/operator/audit?addresses=true', undefined, 'keys')).toMatchObject({ status: 403 });
});
