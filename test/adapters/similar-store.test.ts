import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoSimilar } from '../../adapters/dynamodb/similar-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { similarKey } from '../../adapters/dynamodb/table-shape.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const found = (postmortem: string, earlier: string) => ({
  postmortem,
  earlier,
  began: '2026-06-01T10:00:00Z',
  terms: ['expired-certificate'],
  promises: [{ aid: 'a', caught: false }],
  foundAt: '2026-06-05T10:00:00Z',
});

describe('the rows of similar incidents', () => {
  it('are found once, so that what people said of one stands', async () => {
    const store = dynamoSimilar(table);
    await store.find(found('b', 'a'));
    const [first] = await store.of('b');
    expect(first).toEqual({ ...found('b', 'a'), state: 'found', version: 1 });
    expect(await store.put({ ...found('b', 'a'), version: 1, state: 'dismissed', by: 'somebody', at: '2026-06-06T10:00:00Z' })).toBe(true);
    await store.find(found('b', 'a'));
    expect(await store.of('b')).toMatchObject([{ state: 'dismissed', version: 2 }]);
  });

  it('are changed by the first of two that read the same', async () => {
    const store = dynamoSimilar(table);
    await store.find(found('b', 'a'));
    const [one] = await store.of('b');
    if (!one) return expect.unreachable();
    expect(await store.put({ ...one, state: 'confirmed' })).toBe(true);
    expect(await store.put({ ...one, state: 'dismissed' })).toBe(false);
    expect(await store.of('b')).toMatchObject([{ state: 'confirmed', version: 2 }]);
  });

  it('go if nobody said anything since they were read', async () => {
    const store = dynamoSimilar(table);
    for (const earlier of ['a', 'z']) await store.find(found('b', earlier));
    const [one, other] = await store.of('b');
    if (!one || !other) return expect.unreachable();
    await store.put({ ...one, state: 'confirmed' });
    for (const read of [one, other, other]) await store.forget(read);
    expect(await store.of('b')).toMatchObject([{ earlier: one.earlier, state: 'confirmed' }]);
    expect(await store.later('z')).toEqual([]);
  });

  it('are listed by the earlier one, without those that cannot be read', async () => {
    const store = dynamoSimilar(table);
    await store.find(found('b', 'a'));
    await store.find(found('c', 'a'));
    await store.find(found('c', 'b'));
    await table.put({ ...similarKey('d', 'a'), postmortem: 'd', gsi1pk: 'LATER#a', gsi1sk: 'x', listed: { postmortem: 'd' } });
    expect((await store.later('a')).map(({ postmortem }) => postmortem)).toEqual(['b', 'c']);
    expect(await store.of('d')).toEqual([]);
  });
});
