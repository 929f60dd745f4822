import { beforeEach, expect, it } from 'vitest';
import { mergedPage } from '../../adapters/dynamodb/merged-page.ts';
import type { Item, Table } from '../../adapters/dynamodb/table.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const months = ['M#09', 'M#10', 'M#11'];
/** Item n of thirty: every fourth is still open, the others lie in the month of their sort key. */
const sortOf = (n: number) => `${months[Math.floor(n / 10)]?.slice(2)}-${String(n).padStart(2, '0')}`;
const placed = (n: number, isOpen: boolean) => ({ gsi1pk: isOpen ? 'OPEN' : `M#${sortOf(n).slice(0, 2)}`, gsi1sk: sortOf(n) });
const all = Array.from({ length: 30 }, (_, n) => n);

onEachEngine('pages over several lists on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
    await Promise.all(all.map((n) => table.put({ pk: `I#${n}`, sk: 'X', ...placed(n, n % 4 === 0), listed: { n } })));
  });

  const pageThrough = async (
    options: { descending?: boolean; from?: string },
    between: (page: number) => Promise<unknown> = async () => {},
  ) => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
      const rest = options.descending ? months.toReversed() : months;
      const at = cursor?.slice(0, 2);
      const left = rest.filter((month) => at === undefined || (options.descending ? month <= `M#${at}` : month >= `M#${at}`));
      const answer: { items: Item[]; cursor?: string } = await mergedPage(table, {
        open: 'OPEN',
        rest: left,
        limit: 4,
        cursor,
        ...options,
      });
      expect(answer.items.length).toBeLessThanOrEqual(4);
      seen.push(...answer.items.map(({ gsi1sk }) => String(gsi1sk)));
      cursor = answer.cursor;
      await between(page);
    }
    return seen;
  };

  it('shows each item once, in one order over all lists', async () => {
    expect(await pageThrough({})).toEqual(all.map(sortOf));
    expect(await pageThrough({ descending: true })).toEqual(all.map(sortOf).toReversed());
  });

  it('begins where it is told', async () => {
    expect(await pageThrough({ from: sortOf(17) })).toEqual(all.slice(17).map(sortOf));
  });

  it('neither loses nor repeats what moves to its month while somebody pages', async () => {
    const finish = (page: number) => table.put({ pk: `I#${page * 4}`, sk: 'X', ...placed(page * 4, false), listed: {} });
    expect(await pageThrough({}, finish)).toEqual(all.map(sortOf));
  });

  it('shows once what moves on to its month in the middle of a page', async () => {
    let reads = 0;
    const moving: Table = {
      ...table,
      async *queryAll(partition, options) {
        reads += 1;
        if (reads === 2) await table.put({ pk: 'I#0', sk: 'X', ...placed(0, false), listed: {} });
        yield* table.queryAll(partition, options);
      },
    };
    const { items } = await mergedPage(moving, { open: 'OPEN', rest: months, limit: 30 });
    expect(items.map(({ gsi1sk }) => gsi1sk)).toEqual(all.map(sortOf));
  });

  it('ends without another page where the last one is just full', async () => {
    const { items, cursor } = await mergedPage(table, { open: 'OPEN', rest: months, limit: 30 });
    expect([items.length, cursor]).toEqual([30, undefined]);
  });

  it('reads no more of a list than the page may need', async () => {
    const read: Item[] = [];
    const counting: Table = {
      ...table,
      async *queryAll(partition, options) {
        for (const item of (await table.query(partition, options)).items) {
          read.push(item);
          yield item;
        }
      },
    };
    await mergedPage(counting, { open: 'OPEN', rest: months, limit: 2 });
    expect(read.length).toBeLessThanOrEqual(6);
  });
});
