import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitionPatterns as all } from '../adapters/dynamodb/table-shape.ts';
import type { LedgerTable, TableAccess } from './constructs/ledger-table.ts';

/** What a function does in the table. Whatever is not here it cannot do: intake sees no address, web no postmortem. */
interface Access {
  readonly items: readonly TableAccess[];
  /** Partitions of the index that it lists. */
  readonly lists?: readonly string[];
}

const read = ['GetItem', 'BatchGetItem', 'Query'] as const;
const write = ['PutItem', 'UpdateItem'] as const;

const access = {
  intake: {
    items: [
      { actions: ['GetItem'], partitions: [all.keys, all.configuration] },
      { actions: [...read, ...write], partitions: [all.postmortems, all.renditions, all.actions] },
      { actions: ['GetItem', 'UpdateItem'], partitions: [all.editions] },
    ],
    lists: [all.listedPostmortems, all.listedWork],
  },
  operator: {
    items: [
      { actions: read, partitions: [all.postmortems, all.renditions, all.actions, all.editions, all.suppressions] },
      {
        actions: [...read, ...write, 'DeleteItem'],
        partitions: [all.people, all.subscriptions, all.keys, all.configuration],
      },
      { actions: ['UpdateItem'], partitions: [all.editions] },
      { actions: ['PutItem'], partitions: [all.audit] },
    ],
    lists: [all.listedPeople, all.listedKeys, all.listedEditions, all.listedPostmortems, all.listedWork],
  },
  compose: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      { actions: [...read, ...write], partitions: [all.postmortems, all.renditions, all.actions, all.editions] },
    ],
    lists: [all.listedPostmortems, all.listedEditions, all.listedWork],
  },
  deliver: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      { actions: ['Query'], partitions: [all.subscriptions] },
      { actions: [...read, ...write], partitions: [all.editions] },
      { actions: ['GetItem', ...write], partitions: [all.pacer] },
      { actions: ['GetItem', 'BatchGetItem'], partitions: [all.staff, all.editions, all.quota] },
    ],
  },
  deliverToCustomers: {
    items: [
      { actions: ['Query'], partitions: [all.customerSubscriptions] },
      { actions: [...read, ...write], partitions: [all.customerEditions] },
      { actions: ['GetItem', 'Query'], partitions: [all.customerRenditions] },
      { actions: ['GetItem', ...write], partitions: [all.pacer] },
      { actions: ['GetItem', 'BatchGetItem'], partitions: [all.customers, all.customerEditions, all.quota] },
    ],
  },
  feedback: {
    items: [
      { actions: ['GetItem', 'BatchGetItem', ...write], partitions: [all.editions] },
      { actions: ['GetItem', 'UpdateItem'], partitions: [all.people] },
    ],
  },
  web: { items: [{ actions: read, partitions: [all.renditions, all.editions] }] },
  sweep: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      { actions: ['GetItem', 'UpdateItem'], partitions: [all.postmortems] },
      { actions: [...read, 'UpdateItem'], partitions: [all.editions] },
      { actions: ['GetItem', ...write], partitions: [all.quota, all.sweep] },
    ],
    lists: [all.listedWork],
  },
} as const satisfies Record<string, Access>;

/** The statements that let this function do its work in the table. */
export function mayUse(table: LedgerTable, who: keyof typeof access): PolicyStatement[] {
  const { items, lists = [] }: Access = access[who];
  return [...items.map((item) => table.statement(item)), ...(lists.length > 0 ? [table.listStatement(lists)] : [])];
}
