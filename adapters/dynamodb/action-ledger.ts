import { type ActionRow, isOpen, type PromisedAction, readActionRow } from '../../core/action/action.ts';
import type { ActionLedger } from '../../core/intake/ports.ts';
import { monthsBetween } from './months-between.ts';
import type { Condition, Item, Table } from './table.ts';
import { actionKey, actionPartition, closedActionsPartition, inClosedActions, inOpen, openPartition } from './table-shape.ts';

/** Sorts after every date, so that open actions without a due day come last in their list. */
const noDueDay = '9999-12-31';

const readAction = ({ pk: _pk, sk: _sk, gsi1pk: _p, gsi1sk: _s, listed: _l, ...item }: Item) => readActionRow(item);

const notFromLater = (revision: number): Condition => ({
  expression: 'attribute_not_exists(pk) OR #revision <= :revision',
  names: { '#revision': 'revision' },
  values: { ':revision': revision },
});

/** Open actions are listed by due day, closed ones by the month in which they were closed. */
function placeOf(action: PromisedAction) {
  const id = `${action.postmortem}#${action.aid}`;
  if (isOpen(action)) return inOpen('action', action.due ?? noDueDay, id);
  return action.closedAt && inClosedActions(action.closedAt, id);
}

export const dynamoActionLedger = (table: Table): ActionLedger => ({
  async list(postmortem) {
    const actions: ActionRow[] = [];
    for await (const item of table.queryAll(actionPartition(postmortem), { consistent: true })) actions.push(readAction(item));
    return actions;
  },
  async put(action, revision, isTold) {
    const place = isTold && placeOf(action);
    const item = { ...actionKey(action.postmortem, action.aid), ...action, revision, ...(place && { ...place, listed: action }) };
    await table.put(item, notFromLater(revision));
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
