import { afterAll, beforeAll, describe } from 'vitest';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { type Engine, engines } from './engines.ts';

/**
 * The same tests on every engine, whose name `%s` in the title is. `freshTable` gives an empty
 * table.
 */
export function onEachEngine(title: string, tests: (freshTable: () => Promise<Table>) => void): void {
  describe.each(Object.entries(engines))(title, (_name, start) => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start();
    });
    afterAll(() => engine.stop());
    tests(() => engine.freshTable());
  });
}
