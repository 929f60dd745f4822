import * as z from 'zod';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { type HealDeps, healDelivery } from '../../core/delivery/heal.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { withMetrics } from '../shared/metrics.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { countEvent } from './count-event.ts';
import { Env } from './env.ts';
import { readSesEvent } from './ses-event.ts';

const env = loadEnv(Env);
const now = () => new Date();
const table = openTable(env.TABLE_NAME);
const evidence = dynamoEvidenceStore(table, now);
const healing: HealDeps = {
  leaves: dynamoLeafFinder(table),
  ranges: dynamoRangeLedger(table, now),
  editions: dynamoEditionStore(table, now),
};

const handleEvent = sqsHandler(z.unknown(), log, async (body) => {
  const event = readSesEvent(body);
  if (!event) {
    log.warn('event left out: not about a delivery of ours');
    return 'done';
  }
  const { isAwaited } = await evidence.add(event);
  const healed = isAwaited ? await healDelivery(event, event, healing) : undefined;
  countEvent(event);
  log.info('evidence', { kind: event.kind, edition: event.edition, subscriber: event.subscriber, healed });
  return 'done';
});

export const handler = withMetrics(handleEvent);
