import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { authenticate } from '../../core/access/key.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { answerHook } from './answer-hook.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const keys = dynamoKeyStore(openTable(env.TABLE_NAME));
const queue = openQueue(env.COLLECT_QUEUE_URL);

export const handler = (event: APIGatewayProxyEventV2) =>
  answerHook(event, {
    authenticate: (token) => authenticate(token, keys),
    secret: () => readSecret(env.CONNECTORS_SECRET_ARN),
    send: (message) => queue.send([message]),
    now: () => new Date(),
    log,
  });
