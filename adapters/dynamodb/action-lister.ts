import { readActionRow } from '../../core/action/action.ts';
import type { ActionLister, ActionPage } from '../../core/operator/list-actions.ts';
import { dynamoActionLedger } from './action-ledger.ts';
import { monthsBetween } from './months-between.ts';
import { dynamoPostmortemList, dynamoPostmortemsOf } from './postmortem-store.ts';
import type { Item, Table } from './table.ts';
import { closedActionsPartition, openPartition } from './table-shape.ts';

/** Shows action items to people. Places are sort keys of the index. */
export const dynamoActionLister = (table: Table): ActionLister => ({
  open: (limit, after) => pageOf(table, [openPartition('action')], limit, after),
  closed(since, until, limit, after) {
    const begin = after === undefined || Date.parse(after.slice(0, 10)) < since.getTime() ? since : new Date(after.slice(0, 10));
    return pageOf(table, monthsBetween(begin, until).map(closedActionsPartition), limit, after, since.toISOString().slice(0, 19));
  },
  of: dynamoActionLedger(table).list,
  changed: dynamoPostmortemList(table),
  postmortems: dynamoPostmortemsOf(table),
});

/** Reads one more than the page takes, to learn whether another follows. */
async function pageOf(table: Table, partitions: readonly string[], limit: number, after?: string, from?: string): Promise<ActionPage> {
  const found: Item[] = [];
  const begin = after ?? from;
  for (const partition of partitions) {
    const options = { index: true, limit: limit + 2, ...(begin !== undefined && { from: begin }) };
    for await (const item of table.queryAll(partition, options)) {
      if (item.gsi1sk !== after) found.push(item);
      if (found.length > limit) break;
    }
    if (found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ listed }) => readActionRow(Object(listed))),
    ...(last && found.length > limit && { next: String(last.gsi1sk) }),
  };
}
