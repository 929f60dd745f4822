import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { type AddressInfo, connect, createServer } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../../adapters/dynamodb/table.ts';
import { openIndex, tableKeys } from '../../adapters/dynamodb/table-shape.ts';

export interface Engine {
  /** A table of its own, empty, with our keys and index. */
  freshTable(): Promise<Table>;
  stop(): Promise<void>;
}

/** Both embedded DynamoDB engines: an adapter has to behave alike on each. */
export const engines: Record<string, () => Promise<Engine>> = { dynoxide: startDynoxide, dynalite: startDynalite };

async function startDynoxide(): Promise<Engine> {
  const port = await freePort();
  const binary = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  const child = spawn(binary, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  await reachable(port);
  return engineAt(port, async () => {
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  });
}

async function startDynalite(): Promise<Engine> {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return engineAt((server.address() as AddressInfo).port, () => new Promise((resolve) => server.close(() => resolve())));
}

function engineAt(port: number, stop: () => Promise<void>): Engine {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    async freshTable() {
      const name = `t-${randomUUID()}`;
      await client.send(new CreateTableCommand(tableInput(name)));
      return openTable(name, client);
    },
    async stop() {
      client.destroy();
      await stop();
    },
  };
}

const tableInput = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [tableKeys.partition, tableKeys.sort, openIndex.partition, openIndex.sort].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S' as const,
  })),
  KeySchema: [
    { AttributeName: tableKeys.partition, KeyType: 'HASH' as const },
    { AttributeName: tableKeys.sort, KeyType: 'RANGE' as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: openIndex.name,
      KeySchema: [
        { AttributeName: openIndex.partition, KeyType: 'HASH' as const },
        { AttributeName: openIndex.sort, KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...openIndex.projected] },
    },
  ],
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function reachable(port: number): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    const socket = connect({ port, host: '127.0.0.1' });
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nothing listens on port ${port}`);
}
