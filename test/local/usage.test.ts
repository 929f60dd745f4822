import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynoxideBinary } from '../../local/dynamodb/dynoxide.ts';
import { itemSize } from '../../local/usage/item-size.ts';
import type { UsageLine } from '../../local/usage/ledger.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

it('counts the bytes of an item as DynamoDB does: names and values', () => {
  expect(itemSize({ pk: { S: 'ab' }, n: { N: '1234' }, m: { M: { k: { BOOL: true } } }, s: { SS: ['ä', 'b'] } })).toBe(4 + 4 + 7 + 4);
});

describe.each([
  ['dynalite', true],
  ['dynoxide', dynoxideBinary() !== undefined],
] as const)('usage on %s', (engine, isInstalled) => {
  let stack: ToyStack;
  beforeAll(async () => {
    if (!isInstalled) return;
    stack = await startToyStack({ engine });
  });
  afterAll(() => stack?.stop());

  const used = async (message: object): Promise<readonly UsageLine[]> => {
    await stack.call('DELETE', '/_local/usage');
    await stack.send('toy-work', message);
    await stack.call('POST', '/_local/drain');
    return (await stack.call<UsageLine[]>('GET', '/_local/usage')).body;
  };

  it.runIf(isInstalled)('tells a write’s units by its size', async () => {
    const lines = await used({ id: 'large', padding: 'x'.repeat(3000) });

    expect(lines).toContainEqual({ service: 'dynamodb', operation: 'PutItem', function: 'worker', calls: 1, readUnits: 0, writeUnits: 4 });
  });

  it.runIf(isInstalled)('adds what the index costs: one write, or two where its key changes', async () => {
    const [put] = await used({ id: 'listed', list: 'A' });
    const [moved] = await used({ id: 'listed', list: 'B' });

    expect([put?.writeUnits, moved?.writeUnits]).toEqual([2, 3]);
  });

  it.runIf(isInstalled)('adds what a failed condition costs: the size of the item that is there', async () => {
    await used({ id: 'there', padding: 'x'.repeat(5000) });
    const [failed] = await used({ id: 'there', condition: true });

    expect(failed).toMatchObject({ operation: 'UpdateItem', calls: 1, writeUnits: 6 });
  });
});
