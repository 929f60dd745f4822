import { openTable } from '../../adapters/dynamodb/table.ts';
import { profileKey } from '../../adapters/dynamodb/table-shape.ts';

const table = openTable(process.env.TABLE_NAME ?? '');

/**
 * One item by the SDK, and an answer of a few bytes: less no function can do that knows its reader.
 */
export const handler = async () => {
  const items = await table.readMany([profileKey('staff', '0'.repeat(32))]);
  return { statusCode: 200, body: items.length === 0 ? 'nobody' : 'somebody' };
};
