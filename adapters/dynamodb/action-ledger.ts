import type { ActionLedger } from '../../core/intake/ports.ts';
import { isOpen, PromisedAction } from '../../core/postmortem/action.ts';
import { monthsBetween } from './months-between.ts';
import type { Condition, Item, Table } from './table.ts';
import { actionKey, actionPartition, closedActionsPartition, inClosedActions, inOpen, openPartition } from './table-shape.ts';

/** Sorts after every date, so that open actions without a due day come last in their list. */
const noDueDay = '9999-12-31';

const readAction = ({ pk: _pk, sk: _sk, gsi1pk: _p, gsi1sk: _s, listed: _l, revision: _r, ...item }: Item) => PromisedAction.parse(item);

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
    const actions: PromisedAction[] = [];
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
 * Lists every open action that may be published, by due day. Reads the index, which is eventually
 * consistent.
 */
export const dynamoOpenActions = (table: Table) => async (): Promise<PromisedAction[]> => {
  const actions: PromisedAction[] = [];
  for await (const item of table.queryAll(openPartition('action'), { index: true })) actions.push(PromisedAction.parse(item.listed));
  return actions;
};

/**
 * Lists every action that was closed since an instant and may be published, in the order of
 * closing. Reads the index, which is eventually consistent.
 */
export const dynamoClosedActions =
  (table: Table) =>
  async (since: Date, now: Date): Promise<PromisedAction[]> => {
    const actions: PromisedAction[] = [];
    for (const month of monthsBetween(since, now)) {
      for await (const item of table.queryAll(closedActionsPartition(month), { index: true, from: since.toISOString().slice(0, 19) })) {
        actions.push(PromisedAction.parse(item.listed));
      }
    }
    return actions;
  };
