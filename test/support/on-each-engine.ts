import { afterAll, beforeAll, describe } from 'vitest';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { type Engine, engines } from './engines.ts';

/**
 * Runs the same tests on every engine. `%s` in the title is the engine's name. `freshTable` creates
 * an empty table.
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
