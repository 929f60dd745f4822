import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { TablePlan } from '../plan/tables.ts';
import { region } from '../template/local-aws.ts';

/** A client that goes straight to the engine. Its calls are not counted. */
export const directClient = (endpoint: string) =>
  new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

/**
 * Creates each table with its keys and indexes. A table that exists from an earlier start is left
 * unchanged.
 */
export async function createTables(client: DynamoDBClient, tables: readonly TablePlan[]): Promise<void> {
  for (const table of tables) {
    await client.send(new CreateTableCommand(inputOf(table))).catch(unlessThere);
    await untilActive(client, table.name);
  }
}

const inputOf = ({ name, GlobalSecondaryIndexes, KeySchema, AttributeDefinitions }: TablePlan) => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST' as const,
  KeySchema,
  AttributeDefinitions,
  ...(GlobalSecondaryIndexes.length === 0
    ? {}
    : {
        GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(({ Projection: { ProjectionType, NonKeyAttributes }, ...index }) => ({
          ...index,
          Projection: { ProjectionType, ...(NonKeyAttributes === undefined ? {} : { NonKeyAttributes }) },
        })),
      }),
});

const unlessThere = (error: unknown) => {
  if (!(error instanceof ResourceInUseException)) throw error;
};

async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
