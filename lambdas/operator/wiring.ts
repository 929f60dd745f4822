import { randomBytes, randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { OperatorDeps } from './deps.ts';
import type { Env } from './env.ts';

/** The operator's world, as this function's variables name it. */
export function wire(env: z.output<typeof Env>): OperatorDeps {
  const table = openTable(env.TABLE_NAME);
  return {
    people: dynamoPeopleStore(table),
    peopleList: dynamoPeopleList(table),
    suppressed: dynamoSuppressionList(table),
    distribution: dynamoDistributionStore(table),
    keys: dynamoKeyStore(table),
    audit: dynamoAuditLog(table, randomUUID),
    identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
    suppressionSecret: () => readSecret(env.SUPPRESSION_SECRET_ARN),
    deployed: env.DEPLOYED_DISTRIBUTION,
    now: () => toInstant(new Date()),
    newSecret: () => randomBytes(32),
  };
}
