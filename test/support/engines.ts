import { randomUUID } from 'node:crypto';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../adapters/dynamodb/table.ts';
import { openIndex, tableKeys } from '../../adapters/dynamodb/table-shape.ts';
import { createTables } from '../../local/dynamodb/create-tables.ts';
import { startDynalite } from '../../local/dynamodb/dynalite.ts';
import { dynoxideBinary, startDynoxide } from '../../local/dynamodb/dynoxide.ts';
import type { DynamoDbEngine } from '../../local/dynamodb/engine.ts';
import { region } from '../../local/template/local-aws.ts';

export interface Engine {
  /** A separate, empty table with our keys and index. */
  freshTable(): Promise<Table>;
  stop(): Promise<void>;
}

const binary = dynoxideBinary();

/**
 * Every embedded DynamoDB on this machine (on linux-x64, both). An adapter must behave the same on
 * each.
 */
export const engines: Record<string, () => Promise<Engine>> = {
  dynalite: async () => engineOf(await startDynalite()),
  ...(binary !== undefined && { dynoxide: async () => engineOf(await startDynoxide(binary)) }),
};

/**
 * The engines ask for a signature and check its form alone. To make one is nearly half of what a
 * call costs this process, and some tests make hundreds of calls.
 */
const unsigned: NonNullable<DynamoDBClientConfig['signer']> = async () => ({
  sign: async (request) => {
    request.headers.authorization = `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
    request.headers['x-amz-date'] = '20260101T000000Z';
    return request;
  },
});

function engineOf(engine: DynamoDbEngine): Engine {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region, credentials, signer: unsigned });
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
/** The keys and index of our only table, as in the template. */
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
