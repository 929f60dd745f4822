import { dynamoActionLedger, dynamoActions } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoActionLister } from '../../adapters/dynamodb/action-lister.ts';
import { dynamoAuditLog, dynamoAuditReader } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoCatalogStore } from '../../adapters/dynamodb/catalog-store.ts';
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
import { dynamoKeyStore, putKey } from '../../adapters/dynamodb/key-store.ts';
import { dynamoLaneBrakes } from '../../adapters/dynamodb/lane-store.ts';
import { dynamoActsReader, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoPostmortemIndex, dynamoRebuilds } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
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
import type { Table } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamSizes } from '../../adapters/dynamodb/team-size-store.ts';
import { dynamoZoneRegistry } from '../../adapters/dynamodb/zone-registry.ts';
import { authenticate } from '../../core/access/key.ts';
import { type Scope, scopes } from '../../core/access/scope.ts';
import { usualPace } from '../../core/notice/due.ts';
import { findDrift } from '../../core/operator/find-drift.ts';
import { listUpdates } from '../../core/operator/list-updates.ts';
import { readStatus } from '../../core/operator/read-status.ts';
import { slackWaits } from '../../core/operator/show-slack.ts';
import { newCapabilityLink } from '../../core/slack/capability-link.ts';
import type { OperatorDeps, SlackDeps } from '../../lambdas/operator/deps.ts';
import { answerToDispute, operatorRoutes } from '../../lambdas/operator/routes.ts';
import { httpHandler } from '../../lambdas/shared/http-routes.ts';
import { wireReminding } from '../../lambdas/shared/reminding.ts';
import { anHttpEvent } from './http-event.ts';

const notExpected = () => Promise.reject(new Error('the test expects no call of it'));

const notDeployed = { hash: 'made from another file' };

/** Slack, as the operator's routes see it, over a real engine. What is asked of it is forgotten. */
export const slackDeps = (table: Table, now: () => Date, change: Partial<SlackDeps> = {}): SlackDeps => ({
  isDeployed: true,
  posts: dynamoSlackPosts(table),
  wanted: dynamoWantedPosts(table),
  links: dynamoPostLinks(table, now),
  channels: dynamoChannelList(table),
  pace: dynamoSlackPace(table, now),
  file: dynamoDistributionStore(table),
  ask: async () => {},
  stored: dynamoPostmortemIndex(table).read,
  newKey: () => 'key',
  newLink: () => newCapabilityLink(new Uint8Array(20).fill(7)),
  queue: { send: async () => {} },
  now,
  ...change,
});

