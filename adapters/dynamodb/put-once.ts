import type { Item, Table } from './table.ts';
import type { Key } from './table-shape.ts';

/**
 * Puts a row. An existing row is kept, except that `puts` counts one more put. A process that is
 * about to remove the row can tell from it that the row is in use again. Returns true if the row is
 * new.
 */
export async function putOnce(table: Table, key: Key, item: Item): Promise<boolean> {
  for (;;) {
    if (await table.put({ ...key, ...item, puts: 1 }, { expression: 'attribute_not_exists(pk)' })) return true;
    if (await table.update(key, { add: { puts: 1 } }, { expression: 'attribute_exists(pk)' })) return false;
    // The row was removed in between.
  }
}
