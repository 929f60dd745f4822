import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoCustomersCopy, dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoArtefacts, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoCounter, dynamoJoinRequests } from '../../adapters/dynamodb/joining-store.ts';
import { dynamoActsReader, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { dynamoLeafFinder } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoReadings } from '../../adapters/dynamodb/reading-store.ts';
import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import { dynamoManyRenditions, dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoReviewLists, dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import { dynamoSessionStore, dynamoUsedLinks } from '../../adapters/dynamodb/session-store.ts';
import { dynamoSimilar } from '../../adapters/dynamodb/similar-store.ts';
import { dynamoSlotStore } from '../../adapters/dynamodb/slot-store.ts';
import { openTable } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamFeedback } from '../../adapters/dynamodb/team-feedback-store.ts';
import { dynamoZoneRegistry } from '../../adapters/dynamodb/zone-registry.ts';
import { oidcProvider } from '../../adapters/oidc/oidc-provider.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { openQueue } from '../../adapters/sqs/sqs-queue.ts';
import { TokenKeys } from '../../core/access/token.ts';
import { asDeployedForCustomers } from '../../core/distribution/deployed-parts.ts';
import { usualPace } from '../../core/notice/due.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { notingZones } from '../../core/subscriber/noting-zones.ts';
import { keptArchives } from '../shared/kept-archives.ts';
import { log } from '../shared/logger.ts';
import type { SignInWith, WebDeps } from './deps.ts';
import type { Env } from './env.ts';
import { pressLimiter } from './form-post-limiter.ts';
import { keptLinks } from './kept-links.ts';
import { keptNotices } from './published-notices.ts';
import { keptTexts } from './searched-texts.ts';

/** Normally longer than reading a profile and requesting a mail take together. */
const evenMs = 400;

/** Connects the pages to the resources that the environment variables name. */
export function wire(env: z.output<typeof Env>): WebDeps {
  const table = openTable(env.TABLE_NAME);
  const composeQueue = openQueue(env.COMPOSE_QUEUE_URL);
  const realm = env.REALM;
  const now = () => new Date();
  const editions = dynamoEditionStore(table, now);
  const sent = { editions, fragments: editions, leaves: dynamoLeafFinder(table) };
  const archives = keptArchives(dynamoSearchIndex(table), now);
  // Customers' pages may not read the whole file.
  const readApplied =
    realm === 'customers' ? dynamoCustomersCopy(table).read : async () => (await dynamoDistributionStore(table).read())?.distribution;
  return {
    realm,
    people: notingZones(dynamoPeopleStore(table), dynamoZoneRegistry(table)),
    audit: dynamoAuditLog(table, randomUUID, realm),
    distribution: async () => {
      const applied = await readApplied();
      return applied && asDeployedForCustomers(applied, env.CUSTOMERS_SENDER);
    },
    tokenKeys: async () => TokenKeys.parse(JSON.parse(await readSecret(env.TOKEN_KEYS_ARN))),
    identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
    suppressionSecret: () => readSecret(env.SUPPRESSION_SECRET_ARN),
    suppressed: dynamoSuppressionList(table),
    mail: (wanted) => composeQueue.send([{ stream: 'service', ...wanted, at: toInstant(now()) }]),
    archives,
    searchedTexts: keptTexts(archives, dynamoManyRenditions(table)),
    renditions: dynamoRenditions(table),
    notices: keptNotices(dynamoPublicNotices(table), now),
    postLinks: dynamoPostLinks(table, now),
    recordView: dynamoEvidenceStore(table, now).look,
    readings: dynamoReadings(table),
    relevance: dynamoRelevance(table),
    teamFeedback: dynamoTeamFeedback(table, now),
    counter: dynamoCounter(table),
    joinRequests: dynamoJoinRequests(table),
    actions: dynamoActionLedger(table),
    reviews: dynamoReviewStore(table),
    similar: dynamoSimilar(table),
    reviewLists: dynamoReviewLists(table),
    reviewing: {
      externals: dynamoExternals(table, now),
      artefacts: dynamoArtefacts(table, now),
      look: (postmortem) => composeQueue.send([{ notice: postmortem }]),
      pace: usualPace,
    },
    erasing: {
      people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
      erasures: dynamoErasureStore(table),
      forgotten: dynamoForgottenList(table),
      sessions: dynamoSessionStore(table),
      newSalt: () => randomBytes(32).toString('hex'),
    },
    exporting: { ledger: dynamoPersonLedger(table, now, realm), acts: dynamoActsReader(table, now, realm) },
    linksOf: keptLinks(sent, now),
    sent,
    slots: dynamoSlotStore(table),
    signInWith: env.SIGN_IN_ISSUER === '' ? undefined : signInWith(env, now),
    sessions: dynamoSessionStore(table),
    usedLinks: dynamoUsedLinks(table),
    newSecret: () => randomBytes(32),
    // Customers get nothing at an hour of their choice, so no edition under way matters to their
    // changes.
    editions: realm === 'staff' ? editions : { listOpen: async () => [] },
    mayPress: pressLimiter(now),
    evenly: async (work) => {
      await Promise.all([work(), sleep(evenMs)]);
    },
    publicUrl: env.PUBLIC_URL,
    now,
  };
}

function signInWith(env: z.output<typeof Env>, now: () => Date): SignInWith {
  const { SIGN_IN_ISSUER: issuer, SIGN_IN_CLIENT_ID: clientId, SIGN_IN_SECRET_ARN: secret, SIGN_IN_ADDRESS: claim } = env;
  return {
    provider: oidcProvider({
      issuer,
      clientId,
      clientSecret: secret === '' ? undefined : () => readSecret(secret),
      addressClaim: claim || undefined,
      redirectUri: `${env.PUBLIC_URL}/sign-in/callback`,
      now,
    }),
    trust: { issuer, claim: claim || undefined },
    note: (told) => log[told.reason === undefined ? 'info' : 'warn']('sign-in', told),
  };
}
