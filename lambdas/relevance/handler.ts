import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoCatalogStore } from '../../adapters/dynamodb/catalog-store.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import { dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import { dynamoSimilar } from '../../adapters/dynamodb/similar-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamFeedback } from '../../adapters/dynamodb/team-feedback-store.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { keptCatalog } from '../../core/catalog/kept-catalog.ts';
import { type RelateDeps, relate } from '../../core/relevance/relate.ts';
import { keptSurroundings } from '../../core/relevance/surroundings.ts';
import { feedbackByReason } from '../../core/relevance/team-feedback.ts';
import { widestAudience } from '../../core/stream/audience.ts';
import { keptArchives } from '../shared/kept-archives.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import { RelevanceMessage } from '../shared/relevance-message.ts';
import { sqsHandler } from '../shared/sqs-handler.ts';
import { Env } from './env.ts';

const env = loadEnv(Env);
const table = openTable(env.TABLE_NAME);
const now = () => new Date();
const archives = keptArchives(dynamoSearchIndex(table), now);
const compose = openQueue(env.COMPOSE_QUEUE_URL);
const renditions = dynamoRenditions(table);
const pressed = dynamoTeamFeedback(table, now);

const deps: RelateDeps = {
  archive: async () => (await archives.of(widestAudience)).find({}),
  rendition: (id, revision) => renditions(widestAudience, id, revision),
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  catalog: keptCatalog(dynamoCatalogStore(table, now), now),
  surroundings: keptSurroundings(),
  feedback: async (team) => feedbackByReason(await pressed.of(team)),
  store: dynamoRelevance(table),
  tell: (stream, postmortem) => compose.send([{ stream, postmortem } satisfies ComposeMessage]),
  similar: dynamoSimilar(table),
  actions: dynamoActionLedger(table).list,
  now,
};

/** Computes it anew whenever it is asked: the second time for the same revision changes little. */
export const handler = sqsHandler(RelevanceMessage, log, async ({ postmortem }) => {
  log.info('related', { postmortem, outcome: await relate(postmortem, deps) });
  return 'done';
});
