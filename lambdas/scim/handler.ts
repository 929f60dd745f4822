import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoBraked, dynamoDirectoryStore } from '../../adapters/dynamodb/directory-store.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { authenticate } from '../../core/access/key.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { HttpEvent } from '../shared/http-routes.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { Env, scimBase } from './env.ts';
import { scimHandler } from './routes.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const keys = dynamoKeyStore(table);

const deps = {
  people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
  list: dynamoPeopleList(table),
  suppressed: dynamoSuppressionList(table),
  directory: dynamoDirectoryStore(table),
  braked: dynamoBraked(table),
  sessions: dynamoSessionStore(table),
  erasing: {
    erasures: dynamoErasureStore(table),
    forgotten: dynamoForgottenList(table),
    newSalt: () => randomBytes(32).toString('hex'),
  },
  applied: dynamoDistributionStore(table),
  audit: dynamoAuditLog(table, randomUUID),
  identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
  suppressionSecret: () => readSecret(env.SUPPRESSION_SECRET_ARN),
  base: `${env.PUBLIC_URL}${scimBase}`,
  newId: randomUUID,
  // Requests that wait for each other do not ask at the same instant again.
  wait: (ms: number) => sleep(ms * (0.5 + Math.random() / 2)),
  now: () => toInstant(new Date()),
};
const http = { authenticate: (bearer: string) => authenticate(bearer, keys), log };

/** For writes that began, and the answer. */
const reserveMs = 6000;

/** Serves the organisation's directory. It knows people, and neither postmortems nor editions. */
export const handler = (event: HttpEvent, context: Context): Promise<HttpAnswer> =>
  scimHandler({ ...deps, hasTime: () => context.getRemainingTimeInMillis() > reserveMs }, http)(event);
