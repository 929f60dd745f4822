import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoIncidentOf } from '../../adapters/dynamodb/inbound-store.ts';
import { dynamoPostmortemList, dynamoRevisions, dynamoSourceReader } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import { dynamoSimilar } from '../../adapters/dynamodb/similar-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { log } from '../shared/logger.ts';
import { openSlackQueue, wireOutbox } from '../shared/outbox.ts';
import type { IntakeDeps } from './deps.ts';
import type { Env } from './env.ts';

/** Connects the producers' routes to the resources that the environment variables name. */
export function wire(env: z.output<typeof Env>): IntakeDeps {
  const [table, now] = [openTable(env.TABLE_NAME), () => new Date()];
  return {
    ...wireOutbox(table, {
      compose: openQueue(env.COMPOSE_QUEUE_URL),
      slack: openSlackQueue(env),
      relevance: openQueue(env.RELEVANCE_QUEUE_URL),
      now,
    }),
    distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
    list: dynamoPostmortemList(table),
    history: dynamoRevisions(table),
    sources: dynamoSourceReader(table),
    relevance: dynamoRelevance(table).read,
    similar: dynamoSimilar(table),
    externals: dynamoExternals(table, now),
    audit: dynamoAuditLog(table, randomUUID),
    incidentOf: dynamoIncidentOf(table),
    now,
    log,
  };
}
