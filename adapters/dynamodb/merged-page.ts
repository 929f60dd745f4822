import type { Item, QueryOptions, Table } from './table.ts';

export interface MergedLists {
  /** Partition of the index that items leave for the others, their sort key kept. */
  readonly open: string;
  /** Others that are read for every page, whatever their times. */
  readonly beside?: readonly string[];
  /**
   * The others, in the order of their keys: each is read only if those before it did not fill the
   * page.
   */
  readonly rest: Iterable<string>;
  readonly descending?: boolean;
  /** Sort key where the first page begins, included. */
  readonly from?: string;
  /** Sort key of the last item shown: the page begins behind it. */
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Which items belong to the list; all unless told. */
  readonly keeps?: (item: Item) => boolean;
}

/**
 * One page over lists that share a sort key, reading no more of each than the page may need. Open
 * work is read first: what moves on meanwhile is then found in both and shown once, never in
 * neither.
 */
export async function mergedPage(table: Table, lists: MergedLists): Promise<{ items: Item[]; cursor?: string }> {
  const open = await firstOf(table, lists.open, lists);
  const beside = (await Promise.all((lists.beside ?? []).map((partition) => firstOf(table, partition, lists)))).flat();
  const rest: Item[] = [];
  for (const partition of lists.rest) {
    if (rest.length > lists.limit) break;
    rest.push(...(await firstOf(table, partition, lists)));
  }
  const sorted = [...new Map([...open, ...beside, ...rest].map((item) => [String(item.pk), item])).values()].toSorted(
    by(lists.descending ? -1 : 1),
  );
  const items = sorted.slice(0, lists.limit);
  const last = items.at(-1);
  return { items, ...(last && sorted.length > lists.limit && { cursor: sortOf(last) }) };
}

/** One more than the page takes, so that it is known whether another follows. */
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
