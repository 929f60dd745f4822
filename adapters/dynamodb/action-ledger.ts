import { isOpen, PromisedAction } from '../../core/action/action.ts';
import type { ActionLedger } from '../../core/intake/ports.ts';
import type { Condition, Item, Table } from './table.ts';
import { actionKey, actionPartition, inOpen, openPartition } from './table-shape.ts';

/** Sorts behind every date: open actions without a due day come last in their list. */
const noDueDay = '9999-12-31';

const readAction = ({ pk: _pk, sk: _sk, gsi1pk: _p, gsi1sk: _s, listed: _l, revision: _r, ...item }: Item) => PromisedAction.parse(item);

const notFromLater = (revision: number): Condition => ({
  expression: 'attribute_not_exists(pk) OR #revision <= :revision',
  names: { '#revision': 'revision' },
  values: { ':revision': revision },
});

export const dynamoActionLedger = (table: Table): ActionLedger => ({
  async list(postmortem) {
    const actions: PromisedAction[] = [];
    for await (const item of table.queryAll(actionPartition(postmortem), { consistent: true })) actions.push(readAction(item));
    return actions;
  },
  async put(action, revision, isTold) {
    const shows = isTold && isOpen(action);
    const item = {
      ...actionKey(action.postmortem, action.aid),
      ...action,
      revision,
      ...(shows && { ...inOpen('action', action.due ?? noDueDay, `${action.postmortem}#${action.aid}`), listed: action }),
    };
    await table.put(item, notFromLater(revision));
  },
});

/** Every action that is open and may be told of, by due day. From the index: eventually consistent. */
export const dynamoOpenActions = (table: Table) => async (): Promise<PromisedAction[]> => {
  const actions: PromisedAction[] = [];
  for await (const item of table.queryAll(openPartition('action'), { index: true })) actions.push(PromisedAction.parse(item.listed));
  return actions;
};
