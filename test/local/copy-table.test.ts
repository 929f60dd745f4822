import { expect, it } from 'vitest';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { inOpen, openPartition, sweepKey } from '../../adapters/dynamodb/table-shape.ts';
import { copyTable } from '../../local/drill/copy-table.ts';
import { createTables, directClient } from '../../local/dynamodb/create-tables.ts';
import { startDynalite } from '../../local/dynamodb/dynalite.ts';
import { tableShape } from '../support/engines.ts';

it('a copied table has every item and lists it in its index, under a name of its own', async () => {
  const engine = await startDynalite();
  const client = directClient(engine.endpoint);
  try {
    const from = { name: 'old', ...tableShape };
    await createTables(client, [from]);
    const old = openTable('old', client);
    for (let n = 0; n < 60; n += 1)
      await old.put({ ...sweepKey(String(n)), text: 'x'.repeat(40_000), ...inOpen('leaf', `2026-11-23T08:00:${n}Z`, 'e') });

    const { table, items } = await copyTable(client, from, 'new');

    expect([table.name, items]).toEqual(['new', 60]);
    const copy = openTable('new', client);
    expect(await copy.read(sweepKey('59'))).toEqual(await old.read(sweepKey('59')));
    const listed = [];
    for await (const item of copy.queryAll(openPartition('leaf'), { index: true })) listed.push(item);
    expect(listed).toHaveLength(60);
  } finally {
    client.destroy();
    await engine.stop();
  }
});