/** What the operator's routes depend on, over a real engine. */
export function operatorDeps(table: Table, change: Partial<OperatorDeps> = {}): OperatorDeps {
  let n = 0;
  const postmortems = dynamoPostmortemIndex(table);
  const clock = () => new Date((change.now ?? (() => '2026-11-19T15:00:00Z'))());
  const reminding = change.reminding ?? wireReminding(table, { send: async () => {} }, clock);
  const slack = change.slack ?? slackDeps(table, clock);
  return {
    people: dynamoPeopleStore(table),
    zones: dynamoZoneRegistry(table),
    peopleList: dynamoPeopleList(table),
    suppressed: dynamoSuppressionList(table),
    sessions: dynamoSessionStore(table),
    slots: dynamoSlotStore(table),
    openEditions: dynamoEditionReader(table),
    distribution: dynamoDistributionStore(table),
    catalog: dynamoCatalogStore(table, clock),
    archive: dynamoArchiveSince(table),
    relate: async () => {},
    customersCopy: dynamoCustomersCopy(table),
    publicNotices: dynamoPublicNotices(table),
    notices: {
      externals: dynamoExternals(table, clock),
      lists: dynamoExternalLists(table),
      artefacts: dynamoArtefacts(table, clock),
      look: async () => {},
      pace: usualPace,
    },
    keys: dynamoKeyStore(table),
    audit: dynamoAuditLog(table, () => String(n++)),
    identitySecret: async () => 'identity',
    suppressionSecret: async () => 'suppression',
    deployed: notDeployed,
    stack: 'afterword-production',
    now: () => '2026-11-19T15:00:00Z',
    newSecret: () => new Uint8Array(32).fill(n++),
    editions: dynamoEditionLister(table, clock),
    reach: dynamoReachReader(table),
    readership: { readings: dynamoReadings(table), sizes: dynamoTeamSizes(table), relevance: dynamoRelevance(table).readMany },
    actions: dynamoActionLister(table),
    actionRows: dynamoActionLedger(table),
    reviews: { ...dynamoReviewStore(table), ...dynamoReviewLists(table) },
    rebuilds: dynamoRebuilds(table),
    updates: (incident) =>
      listUpdates(incident, {
        updates: { ...dynamoIncidentUpdates(table, clock), ...dynamoDueUpdates(table) },
        editions: dynamoEditionReader(table),
        now: clock,
      }),
    status: (wish) =>
      readStatus(wish, {
        ...postmortems,
        postmortem: postmortems.read,
        edition: dynamoEditionReader(table).read,
        ranges: dynamoRangeLedger(table, clock),
        registry: dynamoSlotRegistry(table),
        ...dynamoDueUpdates(table),
        store: dynamoDistributionStore(table),
        deployed: change.deployed ?? notDeployed,
        lister: dynamoEditionLister(table, clock),
        brakes: dynamoLaneBrakes(table),
        slackWaits: () => slackWaits(slack),
        braked: dynamoBraked(table),
        drift: dynamoDriftStore(table),
        inbound: dynamoInbound(table, clock),
        people: dynamoPeopleStore(table),
        identitySecret: async () => 'identity',
        reminding,
        now: clock,
      }),
    reminding,
    drift: () =>
      findDrift({
        distribution: dynamoDistributionStore(table),
        deployed: change.deployed ?? notDeployed,
        stack: 'afterword-production',
        slack: { channels: dynamoChannelList(table), posts: dynamoSlackPosts(table) },
        people: dynamoPeopleStore(table),
        identitySecret: async () => 'identity',
        peopleList: dynamoPeopleList(table),
        archive: dynamoArchiveSince(table),
        catalog: dynamoCatalogStore(table, clock),
        reviews: dynamoReviewLists(table),
        actions: dynamoActions(table),
        notices: { ...dynamoExternalLists(table), ...dynamoPublicNotices(table) },
        drift: dynamoDriftStore(table),
        now: change.now ?? (() => '2026-11-19T15:00:00Z'),
      }),
    holder: dynamoEditionHolder(table),
    laneBrakes: dynamoLaneBrakes(table),
    slack,
    collect: async () => false,
    inbound: dynamoInbound(table, clock),
    deadLetters: { movable: [], fixed: [], look: notExpected, redrive: notExpected },
    acts: dynamoAuditReader(table),
    send: notExpected,
    preview: notExpected,
    test: notExpected,
    resend: notExpected,
    settle: notExpected,
    rights: {
      erasing: {
        people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
        erasures: dynamoErasureStore(table),
        forgotten: dynamoForgottenList(table),
        sessions: dynamoSessionStore(table),
        newSalt: () => 'a'.repeat(64),
      },
      exporting: {
        ledger: dynamoPersonLedger(table, clock),
        acts: dynamoActsReader(table, clock),
        sessions: dynamoSessionStore(table),
        now: clock,
      },
    },
    ...change,
  };
}

/** The operator's function over a real engine. The key `local` may do everything. */
export async function anOperator(table: Table, change: Partial<OperatorDeps> = {}) {
  const lines: unknown[] = [];
  const line = (...all: unknown[]) => void lines.push(all);
  const deps = operatorDeps(table, change);
  const handle = httpHandler(operatorRoutes(deps), {
    authenticate: (bearer) => authenticate(bearer, deps.keys, async () => 'first'),
    log: { info: line, warn: line, error: line },
    answerTo: answerToDispute,
  });
  await putKey(table, 'local', { label: 'local', scopes, createdAt: '2026-11-01T00:00:00Z' });

  const ask = async (method: string, url: string, body?: unknown, key = 'local') => {
    const type = typeof body === 'string' ? 'text/yaml' : 'application/json';
    const answer = await handle(
      anHttpEvent(method, {
        url,
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined };
  };
  return {
    ask,
    lines,
    audit: async () => (await table.query('AUDIT#2026-11')).items,
    keyWith: (...some: Scope[]) => putKey(table, some.join('+'), { label: 'test', scopes: some, createdAt: '2026-11-01T00:00:00Z' }),
  };
}
