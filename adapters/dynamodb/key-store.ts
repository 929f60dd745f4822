import * as z from 'zod';
import { type KeyStore, type StoredKey, storedKey } from '../../core/access/key.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { Table } from './table.ts';
import { inKeys, keyKey, keysPartition } from './table-shape.ts';

const about = { label: z.string(), scopes: z.array(z.string()), createdAt: Instant };
const Stored = z.object({ id: z.string(), hash: z.string(), ...about });
const Listed = z.object({ gsi1sk: z.string(), listed: z.object(about) });

export const dynamoKeyStore = (table: Table): KeyStore => ({
  async read(id) {
    const item = await table.read(keyKey(id));
    return item && Stored.parse(item);
  },
  async list(limit, cursor) {
    const keys: Omit<StoredKey, 'hash'>[] = [];
    const from = cursor === undefined ? {} : { from: `${cursor}!` }; // '!' sorts before every digit, so this starts after the last key shown
    for await (const item of table.queryAll(keysPartition, { index: true, limit, ...from })) {
      const { gsi1sk: id, listed } = Listed.parse(item);
      keys.push({ id, ...listed });
      if (keys.length >= limit) return { keys, cursor: id };
    }
    return { keys };
  },
  async put({ id, hash, label, scopes, createdAt }) {
    const listed = { label, scopes, createdAt };
    await table.put({ ...keyKey(id), ...inKeys(id), id, hash, ...listed, listed });
  },
  remove: (id) => table.remove(keyKey(id), { expression: 'attribute_exists(pk)' }),
});

/** Stores a key that is known beforehand, such as `local` of a fresh local stack. Idempotent. */
export const putKey = (table: Table, key: string, about: Pick<StoredKey, 'label' | 'scopes' | 'createdAt'>): Promise<void> =>
  dynamoKeyStore(table).put(storedKey(key, about));
