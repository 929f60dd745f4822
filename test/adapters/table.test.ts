import { beforeAll, expect, it } from 'vitest';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

onEachEngine('the table on %s', (freshTable) => {
  let table: Table;
  beforeAll(async () => {
    table = await freshTable();
  });

  it('lets one of twenty conditional puts win', async () => {
    const tries = Array.from({ length: 20 }, (_, n) => table.put({ pk: 'RACE', sk: '1', n }, { expression: 'attribute_not_exists(pk)' }));
    const won = await Promise.all(tries);
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('answers a lost update with undefined and changes nothing', async () => {
    await table.put({ pk: 'A', sk: '1', version: 1, outcomes: { ab: 'x' } });
    const lost = await table.update({ pk: 'A', sk: '1' }, { set: { version: 9 } }, { expression: 'version = :v', values: { ':v': 7 } });
    expect(lost).toBeUndefined();
    expect(await table.read({ pk: 'A', sk: '1' })).toMatchObject({ version: 1 });
  });

  it('changes nested members, sets and numbers in one update and answers the whole item', async () => {
    await table.put({ pk: 'B', sk: '1', count: 1, outcomes: { ab: 'x' }, gone: true });
    const after = await table.update(
      { pk: 'B', sk: '1' },
      { set: { 'outcomes.cd': 'y', status: 'new' }, add: { count: 2, tags: new Set(['t']) }, remove: ['gone'] },
    );
    expect(after).toEqual({ pk: 'B', sk: '1', count: 3, outcomes: { ab: 'x', cd: 'y' }, status: 'new', tags: new Set(['t']) });
  });

  it('reads any number of keys and leaves out those without an item', async () => {
    const keys = Array.from({ length: 130 }, (_, n) => ({ pk: 'MANY', sk: String(n) }));
    for (const key of keys.slice(0, 120)) await table.put(key);
    expect(await table.readMany(keys)).toHaveLength(120);
  });

  it('pages through a partition in order, between two bounds', async () => {
    for (const sk of ['a', 'b', 'c', 'd']) await table.put({ pk: 'PAGE', sk });
    const found: unknown[] = [];
    for await (const item of table.queryAll('PAGE', { from: 'b', limit: 1 })) found.push(item.sk);
    expect(found).toEqual(['b', 'c', 'd']);
  });

  it('shows an item in the index only while it carries the index key', async () => {
    await table.put({ pk: 'C', sk: '1', gsi1pk: 'OPEN#outbox', gsi1sk: '2026', listed: { id: 'c' } });
    expect((await table.query('OPEN#outbox', { index: true })).items).toMatchObject([{ listed: { id: 'c' } }]);
    await table.update({ pk: 'C', sk: '1' }, { remove: ['gsi1pk', 'gsi1sk'] });
    expect((await table.query('OPEN#outbox', { index: true })).items).toEqual([]);
  });
});
