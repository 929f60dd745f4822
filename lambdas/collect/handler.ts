import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoInbound, dynamoIncidentPages, dynamoWatermarks } from '../../adapters/dynamodb/inbound-store.ts';
import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { fireHydrant, fireHydrantUrl } from '../../adapters/vendors/firehydrant.ts';
import { incidentIo, incidentIoUrl } from '../../adapters/vendors/incident-io.ts';
import { pagerDuty, pagerDutyUrls } from '../../adapters/vendors/pagerduty.ts';
import { rootly, rootlyUrl } from '../../adapters/vendors/rootly.ts';
import { statuspage, statuspageUrl } from '../../adapters/vendors/statuspage.ts';
import { severityMapOf, severityOf } from '../../core/connector/mapping.ts';
import type { Source } from '../../core/connector/source.ts';
import { runOutbox } from '../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import { CollectMessage } from '../shared/collect-message.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { openSlackQueue, wireOutbox } from '../shared/outbox.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { type CollectDeps, collect } from './collect.ts';
import { Env } from './env.ts';
import { tokenReader } from './token-reader.ts';

const env = loadEnv(Env);
const [table, now] = [openTable(env.TABLE_NAME), () => new Date()];
const queue = openQueue(env.QUEUE_URL);
const outbox = wireOutbox(table, {
  compose: openQueue(env.COMPOSE_QUEUE_URL),
  slack: openSlackQueue(env),
  relevance: openQueue(env.RELEVANCE_QUEUE_URL),
  now,
});
const distribution = async () => (await dynamoDistributionStore(table).read())?.distribution;

const reach = (source: Source, url: string) => ({
  url: env.VENDORS_URL === '' ? url : `${env.VENDORS_URL}/${source}`,
  token: tokenReader(source, () => readSecret(env.CONNECTORS_SECRET_ARN), log),
});
const vendors: { readonly [S in Source]: CollectDeps['vendor'] } = {
  'incident-io': (source, file) => incidentIo(reach(source, incidentIoUrl), file?.connectors?.['incident-io']?.services),
  rootly: (source) => rootly(reach(source, rootlyUrl)),
  firehydrant: (source, file) =>
    fireHydrant(reach(source, fireHydrantUrl), { seesPublicOnly: file?.connectors?.firehydrant?.keySees === 'public', now }),
  pagerduty: (source, file) =>
    pagerDuty(reach(source, pagerDutyUrls[file?.connectors?.pagerduty?.region ?? 'us']), {
      seesPublicOnly: file?.connectors?.pagerduty?.keySees === 'public',
      isMapped: (priority) => severityOf({ value: priority }, severityMapOf(file, source), file?.severities) !== undefined,
      now,
    }),
  statuspage: (source, file) => statuspage(reach(source, statuspageUrl), file?.connectors?.statuspage?.page ?? ''),
};

const deps: CollectDeps = {
  inbound: dynamoInbound(table, now),
  watermarks: dynamoWatermarks(table),
  pages: dynamoIncidentPages(table, now),
  changed: (since) => dynamoPostmortemIndex(table).changedSince(new Date(since), now()),
  vendor: (source, file) => vendors[source](source, file),
  distribution,
  send: (messages, delaySeconds) => queue.send(messages, delaySeconds),
  desk: {
    readCurrent: outbox.postmortems.readCurrent,
    async take(read, { source, replaces, document }) {
      const taken = await takePostmortem(read, {
        ...outbox,
        distribution: await distribution(),
        now,
        by: source,
        replaces,
        ...(document && { source: document }),
      });
      const { id } = taken.stored.postmortem;
      // What is owed stays in the outbox, and `sweep` runs it within a minute.
      await runOutbox(id, outbox).catch((error: unknown) => log.error('still owed', error, { postmortem: id }));
    },
  },
  now,
  log,
};

export const handler = sqsHandler(CollectMessage, log, async (message) => {
  await collect(message, deps);
  return 'done';
});
