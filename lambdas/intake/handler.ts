import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { dynamoPostmortemList } from '../../adapters/dynamodb/postmortem-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { authenticate } from '../../core/access/key.ts';
import { TooManyWriters } from '../../core/intake/take-postmortem.ts';
import { httpHandler } from '../shared/http-routes.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { count, withMetrics } from '../shared/metrics.ts';
import { wireOutbox } from '../shared/outbox.ts';
import { problem } from '../shared/problem.ts';
import { Env } from './env.ts';
import { intakeRoutes } from './routes.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const keys = dynamoKeyStore(table);

const routes = intakeRoutes({
  ...wireOutbox(table, openQueue(env.COMPOSE_QUEUE_URL)),
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  list: dynamoPostmortemList(table),
  now: () => new Date(),
  log,
});

const answer = httpHandler(routes, {
  authenticate: (bearer) => authenticate(bearer, keys),
  log,
  answerTo: (error) =>
    error instanceof TooManyWriters
      ? problem(409, 'Conflict', { detail: 'Others were changing the same postmortem. Nothing was stored; send it again.' })
      : undefined,
});

/**
 * Statuses that the producer has to act on: unreadable, too large, of another type, or not
 * acceptable.
 */
const refusals: readonly unknown[] = [400, 413, 415, 422];

export const handler = withMetrics(async (event: APIGatewayProxyEventV2) => {
  const answered = await answer(event);
  if (event.requestContext.http.method === 'GET') return answered;
  if (new URLSearchParams(event.rawQueryString).get('check') === 'true') return answered;
  if (answered.statusCode === 200 || answered.statusCode === 201) count('PostmortemsTaken', 1);
  if (refusals.includes(answered.statusCode)) count('PostmortemsRefused', 1);
  return answered;
});
