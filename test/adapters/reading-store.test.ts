import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoReadings } from '../../adapters/dynamodb/reading-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { readingKey } from '../../adapters/dynamodb/table-shape.ts';
import type { Reading } from '../../core/readership/reading.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const reading = (change: Partial<Reading> = {}): Reading => ({
  postmortem: 'pm-1',
  blinded: 'a'.repeat(32),
  team: 'team:payments',
  on: '2026-11-23',
  how: 'page',
  ...change,
});

describe('the rows of readings', () => {
  it('keep the first view, and a press in its place', async () => {
    const store = dynamoReadings(table);
    await store.put(reading());
    await store.put(reading({ on: '2026-11-24' }));
    expect(await store.of('pm-1')).toEqual([reading()]);
    // What was told of the day and the team of the view stays true.
    await store.put(reading({ on: '2026-11-25', team: 'team:search', how: 'useful' }));
    await store.put(reading({ on: '2026-11-26' }));
    expect(await store.read('pm-1', 'a'.repeat(32))).toEqual(reading({ how: 'useful' }));
  });

  it('go only while they say what is to be removed', async () => {
    const store = dynamoReadings(table);
    await store.put(reading({ how: 'useful' }));
    await store.remove(reading());
    expect(await store.of('pm-1')).toHaveLength(1);
    await store.remove(reading({ how: 'useful' }));
    await store.remove(reading({ how: 'useful' }));
    expect(await store.of('pm-1')).toEqual([]);
  });

  it('are those of one postmortem, without what cannot be read, and expire', async () => {
    const store = dynamoReadings(table);
    await store.put(reading());
    await store.put(reading({ blinded: 'b'.repeat(32), team: undefined }));
    await store.put(reading({ postmortem: 'pm-10' }));
    await table.put({ ...readingKey('pm-1', 'c'.repeat(32)), postmortem: 'pm-1' });
    expect(await store.of('pm-1')).toHaveLength(2);
    expect(await table.read(readingKey('pm-1', 'a'.repeat(32)))).toMatchObject({ expiresAt: Date.parse('2027-12-28T00:00:00Z') / 1000 });
  });
});
