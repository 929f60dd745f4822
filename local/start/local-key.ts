import { putKey } from '../../adapters/dynamodb/key-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { scopes } from '../../core/access/scope.ts';
import { toInstant } from '../../core/shared/instant.ts';

/**
 * The one key of a local stack, which everyone knows: it opens nothing but this machine's own
 * sample data.
 */
export const localKey = 'local';

/** Twice is once. */
export const putLocalKey = (table: Table): Promise<void> =>
  putKey(table, localKey, { label: 'the local stack', scopes: [...scopes], createdAt: toInstant(new Date()) });
