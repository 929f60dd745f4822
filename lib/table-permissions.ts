import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitionPatterns as all, realmPatterns } from '../adapters/dynamodb/table-shape.ts';
import type { LedgerTable, TableAccess } from './constructs/ledger-table.ts';

interface Access {
  readonly items: readonly TableAccess[];
  /** Partitions of the index that it lists. */
  readonly lists?: readonly string[];
}

/** Intake pays what a postmortem owes when it takes it in; sweep pays after a crash. */
const paying = [
  { actions: ['GetItem', 'UpdateItem'], partitions: [all.postmortems] },
  { actions: ['Query', 'PutItem'], partitions: [all.actions] },
  { actions: ['PutItem'], partitions: [all.renditions] },
  { actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], partitions: [all.search] },
  { actions: ['UpdateItem'], partitions: [all.editions] },
  // Who sent the revision. A postmortem is of staff.
  { actions: ['PutItem'], partitions: realmPatterns.staff.audit },
] as const satisfies readonly TableAccess[];

const allAnswers = [...realmPatterns.staff.listedAnswers, ...realmPatterns.customers.listedAnswers] as const;

/**
 * A person is erased: written down, their rows and profile go, and what keeps them from being
 * imported stays.
 */
const erasing = [
  { actions: ['GetItem', 'PutItem'], partitions: [all.erasures] },
  { actions: ['DeleteItem'], partitions: [all.people, all.subscriptions] },
  { actions: ['Query'], partitions: [all.slots] },
  { actions: ['UpdateItem'], partitions: [all.suppressions] },
] as const satisfies readonly TableAccess[];

