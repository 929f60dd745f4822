import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { authenticate } from '../../core/access/key.ts';
import { httpHandler } from '../shared/http-routes.ts';
import { keptReady } from '../shared/kept-ready.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { withMetrics } from '../shared/metrics.ts';
import { countTaken } from './count-taken.ts';
import { Env } from './env.ts';
import { answerToManyWriters, intakeRoutes } from './routes.ts';
import { wire } from './wiring.ts';

const env = loadEnv(Env);
const keys = dynamoKeyStore(openTable(env.TABLE_NAME));

const answer = httpHandler(intakeRoutes(wire(env)), {
  authenticate: (bearer) => authenticate(bearer, keys),
  log,
  answerTo: answerToManyWriters,
});

const answerAndCount = withMetrics(async (event: APIGatewayProxyEventV2) => {
  const answered = await answer(event);
  countTaken(event, answered);
  return answered;
});

export const handler = keptReady(answerAndCount);
