import { type ActionRow, asEarlier, mayBeOpen, promiseAt, readActionRow } from '../../core/action/action.ts';
import { listedEvents } from '../../core/action/listed-events.ts';
import type { ActionLedger } from '../../core/action/ports.ts';
import { statusOf } from '../../core/action/status.ts';
import { monthsBetween } from './months-between.ts';
import type { Condition, Item, Table } from './table.ts';
import { actionKey, actionPartition, closedActionsPartition, inClosedActions, inOpen, openPartition } from './table-shape.ts';

/** Sorts after every date, so that open actions without a due day come last in their list. */
const noDueDay = '9999-12-31';

const readAction = ({ pk: _pk, sk: _sk, gsi1pk: _p, gsi1sk: _s, listed: _l, ...item }: Item) => readActionRow(item);

/** Releases before versions put the whole row on condition of its revision. */
const asItWasRead = ({ version, revision }: ActionRow): Condition =>
  version === 0
    ? {
        expression: 'attribute_not_exists(pk) OR (attribute_not_exists(#version) AND #revision <= :revision)',
        names: { '#version': 'version', '#revision': 'revision' },
        values: { ':revision': revision },
      }
    : { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } };

/** Open actions are listed by due day, closed ones by the month in which they were closed. */
function placeOf(row: ActionRow, now: Date) {
  const id = `${row.postmortem}#${row.aid}`;
  if (mayBeOpen(row, now)) return inOpen('action', statusOf(row, now).due ?? noDueDay, id);
  const { closedAt } = promiseAt(row, now);
  return closedAt === undefined ? undefined : inClosedActions(closedAt, id);
}

export const dynamoActionLedger = (table: Table): ActionLedger => ({
  async read(postmortem, aid) {
    const item = await table.read(actionKey(postmortem, aid));
    return item && readAction(item);
  },
  async list(postmortem) {
    const actions: ActionRow[] = [];
    for await (const item of table.queryAll(actionPartition(postmortem), { consistent: true })) actions.push(readAction(item));
    return actions;
  },
  async put(row, at) {
    const now = new Date(at);
    const next = { ...asEarlier(row, now), ...row, version: row.version + 1 };
    const place = row.visible && placeOf(row, now);
    const { keys: _, ...listed } = place ? { ...next, events: listedEvents(next) } : next;
    return table.put({ ...next, ...actionKey(row.postmortem, row.aid), ...(place && { ...place, listed }) }, asItWasRead(row));
  },
});

/**
 * Lists every action that may be published and is open, by due day, or was closed since an instant,
 * in the order of closing. Each is listed once: one that was closed between the two reads is found
 * in both. Reads the index, which is eventually consistent.
 */
export const dynamoActions =
  (table: Table) =>
  async (since: Date, now: Date): Promise<ActionRow[]> => {
    const found = new Map<string, ActionRow>();
    const list = async (partition: string, from?: string) => {
      for await (const { listed } of table.queryAll(partition, { index: true, ...(from !== undefined && { from }) })) {
        const action = readActionRow(Object(listed));
        found.delete(keyOf(action));
        found.set(keyOf(action), action);
      }
    };
    await list(openPartition('action'));
    for (const month of monthsBetween(since, now)) await list(closedActionsPartition(month), since.toISOString().slice(0, 19));
    return [...found.values()];
  };

const keyOf = ({ postmortem, aid }: ActionRow) => `${postmortem}#${aid}`;
