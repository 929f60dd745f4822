import { type LaneState, unsettledCopy } from '../../core/delivery/lane.ts';
import type { Condition, Item, Table } from './table.ts';
import { quotaKey } from './table-shape.ts';

/**
 * The attribute in which a table records its own name. It is stored with the quota, which `sweep`
 * writes each minute and every worker reads with each chunk. A restored table has a different name
 * from the one recorded in it, and its lanes are held until an operator settles it (docs/adr/024).
 * A quota from before names were recorded holds nothing.
 */
export const nameAttribute = 'table';

/**
 * The name of the table that this one is a copy of. Undefined if it is not a copy or was settled.
 */
export const copiedFrom = ({ name }: Pick<Table, 'name'>, quota: Item | undefined): string | undefined => {
  const written = quota?.[nameAttribute];
  return typeof written === 'string' && written !== name ? written : undefined;
};

/** What holds a lane back. In a copy the lane is held whatever its own brake says. */
export const heldIfCopy = (state: LaneState, table: Pick<Table, 'name'>, quota: Item | undefined): LaneState =>
  copiedFrom(table, quota) === undefined ? state : { ...state, paused: { at: String(quota?.at), by: unsettledCopy } };

/** A condition that fails in a copy. */
export const isNoCopy = ({ name }: Pick<Table, 'name'>): Condition => ({
  expression: 'attribute_not_exists(#table) OR #table = :table',
  names: { '#table': nameAttribute },
  values: { ':table': name },
});

/** Makes the table go by its own name from now on. Idempotent. */
export const endCopy = async (table: Table): Promise<void> => {
  await table.update(quotaKey, { set: { [nameAttribute]: table.name } });
};
