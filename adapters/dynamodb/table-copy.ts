import { type LaneState, unsettledCopy } from '../../core/delivery/lane.ts';
import type { Condition, Item, Table } from './table.ts';
import { quotaKey } from './table-shape.ts';

/**
 * A table knows its name: it stands with the quota, which `sweep` writes each minute and every
 * worker reads with each chunk. A restored table has another name than the one that was written
 * into it, and is held until somebody settles it (docs/adr/024). A quota without a name, from
 * before names were written, holds nothing.
 */
export const nameAttribute = 'table';

/**
 * The name of the table that this one is a copy of; undefined: it is no copy, or it was settled.
 */
export const copiedFrom = ({ name }: Pick<Table, 'name'>, quota: Item | undefined): string | undefined => {
  const written = quota?.[nameAttribute];
  return typeof written === 'string' && written !== name ? written : undefined;
};

/** What holds a lane back: in a copy it is held whatever its own brake says. */
export const heldIfCopy = (state: LaneState, table: Pick<Table, 'name'>, quota: Item | undefined): LaneState =>
  copiedFrom(table, quota) === undefined ? state : { ...state, paused: { at: String(quota?.at), by: unsettledCopy } };

/** Loses in a copy. */
export const isNoCopy = ({ name }: Pick<Table, 'name'>): Condition => ({
  expression: 'attribute_not_exists(#table) OR #table = :table',
  names: { '#table': nameAttribute },
  values: { ':table': name },
});

/** From now on the table goes by its own name. Twice is once. */
export const endCopy = async (table: Table): Promise<void> => {
  await table.update(quotaKey, { set: { [nameAttribute]: table.name } });
};
