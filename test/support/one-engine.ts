import { afterAll, beforeAll } from 'vitest';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { type Engine, engines } from './engines.ts';

/**
 * One embedded DynamoDB for a test file, the faster one that this machine has. Each call returns a
 * fresh table.
 */
export function oneEngine(): () => Promise<Table> {
  let engine: Engine;
  beforeAll(async () => {
    const start = engines.dynoxide ?? engines.dynalite;
    if (!start) throw new Error('no engine runs here');
    engine = await start();
  });
  afterAll(() => engine.stop());
  return () => engine.freshTable();
}
