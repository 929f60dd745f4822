import { beforeAll, expect, it } from 'vitest';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Realm, StreamName } from '../../core/stream/stream.ts';
import { anEdition } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
const now = new Date('2026-11-23T12:00:00Z');
const since = '2026-09-01T00:00:00Z';
const [digests, notices] = [
  ['2026-09-07', '2026-10-05', '2026-11-02', '2026-11-16'],
  ['2026-10-12', '2026-11-09', '2026-11-20'],
].map((days) => days.map((day) => `${day}T09:00:00Z`)) as [string[], string[]];

let table: Table;
beforeAll(async () => {
  table = await freshTable();
  const store = dynamoEditionStore(table, () => now);
  const done = async (stream: StreamName, at: string, n: number) => {
    const { content: _, ...edition } = anEdition({ id: `${stream}_${n}`, stream, scheduledFor: at, composedAt: at, slots: [] });
    await store.create({ ...edition, completedAt: at });
  };
  for (const [n, at] of digests.entries()) await done('engineering-digest', at, n);
  for (const [n, at] of notices.entries()) await done('customer-notices', at, n);
});

it('operators see those of both realms in one order, page by page', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await dynamoEditionLister(table, () => now).list(1, cursor);
    seen.push(...page.editions.map(({ scheduledFor }) => scheduledFor));
    cursor = page.cursor;
  } while (cursor !== undefined);

  expect(seen).toEqual([...digests, ...notices].toSorted().toReversed());
});

it.each([
  ['staff', digests],
  ['customers', notices],
  [undefined, [...digests, ...notices].toSorted()],
] as const)('what is listed of a person of %s are editions of their realm', async (realm: Realm | undefined, expected) => {
  const ledger = dynamoPersonLedger(table, () => now, realm);

  expect((await ledger.editions(since, 100)).map(({ composedAt }) => composedAt)).toEqual(expected);
});

it('those to customers lie in lists of their own, which name no month of staff’s', async () => {
  const listed = async (partition: string) => (await table.query(partition, { index: true })).items.length;

  expect(await Promise.all(['EDS#2026-11', 'EDS#customers#2026-11', 'EDS#customers#2026-09'].map(listed))).toEqual([2, 2, 0]);
});
