import * as z from 'zod';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoForgottenList } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { rememberedEditions } from '../../adapters/dynamodb/remembered-editions.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { readSesEvent } from '../../adapters/ses/ses-event.ts';
import { type FeedbackDeps, handleEvent } from '../../core/feedback/handle-event.ts';
import { suppressionHash } from '../../core/subscriber/subscriber-id.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { count, withMetrics } from '../shared/metrics.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { countEvent } from './count-event.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const now = () => new Date();
const table = openTable(env.TABLE_NAME);
const deps: FeedbackDeps = {
  evidence: dynamoEvidenceStore(table, now),
  people: dynamoPeopleStore(table),
  leaves: dynamoLeafFinder(table),
  ranges: dynamoRangeLedger(table, now),
  refusals: {
    refuse: async (sid, why) => dynamoForgottenList(table).refuse(suppressionHash(sid, await readSecret(env.SUPPRESSION_SECRET_ARN)), why),
  },
  editions: rememberedEditions(dynamoEditionStore(table, now)),
};

/**
 * An event comes again only after a fault of ours. One that is not about a delivery of ours is
 * parked: it is logged and counted. The events of a batch are handled together. A digest causes two
 * or three events per mail, and evidence queued behind them would come too late for the doubts of
 * an alert.
 */
const handleMessage = sqsHandler(
  z.unknown(),
  log,
  async (body) => {
    const event = readSesEvent(body);
    if ('parked' in event) {
      count('EventsParked', 1);
      log.warn('event parked', { why: event.parked });
      return 'done';
    }
    const handled = await handleEvent(event, deps);
    countEvent(event, handled);
    const { kind, edition, subscriber } = event.delivery;
    if (handled.kind === 'parked') log.warn('event parked', { why: handled.why, edition });
    else log.info('evidence', { kind, edition, subscriber, healed: handled.healed, suppression: handled.suppression });
    return 'done';
  },
  { together: true },
);

export const handler = withMetrics(handleMessage);
