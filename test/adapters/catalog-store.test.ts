import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { dynamoCatalogStore } from '../../adapters/dynamodb/catalog-store.ts';
import { pack } from '../../adapters/dynamodb/packed.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { catalogHeadKey, catalogPartition, catalogPartKey } from '../../adapters/dynamodb/table-shape.ts';
import { catalogOf } from '../../core/catalog/catalog.ts';
import { aService } from '../support/catalog.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-17T15:00:00Z');
const aWeekOn = Date.parse('2026-11-24T15:00:00Z') / 1000;
const catalogWith = (...names: string[]) => catalogOf({ services: names.map((name) => aService(name)), teams: [{ name: 'Payments' }] });

/** Text that does not compress, so that it takes several parts. */
const large = catalogOf({
  services: Array.from({ length: 5000 }, (_, n) =>
    aService(`service-${n}`, { about: randomBytes(110).toString('hex'), dependsOn: [randomBytes(100).toString('hex')] }),
  ),
  teams: [],
});

const rows = async (table: Table) => {
  const found = [];
  for await (const item of table.queryAll(catalogPartition)) found.push(item);
  return found;
};

/** A table whose process dies at one of its writes, counted from 1. */
const dyingAt = (table: Table, write: number): Table => {
  let writes = 0;
  const counted = <A extends unknown[], R>(act: (...given: A) => Promise<R>) => {
    return async (...given: A) => {
      writes += 1;
      if (writes === write) throw new Error('died');
      return act(...given);
    };
  };
  return { ...table, put: counted(table.put), update: counted(table.update) };
};

