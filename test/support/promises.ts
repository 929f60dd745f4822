import { dynamoActions } from '../../adapters/dynamodb/action-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { isOpen, promiseAt } from '../../core/action/action.ts';

/** The listed actions as mails would tell them. */
const told = async (table: Table, since: Date, now: Date) => (await dynamoActions(table)(since, now)).map((row) => promiseAt(row, now));

const far = new Date('2030-01-01T00:00:00Z');
export const openActions = async (table: Table, now = far) => (await told(table, now, now)).filter(isOpen);
export const closedActions = async (table: Table, since: Date, now: Date) =>
  (await told(table, since, now)).filter((action) => !isOpen(action));
