import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoActionLister } from '../../adapters/dynamodb/action-lister.ts';
import { dynamoAuditLog, dynamoAuditReader } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoCatalogStore } from '../../adapters/dynamodb/catalog-store.ts';
import { dynamoCopySettling } from '../../adapters/dynamodb/copy-settling.ts';
import { dynamoBraked } from '../../adapters/dynamodb/directory-store.ts';
import { dynamoCustomersCopy, dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoDriftStore } from '../../adapters/dynamodb/drift-store.ts';
import { dynamoEditionHolder } from '../../adapters/dynamodb/edition-flags.ts';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionReader } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoArtefacts, dynamoExternalLists, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoInbound } from '../../adapters/dynamodb/inbound-store.ts';
import { dynamoDueUpdates, dynamoIncidentUpdates } from '../../adapters/dynamodb/incident-updates-store.ts';
import { dynamoKeyStore } from '../../adapters/dynamodb/key-store.ts';
import { dynamoLaneBrakes } from '../../adapters/dynamodb/lane-store.ts';
import { dynamoActsReader, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoPostmortemIndex, dynamoRebuilds } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoReachReader } from '../../adapters/dynamodb/reach-reader.ts';
import { dynamoReadings } from '../../adapters/dynamodb/reading-store.ts';
import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import { dynamoReviewLists, dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import { dynamoArchiveSince } from '../../adapters/dynamodb/search-index.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { dynamoSlackPosts, dynamoWantedPosts } from '../../adapters/dynamodb/slack-post-store.ts';
import { dynamoChannelList, dynamoSlackPace } from '../../adapters/dynamodb/slack-workspace.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import { dynamoSlotStore } from '../../adapters/dynamodb/slot-store.ts';
import { openTable, type Table } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamSizes } from '../../adapters/dynamodb/team-size-store.ts';
import { dynamoTestDrafts } from '../../adapters/dynamodb/test-drafts.ts';
import { dynamoZoneRegistry } from '../../adapters/dynamodb/zone-registry.ts';
import { readSecret } from '../../adapters/secrets/secrets-manager.ts';
import { sqsDeadLetters } from '../../adapters/sqs/dead-letters.ts';
import { openQueue, type Queue } from '../../adapters/sqs/sqs-queue.ts';
import { keptSeconds } from '../../core/catalog/kept-catalog.ts';
import { addresseesOf } from '../../core/delivery/addressees.ts';
import { usualPace } from '../../core/notice/due.ts';
import { findDrift } from '../../core/operator/find-drift.ts';
import { listUpdates } from '../../core/operator/list-updates.ts';
import { previewEdition } from '../../core/operator/preview-edition.ts';
import { readStatus } from '../../core/operator/read-status.ts';
import { resendEdition } from '../../core/operator/resend-edition.ts';
import { sendEdition } from '../../core/operator/send-edition.ts';
import { sendTest } from '../../core/operator/send-test.ts';
import { slackWaits } from '../../core/operator/show-slack.ts';
import type { DueEdition } from '../../core/restore/due-between.ts';
import { settleCopy } from '../../core/restore/settle-copy.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { linkBytes, newCapabilityLink } from '../../core/slack/capability-link.ts';
import { isMonthlyStream } from '../../core/stream/stream.ts';
import { notingZones } from '../../core/subscriber/noting-zones.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { wireComposing } from '../shared/composing.ts';
import { wireDrift } from '../shared/finding-drift.ts';
import { log } from '../shared/logger.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import { openSlackQueue } from '../shared/outbox.ts';
import type { RelevanceMessage } from '../shared/relevance-message.ts';
import { wireReminding } from '../shared/reminding.ts';
import type { OperatorDeps, SlackDeps } from './deps.ts';
import type { Env } from './env.ts';

