import { dynamoActionLedger, dynamoActions } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoCatalogStore } from '../../adapters/dynamodb/catalog-store.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionReader } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleList, dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoReminderMemory } from '../../adapters/dynamodb/reminder-memory.ts';
import { dynamoReviewLists } from '../../adapters/dynamodb/review-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamSizes } from '../../adapters/dynamodb/team-size-store.ts';
import type { Queue } from '../../adapters/sqs/sqs-queue.ts';
import { readDirectory } from '../../core/reminder/directory.ts';
import type { RemindDeps } from '../../core/reminder/remind.ts';
import type { ComposeMessage } from './occasion.ts';

/** What reminding people reads, and the queue of the mails. */
export const wireReminding = (table: Table, compose: Pick<Queue, 'send'>, now: () => Date): RemindDeps => ({
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  memory: dynamoReminderMemory(table),
  actions: dynamoActions(table),
  actionRows: dynamoActionLedger(table),
  reviews: dynamoReviewLists(table),
  editions: dynamoEditionReader(table),
  ranges: dynamoRangeLedger(table, now),
  published: dynamoPostmortemIndex(table).changedSince,
  directory: () => readDirectory({ peopleList: dynamoPeopleList(table), people: dynamoPeopleStore(table) }, now()),
  catalog: dynamoCatalogStore(table, now),
  sizes: dynamoTeamSizes(table),
  mail: (wanted, delaySeconds) =>
    compose.send(
      wanted.map((one) => ({ stream: 'service', ...one }) satisfies ComposeMessage),
      delaySeconds,
    ),
  now,
});
