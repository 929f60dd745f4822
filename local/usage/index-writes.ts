import type { TablePlan } from '../plan/tables.ts';
import { type Item, itemSize, writeUnits } from './item-size.ts';

type Index = TablePlan['GlobalSecondaryIndexes'][number];
type Keys = TablePlan['KeySchema'];

const names = (keys: Keys) => keys.map(({ AttributeName }) => AttributeName);
const pick = (item: Item, wanted: readonly string[]): Item =>
  Object.fromEntries(wanted.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));
const same = (a: Item, b: Item) => JSON.stringify(a) === JSON.stringify(b);

/** What the index stores of an item. Undefined if the item lacks one of its keys. */
function entry(item: Item | undefined, index: Index, table: TablePlan): Item | undefined {
  const keys = names(index.KeySchema);
  if (item === undefined || keys.some((name) => item[name] === undefined)) return undefined;
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  if (ProjectionType === 'ALL') return item;
  return pick(item, [...names(table.KeySchema), ...keys, ...(ProjectionType === 'INCLUDE' ? NonKeyAttributes : [])]);
}

/**
 * Units that a write costs in the table's indexes, as DynamoDB documents it: none, one write, or
 * two if the index key changed.
 */
export function indexWriteUnits(table: TablePlan, before: Item | undefined, after: Item | undefined): number {
  return table.GlobalSecondaryIndexes.reduce(
    (sum, index) => sum + unitsIn(index, entry(before, index, table), entry(after, index, table)),
    0,
  );
}

function unitsIn(index: Index, before: Item | undefined, after: Item | undefined): number {
  if (before === undefined && after === undefined) return 0;
  if (before === undefined || after === undefined) return writeUnits(itemSize(before ?? after ?? {}));
  if (same(before, after)) return 0;
  const keys = names(index.KeySchema);
  if (!same(pick(before, keys), pick(after, keys))) return writeUnits(itemSize(before)) + writeUnits(itemSize(after));
  return writeUnits(Math.max(itemSize(before), itemSize(after)));
}
