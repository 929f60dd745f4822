import type { Item, Table } from './table.ts';
import type { Key } from './table-shape.ts';

/**
 * Puts a row, or leaves the one that is there as it is but for `puts`, which counts how often it
 * was put: whoever removes it can tell that somebody relies on it anew. True: it is new.
 */
export async function putOnce(table: Table, key: Key, item: Item): Promise<boolean> {
  for (;;) {
    if (await table.put({ ...key, ...item, puts: 1 }, { expression: 'attribute_not_exists(pk)' })) return true;
    if (await table.update(key, { add: { puts: 1 } }, { expression: 'attribute_exists(pk)' })) return false;
    // Removed in between.
  }
}