/** The first key proves who calls. Nothing that a route does needs it. Pages have no `collect`. */
type OperatorEnv = Omit<z.output<typeof Env>, 'COLLECT_QUEUE_URL' | 'FIRST_KEY_ARN'> & { readonly COLLECT_QUEUE_URL?: string };

/** Connects the operator's routes to the resources that the environment variables name. */
export function wire(env: OperatorEnv): OperatorDeps {
  const table = openTable(env.TABLE_NAME);
  const now = () => new Date();
  const postmortems = dynamoPostmortemIndex(table);
  const composeQueue = openQueue(env.COMPOSE_QUEUE_URL);
  const composing = wireComposing(table, now);
  const profileOf = profileByAddress(table, env);
  const askToCompose = (message: ComposeMessage) => composeQueue.send([message]);
  const zones = dynamoZoneRegistry(table);
  const slack = wireSlack(table, openSlackQueue(env), now);
  const reminding = wireReminding(table, composeQueue, now);
  const deployed = { hash: env.DEPLOYED_DISTRIBUTION, values: env.DEPLOYED_VALUES };
  return {
    relate: (ids) =>
      openQueue(env.RELEVANCE_QUEUE_URL).send(
        ids.map((postmortem) => ({ postmortem }) satisfies RelevanceMessage),
        keptSeconds + 10,
      ),
    editions: dynamoEditionLister(table, now),
    reach: dynamoReachReader(table),
    readership: { readings: dynamoReadings(table), sizes: dynamoTeamSizes(table), relevance: dynamoRelevance(table).readMany },
    actions: dynamoActionLister(table),
    actionRows: dynamoActionLedger(table),
    reviews: { ...dynamoReviewStore(table), ...dynamoReviewLists(table) },
    rebuilds: dynamoRebuilds(table),
    updates: (incident) =>
      listUpdates(incident, {
        updates: { ...dynamoIncidentUpdates(table, now), ...dynamoDueUpdates(table) },
        editions: dynamoEditionReader(table),
        now,
      }),
    status: (wish) =>
      readStatus(wish, {
        ...postmortems,
        postmortem: postmortems.read,
        edition: dynamoEditionReader(table).read,
        ranges: dynamoRangeLedger(table, now),
        registry: dynamoSlotRegistry(table),
        ...dynamoDueUpdates(table),
        store: dynamoDistributionStore(table),
        deployed,
        lister: dynamoEditionLister(table, now),
        brakes: dynamoLaneBrakes(table),
        slackWaits: () => slackWaits(slack),
        braked: dynamoBraked(table),
        drift: dynamoDriftStore(table),
        inbound: dynamoInbound(table, now),
        people: dynamoPeopleStore(table),
        identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
        reminding,
        now,
      }),
    reminding,
    drift: () => findDrift(wireDrift(table, env, now)),
    holder: dynamoEditionHolder(table),
    laneBrakes: dynamoLaneBrakes(table),
    slack,
    inbound: dynamoInbound(table, () => new Date()),
    collect: wireCollect(env.COLLECT_QUEUE_URL),
    deadLetters: sqsDeadLetters({ movable: env.DEAD_LETTER_QUEUES, fixed: env.SCHEDULER_DEAD_LETTERS }),
    send: (wanted) => sendEdition(wanted, { ...composing, ask: (stream, scheduledFor) => askToCompose({ stream, scheduledFor }) }),
    preview: (wanted) => previewEdition(wanted, { ...composing, publicUrl: env.PUBLIC_URL, profileOf }),
    test: (wanted) =>
      sendTest(wanted, {
        ...composing,
        publicUrl: env.PUBLIC_URL,
        profileOf,
        addressees: addresseesOf(env.MAY_MAIL.split(',')),
        async ask({ shows, subscriber, at, draft }) {
          const stored = draft && { draftId: await dynamoTestDrafts(table, now).put(draft) };
          await askToCompose({ stream: 'service', test: shows, subscriber, at: toInstant(at), ...stored });
        },
      }),
    resend: (edition, subscribers) =>
      resendEdition(edition, subscribers, {
        editions: dynamoEditionReader(table),
        leaves: dynamoLeafFinder(table),
        ranges: dynamoRangeLedger(table, now),
        now,
      }),
    settle: (how, wish) =>
      settleCopy(how, wish, {
        ...dynamoCopySettling(table, () => readSecret(env.IDENTITY_SECRET_ARN)),
        distribution: composing.distribution,
        ask: (due) => askToCompose(messageFor(due)),
        untilListed: () => sleep(indexLagMs),
        now,
      }),
    rights: {
      erasing: {
        people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
        erasures: dynamoErasureStore(table),
        forgotten: dynamoForgottenList(table),
        sessions: dynamoSessionStore(table),
        newSalt: () => randomBytes(32).toString('hex'),
      },
      exporting: { ledger: dynamoPersonLedger(table, now), acts: dynamoActsReader(table, now), sessions: dynamoSessionStore(table), now },
    },
    people: notingZones(dynamoPeopleStore(table), zones),
    zones,
    peopleList: dynamoPeopleList(table),
    suppressed: dynamoSuppressionList(table),
    sessions: dynamoSessionStore(table),
    slots: dynamoSlotStore(table),
    openEditions: dynamoEditionReader(table),
    distribution: dynamoDistributionStore(table),
    catalog: dynamoCatalogStore(table, now),
    archive: dynamoArchiveSince(table),
    customersCopy: dynamoCustomersCopy(table),
    publicNotices: dynamoPublicNotices(table),
    notices: {
      externals: dynamoExternals(table, now),
      lists: dynamoExternalLists(table),
      artefacts: dynamoArtefacts(table, now),
      look: (notice) => askToCompose({ notice }),
      pace: usualPace,
    },
    keys: dynamoKeyStore(table),
    audit: dynamoAuditLog(table, randomUUID),
    acts: dynamoAuditReader(table),
    identitySecret: () => readSecret(env.IDENTITY_SECRET_ARN),
    suppressionSecret: () => readSecret(env.SUPPRESSION_SECRET_ARN),
    deployed,
    stack: env.STACK_NAME,
    now: () => toInstant(now()),
    newSecret: () => randomBytes(32),
  };
}

