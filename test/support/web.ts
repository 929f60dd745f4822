import { randomBytes, randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionReader, dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
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
import type { Table } from '../../adapters/dynamodb/table.ts';
import { auditPartition } from '../../adapters/dynamodb/table-shape.ts';
import { dynamoTeamFeedback } from '../../adapters/dynamodb/team-feedback-store.ts';
import type { StoredSession } from '../../core/access/session.ts';
import { signToken, type TokenClaims, type TokenKeys } from '../../core/access/token.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { forCustomers } from '../../core/distribution/for-customers.ts';
import { usualPace } from '../../core/notice/due.ts';
import { type Realm, realms, type StreamName } from '../../core/stream/stream.ts';
import type { PeopleStore } from '../../core/subscriber/ports.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { keptArchives } from '../../lambdas/shared/kept-archives.ts';
import { sessionCookie } from '../../lambdas/shared/pages/current-session.ts';
import type { PageRoute } from '../../lambdas/shared/pages/page-route.ts';
import { servePages } from '../../lambdas/shared/pages/serve.ts';
import type { WebDeps } from '../../lambdas/web/deps.ts';
import { pageBases, pathsOf } from '../../lambdas/web/env.ts';
import { pressLimiter } from '../../lambdas/web/form-post-limiter.ts';
import { keptLinks } from '../../lambdas/web/kept-links.ts';
import { keptNotices } from '../../lambdas/web/published-notices.ts';
import { notFound } from '../../lambdas/web/refusals.ts';
import { keptTexts } from '../../lambdas/web/searched-texts.ts';
import { routeMatcher } from '../../local/gateway/match-route.ts';
import { begunSession } from './begun-session.ts';
import { aDistribution } from './distribution.ts';
import { anHttpEvent } from './http-event.ts';

export const keys: TokenKeys = { kid: 'k1', key: 'a key for tests that is long enough' };
/** Those of mails to customers. */
export const customersKeys: TokenKeys = { kid: 'c1', key: 'a key of customers that is long enough' };
const matchRoute = routeMatcher(realms.flatMap((realm) => pathsOf[realm].map((path) => ({ key: `ANY ${pageBases[realm]}${path}` }))));

/** A request as the HTTP API passes it to `web`, with the route that the API would choose. */
export function aPageEvent(
  method: string,
  url: string,
  {
    form,
    headers = {},
    session,
    ...more
  }: {
    form?: Record<string, string | string[]>;
    headers?: Record<string, string>;
    body?: string;
    /** The text of the session in the visitor's cookie. */
    session?: string | undefined;
  } = {},
): APIGatewayProxyEventV2 {
  const matched = matchRoute(method, url.split('?')[0] ?? '');
  const fields = Object.entries(form ?? {}).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
  const event = anHttpEvent(method, {
    url,
    headers: { host: 'news.example.com', ...(form && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    ...(form && { body: new URLSearchParams(fields).toString() }),
    ...more,
  });
  const routeKey = matched?.route.key ?? '$default';
  return {
    ...event,
    routeKey,
    ...(matched && { pathParameters: { ...matched.pathParameters } }),
    ...(session !== undefined && { cookies: [`${sessionCookie}=${session}`] }),
  };
}

interface Given {
  readonly people?: readonly Profile[];
  readonly distribution?: Distribution;
  /** The realm of the pages. @default staff */
  readonly realm?: Realm;
}

/**
 * The dependencies of the pages: a real table, and fakes for everything else. What happens is
 * recorded, so that a test can check it.
 */
export async function aWebWorld(table: Table, { people: given = [], distribution = aDistribution(), realm = 'staff' }: Given = {}) {
  const store = dynamoPeopleStore(table);
  const ownKeys = realm === 'customers' ? customersKeys : keys;
  /** The generation that a subscriber's links must have to be valid. */
  const generations = new Map<string, number>();
  const people: PeopleStore = {
    ...store,
    async writeProfile(profile, before) {
      const isWritten = await store.writeProfile(profile, before);
      if (isWritten) generations.set(profile.sid, profile.generation ?? 0);
      return isWritten;
    },
  };
  for (const profile of given) {
    for (const [stream, settings] of Object.entries(profile.streams))
      for (const { slot, at } of settings?.slots ?? []) await people.putSubscription(stream as StreamName, slot, profile.sid, at);
    await people.writeProfile({ ...profile, revision: 1 }, 0);
  }
  const mails: Parameters<WebDeps['mail']>[0][] = [];
  /** The postmortems whose notices were to be looked at. */
  const looks: string[] = [];
  const logged: unknown[] = [];
  const clock = { now: new Date('2026-11-23T10:00:00Z') };
  const editions = dynamoEditionStore(table, () => clock.now);
  const sent = { editions, fragments: editions, leaves: dynamoLeafFinder(table) };
  const archives = keptArchives(dynamoSearchIndex(table), () => clock.now);
  const deps: WebDeps = {
    realm,
    people,
    audit: dynamoAuditLog(table, randomUUID, realm),
    // Customers' pages read their copy and nothing else.
    distribution: async () => (realm === 'customers' ? forCustomers(distribution) : distribution),
    tokenKeys: async () => ownKeys,
    identitySecret: async () => 'identity',
    suppressionSecret: async () => 'suppression',
    suppressed: dynamoSuppressionList(table),
    mail: async (wanted) => void mails.push(wanted),
    archives,
    searchedTexts: keptTexts(archives, dynamoManyRenditions(table)),
    renditions: dynamoRenditions(table),
    notices: keptNotices(dynamoPublicNotices(table), () => clock.now),
    postLinks: dynamoPostLinks(table, () => clock.now),
    recordView: dynamoEvidenceStore(table, () => clock.now).look,
    readings: dynamoReadings(table),
    relevance: dynamoRelevance(table),
    teamFeedback: dynamoTeamFeedback(table, () => clock.now),
    counter: dynamoCounter(table),
    joinRequests: dynamoJoinRequests(table),
    actions: dynamoActionLedger(table),
    reviews: dynamoReviewStore(table),
    similar: dynamoSimilar(table),
    reviewLists: dynamoReviewLists(table),
    reviewing: {
      externals: dynamoExternals(table, () => clock.now),
      artefacts: dynamoArtefacts(table, () => clock.now),
      look: async (postmortem) => void looks.push(postmortem),
      pace: usualPace,
    },
    erasing: {
      people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
      erasures: dynamoErasureStore(table),
      forgotten: dynamoForgottenList(table),
      sessions: dynamoSessionStore(table),
      newSalt: () => 'a'.repeat(64),
    },
    exporting: { ledger: dynamoPersonLedger(table, () => clock.now, realm), acts: dynamoActsReader(table, () => clock.now, realm) },
    linksOf: keptLinks(sent, () => clock.now),
    sent,
    slots: dynamoSlotStore(table),
    sessions: dynamoSessionStore(table),
    usedLinks: dynamoUsedLinks(table),
    newSecret: () => randomBytes(32),
    editions: dynamoEditionReader(table),
    mayPress: pressLimiter(() => clock.now),
    evenly: (work) => work(),
    publicUrl: `https://news.example.com${pageBases[realm]}`,
    now: () => clock.now,
  };
  const note = (...all: unknown[]) => void logged.push(all);
  return {
    deps,
    table,
    mails,
    looks,
    logged,
    clock,
    profile: async (sid: string) => (await people.readProfiles([{ realm, sid }]))[0],
    auditLines: async () => (await table.query(auditPartition('2026-11', realm))).items,
    /** Signs this person in, or makes a feed of theirs. Its text is what the cookie or the address holds. */
    begin: async (sid: string, change: Partial<StoredSession> = {}): Promise<string> => {
      const [profile] = await people.readProfiles([{ realm: 'staff', sid }]);
      return begunSession(deps.sessions, profile ?? { sid }, clock.now, change);
    },
    serve: (routes: readonly PageRoute[]) =>
      servePages(routes, { base: pageBases[realm], notFound: () => notFound(deps) }, { info: note, warn: note, error: note }),
    token: (claims: Partial<TokenClaims> & Pick<TokenClaims, 'scope' | 'subscriber'>, signedWith: TokenKeys = ownKeys) =>
      signToken(
        {
          realm,
          about: '',
          generation: generations.get(claims.subscriber) ?? 0,
          issuedAt: Math.floor(clock.now.getTime() / 1000),
          ...claims,
        },
        signedWith,
      ),
  };
}

/** The button that the form of a page must name, by the path of the page. */
export function buttonOf(path: string): Record<string, string> {
  if (path.endsWith('/erase')) return { press: 'erase' };
  if (path.includes('/c/')) return { press: 'confirm' };
  return path.includes('/a/') ? { press: 'approve' } : {};
}
