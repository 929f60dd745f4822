import { join } from 'node:path';
import dynalite from 'dynalite';
import { listenOnLoopback } from '../http/listen.ts';
import type { DynamoDbEngine } from './engine.ts';

/**
 * DynamoDB in this process, for machines without dynoxide. It does not count units for index
 * writes.
 */
export async function startDynalite(dataDir?: string): Promise<DynamoDbEngine> {
  const immediately = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const server = dynalite({ ...immediately, ...(dataDir === undefined ? {} : { path: join(dataDir, 'dynalite') }) });
  const port = await listenOnLoopback(server, 0);
  return {
    name: 'dynalite',
    endpoint: `http://127.0.0.1:${port}`,
    reportsIndexWrites: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
