import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynoxideBinary } from '../../local/dynamodb/dynoxide.ts';
import { startToyStack } from '../support/toy-stack.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'local-data-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe.each([
  ['dynalite', true],
  ['dynoxide', dynoxideBinary() !== undefined],
] as const)('a data folder with %s', (engine, isInstalled) => {
  it.runIf(isInstalled)('keeps the table from one start to the next', async () => {
    const first = await startToyStack({ engine, dataDir });
    await first.table?.put({ pk: 'KEPT', sk: '1', text: 'still here' });
    await first.stop();

    const second = await startToyStack({ engine, dataDir });
    const kept = await second.table?.read({ pk: 'KEPT', sk: '1' });
    await second.stop();

    expect(kept).toMatchObject({ text: 'still here' });
  });
});

it('is left alone without one: a fresh start knows nothing', async () => {
  const first = await startToyStack();
  await first.table?.put({ pk: 'KEPT', sk: '1' });
  await first.stop();

  const second = await startToyStack();
  const kept = await second.table?.read({ pk: 'KEPT', sk: '1' });
  await second.stop();

  expect(kept).toBeUndefined();
});

it('stops what had started when something cannot start, and says why', async () => {
  await expect(startToyStack({ template: { Resources: { Stream: { Type: 'AWS::Kinesis::Stream' } } } })).rejects.toThrow(
    'AWS::Kinesis::Stream',
  );
});
