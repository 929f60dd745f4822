import { BatchWriteItemCommand, type DynamoDBClient, paginateScan, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { createTables } from '../dynamodb/create-tables.ts';
import type { TablePlan } from '../plan/tables.ts';

/** The most writes that DynamoDB takes in one call. */
const batchSize = 25;

/**
 * Makes what a restore makes: another table with the same keys, indexes and items. Returns its plan
 * and the number of items.
 */
export async function copyTable(client: DynamoDBClient, from: TablePlan, name: string): Promise<{ table: TablePlan; items: number }> {
  const table = { ...from, name };
  await createTables(client, [table]);
  let items = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from.name })) {
    const puts = Items.map((Item): WriteRequest => ({ PutRequest: { Item } }));
    for (let i = 0; i < puts.length; i += batchSize) await putAll(client, name, puts.slice(i, i + batchSize));
    items += puts.length;
  }
  return { table, items };
}

async function putAll(client: DynamoDBClient, name: string, puts: readonly WriteRequest[]): Promise<void> {
  let left = [...puts];
  while (left.length > 0) {
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: left } }));
    left = UnprocessedItems?.[name] ?? [];
  }
}
