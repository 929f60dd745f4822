import { putKey } from '../../adapters/dynamodb/key-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { scopes } from '../../core/access/scope.ts';
import { toInstant } from '../../core/shared/instant.ts';

/**
 * The only key of a local stack. Everyone knows it, but it opens nothing except the sample data on
 * this machine.
 */
export const localKey = 'local';

/** Idempotent. */
export const putLocalKey = (table: Table): Promise<void> =>
  putKey(table, localKey, { label: 'the local stack', scopes: [...scopes], createdAt: toInstant(new Date()) });