onEachEngine('the stored service catalogue on %s', (freshTable) => {
  it('is read back as it was put, with its counts', async () => {
    const store = dynamoCatalogStore(await freshTable(), now);
    const catalog = catalogWith('payments', 'cart');

    expect([await store.read(), await store.head()]).toEqual([undefined, undefined]);
    expect(await store.put(catalog, { readHash: undefined })).toBe('put');
    expect(await store.read()).toEqual(catalog);
    expect(await store.head()).toEqual({ hash: catalog.hash, services: 2, teams: 1, at: '2026-11-17T15:00:00Z' });
  });

  it('is put by whoever read it last, and by nobody else', async () => {
    const store = dynamoCatalogStore(await freshTable(), now);
    const [first, second] = [catalogWith('a'), catalogWith('b')];
    await store.put(first, { readHash: undefined });

    expect(await store.put(second, { readHash: undefined })).toBe('changed meanwhile');
    expect(await store.put(second, { readHash: second.hash })).toBe('changed meanwhile');
    expect(await store.put(second, { readHash: first.hash })).toBe('put');
    expect(await store.read()).toEqual(second);
  });

  it('takes one of two imports at once', async () => {
    const table = await freshTable();
    const both = [catalogWith('a'), catalogWith('b')];

    const said = await Promise.all(both.map((catalog) => dynamoCatalogStore(table, now).put(catalog, { readHash: undefined })));

    expect(said.toSorted()).toEqual(['changed meanwhile', 'put']);
    expect(await dynamoCatalogStore(table, now).read()).toEqual(both[said.indexOf('put')]);
  });

  it('keeps what was replaced for a week, for who is reading it, and the current one for good', async () => {
    const table = await freshTable();
    const store = dynamoCatalogStore(table, now);
    await store.put(catalogWith('a'), { readHash: undefined });
    await store.put(catalogWith('b'), { readHash: catalogWith('a').hash });
    await store.put(catalogWith('a'), { readHash: catalogWith('b').hash });

    expect((await rows(table)).map(({ sk, expiresAt }) => [String(sk).slice(0, 14), expiresAt])).toEqual([
      ['HEAD', undefined],
      ['PART#000000001', aWeekOn],
      ['PART#000000002', aWeekOn],
      ['PART#000000003', undefined],
    ]);
  });

  it('stays as it was when an import dies before its head, and the import that follows clears up', async () => {
    const table = await freshTable();
    const [first, second, third] = [catalogWith('a'), catalogWith('b'), catalogWith('c')];
    await dynamoCatalogStore(table, now).put(first, { readHash: undefined });

    await expect(dynamoCatalogStore(dyingAt(table, 2), now).put(second, { readHash: first.hash })).rejects.toThrow('died');
    expect(await dynamoCatalogStore(table, now).read()).toEqual(first);
    await dynamoCatalogStore(table, now).put(third, { readHash: first.hash });
    expect(await dynamoCatalogStore(table, now).read()).toEqual(third);
    expect((await rows(table)).filter(({ expiresAt }) => expiresAt === undefined)).toHaveLength(2);
  });

  it('is the new one when an import dies right after its head', async () => {
    const table = await freshTable();
    const [first, second] = [catalogWith('a'), catalogWith('b')];
    await dynamoCatalogStore(table, now).put(first, { readHash: undefined });

    await expect(dynamoCatalogStore(dyingAt(table, 3), now).put(second, { readHash: first.hash })).rejects.toThrow('died');
    expect(await dynamoCatalogStore(table, now).read()).toEqual(second);
  });

  it('does not expire the parts of an import that is under way', async () => {
    const table = await freshTable();
    const [first, second, third] = [catalogWith('a'), catalogWith('b'), catalogWith('c')];
    await dynamoCatalogStore(table, now).put(first, { readHash: undefined });
    // `second` is current, and what clears up after it is late: `third` has its parts there by then.
    const late: Table = {
      ...table,
      async *queryAll(...asked) {
        const store = dynamoCatalogStore({ ...table, update: async () => undefined }, now);
        await store.put(third, { readHash: second.hash });
        yield* table.queryAll(...asked);
      },
    };
    await dynamoCatalogStore(late, now).put(second, { readHash: first.hash });

    const third_ = (await rows(table)).filter(({ sk }) => String(sk).startsWith('PART#000000003'));
    expect(third_.map(({ expiresAt }) => expiresAt)).toEqual([undefined]);
    expect(await dynamoCatalogStore(table, now).read()).toEqual(third);
  });

  it('takes as many parts as it needs', async () => {
    const table = await freshTable();
    const store = dynamoCatalogStore(table, now);

    await store.put(large, { readHash: undefined });

    const sizes = (await rows(table)).flatMap(({ bytes }) => (bytes instanceof Uint8Array ? [bytes.length] : []));
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(350_000);
    expect(await store.read()).toEqual(large);
  });

  it('leaves out what a later release wrote and this one cannot read, and no more', async () => {
    const table = await freshTable();
    const store = dynamoCatalogStore(table, now);
    const ours = aService('cart');
    const later = { ...ours, ref: 'component:default/later', dependsOn: [{ ref: 'component:default/cart', how: 'calls' }] };
    const catalog = catalogOf({ services: [ours], teams: [{ name: 'Shop' }] });
    await store.put(catalog, { readHash: undefined });
    const bytes = await pack({ ...catalog, services: [later, { ...ours, tier: 1 }], domains: [] });
    await table.put({ ...catalogPartKey(1, catalog.hash, 0), bytes });

    expect(await store.read()).toEqual(catalog);
  });

  it('says what to do where a part is missing, and is put anew over it', async () => {
    const table = await freshTable();
    const store = dynamoCatalogStore(table, now);
    const catalog = catalogWith('a');
    await store.put(catalog, { readHash: undefined });
    for (const { pk, sk } of await rows(table)) if (sk !== catalogHeadKey.sk) await table.remove({ pk: String(pk), sk: String(sk) });

    await expect(store.read()).rejects.toThrow('import it again');
    expect(await store.put(catalog, { readHash: catalog.hash })).toBe('put');
    expect(await store.read()).toEqual(catalog);
  });
});
