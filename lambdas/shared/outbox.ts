import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionHolder } from '../../adapters/dynamodb/edition-flags.ts';
import { dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Queue } from '../../adapters/sqs/sqs-queue.ts';
import type { OutboxDeps } from '../../core/intake/run-outbox.ts';
import { publishedStreams, updateStreams } from '../../core/stream/stream.ts';
import type { ComposeMessage } from './occasion.ts';

/**
 * What running a postmortem's outbox needs. Intake runs it when it takes a postmortem, `sweep`
 * after a crash.
 */
export const wireOutbox = (table: Table, composeQueue: Queue): OutboxDeps => ({
  postmortems: dynamoPostmortemStore(table),
  revisions: dynamoRevisionLog(table),
  actions: dynamoActionLedger(table),
  renditions: dynamoRenditionStore(table),
  search: dynamoSearchIndex(table),
  editions: dynamoEditionHolder(table),
  queue: {
    alert: (postmortem) => composeQueue.send(updateStreams.map((stream) => ({ stream, postmortem }) satisfies ComposeMessage)),
    published: (postmortem) => composeQueue.send(publishedStreams.map((stream) => ({ stream, postmortem }) satisfies ComposeMessage)),
  },
});