/** What pages do for the people of one realm: they see nobody of the other. */
const pagesOf = ({ people, subscriptions, slots, editions, limits, erasures, audit }: (typeof realmPatterns)[keyof typeof realmPatterns]) =>
  [
    { actions: ['GetItem'], partitions: [all.configuration] },
    { actions: ['GetItem', 'BatchGetItem'], partitions: editions },
    { actions: ['BatchGetItem', 'PutItem', 'DeleteItem'], partitions: people },
    // Readers come into a slot and leave one; the last one takes it out of the list.
    { actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'], partitions: [...subscriptions, ...slots] },
    // Who signs up, and how often.
    { actions: ['UpdateItem'], partitions: limits },
    // Who downloads what is stored of them, and who erases themselves.
    { actions: ['PutItem', 'Query'], partitions: audit },
    { actions: ['GetItem', 'PutItem'], partitions: erasures },
    // What outlives a profile, by a hash that can only be asked for.
    { actions: ['BatchGetItem', 'UpdateItem'], partitions: [all.suppressions] },
  ] as const satisfies readonly TableAccess[];

/**
 * What each function does in the table, and nothing that it does not: intake sees no person, web no
 * postmortem. One BatchGetItem must be allowed by one statement, so what is read together stands
 * together.
 */
const access = {
  intake: {
    items: [
      { actions: ['GetItem'], partitions: [all.keys, all.configuration] },
      { actions: ['PutItem'], partitions: [all.postmortems] },
      ...paying,
    ],
    lists: [all.listedPostmortems, all.listedWork],
  },
  operator: {
    items: [
      { actions: ['GetItem', 'PutItem', 'DeleteItem'], partitions: [all.keys] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.configuration] },
      { actions: ['GetItem', 'BatchGetItem', 'PutItem'], partitions: [all.people] },
      { actions: ['PutItem'], partitions: [all.subscriptions, all.audit] },
      { actions: ['UpdateItem'], partitions: [all.subscriptions] },
      { actions: ['BatchGetItem'], partitions: [all.suppressions] },
      { actions: ['Query'], partitions: [all.audit] },
      ...erasing,
      { actions: ['GetItem', 'BatchGetItem', 'Query'], partitions: [all.postmortems, all.renditions, all.editions] },
      // Brakes, and deliveries that an operator has sent again.
      { actions: ['PutItem', 'UpdateItem'], partitions: [all.editions] },
      { actions: ['BatchGetItem', 'UpdateItem'], partitions: [all.lanes, all.quota] },
    ],
    lists: [all.listedPeople, all.listedKeys, all.listedEditions, ...allAnswers, all.listedPostmortems, all.listedActions, all.listedWork],
  },
  compose: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration, all.renditions] },
      { actions: ['GetItem', 'BatchGetItem', 'UpdateItem'], partitions: [all.postmortems] },
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.editions] },
      // Which slots an edition goes to.
      { actions: ['Query'], partitions: [all.slots] },
    ],
    lists: [all.listedPostmortems, all.listedActions, all.listedWork],
  },
  deliver: {
    items: [
      { actions: ['Query'], partitions: [all.subscriptions] },
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.editions] },
      { actions: ['GetItem', 'UpdateItem'], partitions: [all.pacer] },
      { actions: ['GetItem', 'BatchGetItem'], partitions: [all.staff, all.editions, all.quota, all.bulkLane, all.urgentLane] },
      { actions: ['UpdateItem'], partitions: [all.bulkLane, all.urgentLane] },
    ],
  },
  deliverToCustomers: {
    items: [
      { actions: ['Query'], partitions: realmPatterns.customers.subscriptions },
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: realmPatterns.customers.editions },
      { actions: ['GetItem'], partitions: [all.customerRenditions] },
      { actions: ['GetItem', 'UpdateItem'], partitions: [all.pacer] },
      {
        actions: ['GetItem', 'BatchGetItem'],
        partitions: [all.customers, ...realmPatterns.customers.editions, all.quota, all.customersLane],
      },
      { actions: ['UpdateItem'], partitions: [all.customersLane] },
    ],
  },
  feedback: {
    items: [
      { actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'], partitions: [all.editions] },
      // It reads a profile to write it: the one who bounced or complained.
      { actions: ['BatchGetItem', 'PutItem'], partitions: [all.people] },
      // A complaint of somebody who has no profile any more.
      { actions: ['UpdateItem'], partitions: [all.suppressions] },
    ],
  },
  web: {
    items: [
      ...pagesOf(realmPatterns.staff),
      { actions: ['GetItem'], partitions: realmPatterns.staff.renditions },
      { actions: ['GetItem', 'Query'], partitions: realmPatterns.staff.archives },
      // That somebody looked at the mail that they view.
      { actions: ['UpdateItem'], partitions: realmPatterns.staff.evidence },
      // Whom a request to a stream's owner asks for.
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.joinRequests] },
    ],
    lists: [all.listedEditions, all.listedEditionsUnderWay, ...realmPatterns.staff.listedAnswers],
  },
  webForCustomers: { items: pagesOf(realmPatterns.customers), lists: realmPatterns.customers.listedAnswers },
  sweep: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.editions] },
      { actions: ['PutItem'], partitions: [all.quota] },
      { actions: ['GetItem'], partitions: [all.pacer] },
      { actions: ['BatchGetItem'], partitions: [all.lanes, all.quota] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.sweep] },
      { actions: ['Query'], partitions: [all.slots] },
      // Whether what was kept back still reads as it did.
      { actions: ['GetItem'], partitions: [all.renditions] },
      ...paying,
      // Finishes erasures; it reads a profile to see that it is gone, and writes those of whom the
      // person stood in for.
      ...erasing,
      { actions: ['BatchGetItem', 'PutItem'], partitions: [all.people] },
      { actions: ['DeleteItem'], partitions: [all.erasures, all.evidence, all.answers] },
      { actions: ['BatchGetItem', 'Query'], partitions: [all.editions] },
    ],
    lists: [all.listedWork, all.listedPostmortems, all.listedEditions, ...allAnswers],
  },
} as const satisfies Record<string, Access>;

/** The statements that let this function do its work in the table. */
export function mayUse(table: LedgerTable, who: keyof typeof access): PolicyStatement[] {
  const { items, lists = [] }: Access = access[who];
  return [...items.map((item) => table.statement(item)), ...(lists.length > 0 ? [table.listStatement(lists)] : [])];
}
