import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { runOutbox } from '../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import { aDistribution } from './distribution.ts';
import { aPostmortem } from './postmortem.ts';

const now = () => new Date('2026-11-19T12:00:00Z');

/** Takes a postmortem in and runs its outbox, as intake does. `by`: who sends it. */
export async function publish(
  table: Table,
  change: Record<string, unknown> = {},
  distribution = aDistribution(),
  by?: string,
): Promise<void> {
  const postmortems = dynamoPostmortemStore(table);
  const postmortem = aPostmortem(change);
  await takePostmortem(
    { postmortem, sections: [], recognised: [], missing: [], warnings: [] },
    { postmortems, revisions: { note: async () => {} }, distribution, now, ...(by !== undefined && { by }) },
  );
  await runOutbox(postmortem.id, {
    postmortems,
    revisions: { note: async () => {} },
    actions: dynamoActionLedger(table),
    reviews: { store: dynamoReviewStore(table), distribution: async () => distribution, now },
    renditions: dynamoRenditionStore(table),
    search: dynamoSearchIndex(table),
    editions: dynamoEditionStore(table, now),
    queue: { alert: async () => {}, published: async () => {} },
  });
}
