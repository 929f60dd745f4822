import * as z from 'zod';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { withMetrics } from '../shared/metrics.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { countEvent } from './count-event.ts';
import { Env } from './env.ts';
import { readSesEvent } from './ses-event.ts';

const env = loadEnv(Env);
const evidence = dynamoEvidenceStore(openTable(env.TABLE_NAME), () => new Date());

const handleEvent = sqsHandler(z.unknown(), log, async (body) => {
  const event = readSesEvent(body);
  if (!event) {
    log.warn('event left out: not about a delivery of ours');
    return 'done';
  }
  await evidence.add(event);
  countEvent(event);
  log.info('evidence', { kind: event.kind, edition: event.edition, subscriber: event.subscriber });
  return 'done';
});

export const handler = withMetrics(handleEvent);
