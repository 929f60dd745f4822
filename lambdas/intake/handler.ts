import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionBrake } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { dynamoPostmortemList, dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { TooManyWriters } from '../../core/intake/take-postmortem.ts';
import { authenticate } from '../../core/key/key.ts';
import { httpHandler } from '../shared/http-routes.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import { problem } from '../shared/problem.ts';
import { Env } from './env.ts';
import { intakeRoutes } from './routes.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const queue = openQueue(env.COMPOSE_QUEUE_URL);
const keys = dynamoKeyStore(table);

const routes = intakeRoutes({
  postmortems: dynamoPostmortemStore(table),
  actions: dynamoActionLedger(table),
  renditions: dynamoRenditionStore(table),
  editions: dynamoEditionBrake(table),
  queue: { alert: (postmortem) => queue.send([{ stream: 'sev1-alerts', postmortem } satisfies ComposeMessage]) },
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  list: dynamoPostmortemList(table),
  now: () => new Date(),
  log,
});

export const handler = httpHandler(routes, {
  authenticate: (bearer) => authenticate(bearer, keys),
  log,
  answerTo: (error) =>
    error instanceof TooManyWriters
      ? problem(409, 'Conflict', { detail: 'Others were changing the same postmortem. Nothing was stored; send it again.' })
      : undefined,
});