const wireCollect =
  (url = ''): OperatorDeps['collect'] =>
  async (message) => {
    if (url === '') return false;
    try {
      await openQueue(url).send([message]);
      return true;
    } catch (error) {
      log.error('left to the hourly poll', error);
      return false;
    }
  };

function wireSlack(table: Table, queue: Queue | undefined, now: () => Date): SlackDeps {
  return {
    isDeployed: queue !== undefined,
    posts: dynamoSlackPosts(table),
    wanted: dynamoWantedPosts(table),
    links: dynamoPostLinks(table, now),
    channels: dynamoChannelList(table),
    pace: dynamoSlackPace(table, now),
    file: dynamoDistributionStore(table),
    stored: dynamoPostmortemIndex(table).read,
    ask: async (message) => queue?.send([message]),
    newKey: randomUUID,
    newLink: () => newCapabilityLink(randomBytes(linkBytes)),
    queue: { send: async (messages, delay) => queue?.send(messages, delay) },
    now,
  };
}

/** Longer than the index takes to show a write, which is within a second. */
const indexLagMs = 2000;

function messageFor({ stream, frequency, at }: DueEdition): ComposeMessage {
  const scheduledFor = toInstant(at);
  return frequency === 'monthly' && isMonthlyStream(stream) ? { stream, frequency, scheduledFor } : { stream, scheduledFor };
}

const profileByAddress = (table: Table, env: OperatorEnv) => async (text: string) => {
  const address = parseAddress(text);
  if (!address) return undefined;
  const sid = subscriberId('staff', address, await readSecret(env.IDENTITY_SECRET_ARN));
  const [profile] = await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid }]);
  return profile;
};
