import { randomUUID } from 'node:crypto';
import { openTable, type Table } from '../../adapters/dynamodb/table.ts';
import { openIndex, tableKeys } from '../../adapters/dynamodb/table-shape.ts';
import { createTables, directClient } from '../../local/dynamodb/create-tables.ts';
import { startDynalite } from '../../local/dynamodb/dynalite.ts';
import { dynoxideBinary, startDynoxide } from '../../local/dynamodb/dynoxide.ts';
import type { DynamoDbEngine } from '../../local/dynamodb/engine.ts';

export interface Engine {
  /** A table of its own, empty, with our keys and index. */
  freshTable(): Promise<Table>;
  stop(): Promise<void>;
}

const binary = dynoxideBinary();

/**
 * Every embedded DynamoDB of this machine (on linux-x64 both): an adapter has to behave alike on
 * each.
 */
export const engines: Record<string, () => Promise<Engine>> = {
  dynalite: async () => engineOf(await startDynalite()),
  ...(binary !== undefined && { dynoxide: async () => engineOf(await startDynoxide(binary)) }),
};

function engineOf(engine: DynamoDbEngine): Engine {
  const client = directClient(engine.endpoint);
  return {
    async freshTable() {
      const name = `t-${randomUUID()}`;
      await createTables(client, [{ name, ...tableShape }]);
      return openTable(name, client);
    },
    async stop() {
      client.destroy();
      await engine.stop();
    },
  };
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];
/** Our one table's keys and index, as the template has them. */
export const tableShape = {
  AttributeDefinitions: [tableKeys.partition, tableKeys.sort, openIndex.partition, openIndex.sort].map(text),
  KeySchema: keys(tableKeys.partition, tableKeys.sort),
  GlobalSecondaryIndexes: [
    {
      IndexName: openIndex.name,
      KeySchema: keys(openIndex.partition, openIndex.sort),
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...openIndex.projected] },
    },
  ],
};
