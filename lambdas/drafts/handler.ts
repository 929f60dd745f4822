import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { answerAt } from '../../adapters/slack/answer-at.ts';
import type { HttpEvent } from '../shared/http-routes.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { answerSlack, type DraftsDeps } from './answer.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);

const deps: DraftsDeps = {
  signingSecrets: () => readSecret(env.SLACK_SIGNING_ARN),
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  postmortems: dynamoPostmortemStore(table),
  answerAt: (address, message) => answerAt(address, env.SLACK_ANSWERS_URL, message),
  publicUrl: env.PUBLIC_URL,
  now: () => new Date(),
  log,
};

export const handler = (event: HttpEvent) => answerSlack(event, deps);
