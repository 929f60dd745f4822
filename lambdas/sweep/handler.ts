import type { Context } from 'aws-lambda';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoOpenWork, dynamoSweepMemory, writeQuota } from '../../adapters/dynamodb/sweep-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { openSes, readSendQuota } from '../../adapters/ses/ses-mailer.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { deployedHash } from '../../core/distribution/deployed-parts.ts';
import { type EditionId, laneOf } from '../../core/edition/edition.ts';
import { missingEditions } from '../../core/sweep/missing-editions.ts';
import { type SweepDeps, sweep } from '../../core/sweep/sweep.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { measure, withMetrics } from '../shared/metrics.ts';
import { wirePaying } from '../shared/paying.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const now = () => new Date();
const table = openTable(env.TABLE_NAME);
const ses = openSes(3000);
const compose = openQueue(env.COMPOSE_QUEUE_URL);
const queues = {
  bulk: openQueue(env.BULK_QUEUE_URL),
  urgent: openQueue(env.URGENT_QUEUE_URL),
  customers: openQueue(env.CUSTOMERS_QUEUE_URL),
};
const distributions = dynamoDistributionStore(table);
const editions = dynamoEditionStore(table, now);
const isThere = async (id: EditionId) => (await editions.read(id)) !== undefined;

const deps: Omit<SweepDeps, 'remainingMs'> = {
  ranges: dynamoRangeLedger(table, now),
  editions,
  send: (edition, range) => queues[laneOf(edition.stream)].send([range]),
  open: dynamoOpenWork(table),
  memory: dynamoSweepMemory(table),
  isQueueEmpty: (lane) => queues[lane].isEmpty(),
  refreshQuota: async () => {
    await writeQuota(table, await readSendQuota(ses.client), now());
  },
  pay: wirePaying(table, compose),
  failed: (what, error) => log.error('sweep: one part failed', error, { part: what }),
  now,
};

export const handler = withMetrics(async (_event: unknown, context: Context): Promise<void> => {
  const swept = await sweep({ ...deps, remainingMs: () => context.getRemainingTimeInMillis() });
  measure('OpenEditions', swept.editions);
  measure('OldestOpenEdition', Math.round(swept.oldestMs / 1000));
  measure('OutboxesOwed', swept.outboxes);
  const applied = await distributions.read();
  const needsDeploy = applied !== undefined && deployedHash(applied.distribution) !== env.DEPLOYED_DISTRIBUTION;
  if (needsDeploy) log.warn('the distribution file that is applied has schedules, domains or senders that are not deployed');
  // Which schedules run is not known while another file is deployed than is applied.
  const missing = applied && !needsDeploy ? await missingEditions(applied, { isThere, now }) : [];
  measure('MissingEditions', missing.length);
  for (const one of missing) log.warn('an edition that was due is not there', { ...one });
  log.info('heartbeat', { ...swept, needsDeploy, missing: missing.length });
});
