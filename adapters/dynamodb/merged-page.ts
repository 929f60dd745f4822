import type { Item, QueryOptions, Table } from './table.ts';

export interface MergedLists {
  /** The partition of the index that items leave for the others. They keep their sort key. */
  readonly open: string;
  /** Partitions that are read for every page, whatever the times of their items. */
  readonly beside?: readonly string[];
  /**
   * The other partitions, in the order of their keys, and in one group those whose keys mix. Each
   * is read only if those before it did not fill the page.
   */
  readonly rest: Iterable<string | readonly string[]>;
  readonly descending?: boolean;
  /** The sort key at which the first page begins, inclusive. */
  readonly from?: string;
  /** The sort key of the last item shown. The page begins after it. */
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Which items belong to the list. Default: all. */
  readonly keeps?: (item: Item) => boolean;
}

/**
 * Returns one page over lists that share a sort key, reading no more of each list than the page may
 * need. Open work is read first. An item that moves on in the meantime is then found in both lists
 * and shown once; it is never missed.
 */
export async function mergedPage(table: Table, lists: MergedLists): Promise<{ items: Item[]; cursor?: string }> {
  const open = await firstOf(table, lists.open, lists);
  const beside = (await Promise.all((lists.beside ?? []).map((partition) => firstOf(table, partition, lists)))).flat();
  const rest: Item[] = [];
  for (const group of lists.rest) {
    if (rest.length > lists.limit) break;
    for (const partition of [group].flat()) rest.push(...(await firstOf(table, partition, lists)));
  }
  const sorted = [...new Map([...open, ...beside, ...rest].map((item) => [String(item.pk), item])).values()].toSorted(
    by(lists.descending ? -1 : 1),
  );
  const items = sorted.slice(0, lists.limit);
  const last = items.at(-1);
  return { items, ...(last && sorted.length > lists.limit && { cursor: sortOf(last) }) };
}

/** Reads one more than the page takes, to learn whether another page follows. */
async function firstOf(
  table: Table,
  partition: string,
  { descending = false, from, cursor, limit, keeps = () => true }: MergedLists,
): Promise<Item[]> {
  const bound = cursor ?? from;
  const begin: QueryOptions = bound === undefined ? {} : descending ? { to: bound } : { from: bound };
  const found: Item[] = [];
  for await (const item of table.queryAll(partition, { index: true, descending, limit: limit + 2, ...begin })) {
    if (sortOf(item) !== cursor && keeps(item)) found.push(item);
    if (found.length > limit) break;
  }
  return found;
}

const sortOf = (item: Item) => String(item.gsi1sk);
const by = (direction: 1 | -1) => (a: Item, b: Item) => (sortOf(a) < sortOf(b) ? -direction : direction);
