import type * as z from 'zod';
import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { secretlintFinder } from '../../adapters/secretlint/find-secrets.ts';
import { wire as wireIntake } from '../intake/wiring.ts';
import { wire as wireOperator } from '../operator/wiring.ts';
import { log } from '../shared/logger.ts';
import type { HomeDeps } from './deps.ts';
import type { Env } from './env.ts';

/** Connects the pages to the resources that the environment variables name. */
export function wire(env: z.output<typeof Env>): HomeDeps {
  const [operator, table] = [wireOperator(env), openTable(env.TABLE_NAME)];
  return {
    operator,
    intake: { ...wireIntake(env), secrets: secretlintFinder() },
    people: operator.people,
    sessions: dynamoSessionStore(table),
    changedSince: dynamoPostmortemIndex(table).changedSince,
    publicUrl: env.PUBLIC_URL,
    now: () => new Date(),
    log,
  };
}
