import { beforeAll, expect, it } from 'vitest';
import { dynamoKeyStore, putKey } from '../../adapters/dynamodb/key-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { authenticate, type KeyStore, storedKey } from '../../core/access/key.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const ci = storedKey('ci', { label: 'CI', scopes: ['publish'], createdAt: '2026-11-19T15:00:00Z' });

onEachEngine('keys on %s', (freshTable) => {
  let table: Table;
  let keys: KeyStore;
  beforeAll(async () => {
    table = await freshTable();
    keys = dynamoKeyStore(table);
  });

  it('keeps, lists without the hash, and removes a key once', async () => {
    await keys.put(ci);
    expect(await keys.read(ci.id)).toEqual(ci);
    const { hash: _, ...listed } = ci;
    expect(await keys.list(10)).toEqual({ keys: [listed] });
    expect(await keys.remove(ci.id)).toBe(true);
    expect(await keys.remove(ci.id)).toBe(false);
    expect(await keys.read(ci.id)).toBeUndefined();
    expect(await keys.list(10)).toEqual({ keys: [] });
  });

  it('knows a key that was put beforehand', async () => {
    const about = { label: 'this laptop', scopes: ['publish', 'keys'] as const, createdAt: '2026-11-19T15:00:00Z' };
    await putKey(table, 'local', about);
    await putKey(table, 'local', about);
    expect(await authenticate('local', keys)).toMatchObject({ scopes: ['publish', 'keys'] });
    expect((await keys.list(10)).keys).toHaveLength(1);
  });

  it('reads a key with a scope of a later release, which allows nothing here', async () => {
    const fresh = dynamoKeyStore(await freshTable());
    await fresh.put({ ...storedKey('later', { label: 'Later', scopes: ['read', 'fly'], createdAt: '2026-11-19T15:00:00Z' }) });
    expect(await authenticate('later', fresh)).toMatchObject({ scopes: ['read', 'fly'] });
    expect((await fresh.list(10)).keys).toMatchObject([{ scopes: ['read', 'fly'] }]);
  });

  it('lists each key once, page by page', async () => {
    const fresh = dynamoKeyStore(await freshTable());
    const about = { scopes: ['read'] as const, createdAt: '2026-11-19T15:00:00Z' };
    const stored = Array.from({ length: 7 }, (_, n) => storedKey(`key ${n}`, { label: `${n}`, ...about }));
    for (const key of stored) await fresh.put(key);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await fresh.list(3, cursor);
      expect(page.keys.length).toBeLessThanOrEqual(3);
      seen.push(...page.keys.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(stored.map(({ id }) => id).toSorted());
  });
});
