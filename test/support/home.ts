import { createHash } from 'node:crypto';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import {
  dynamoPostmortemIndex,
  dynamoPostmortemList,
  dynamoPostmortemStore,
  dynamoRevisions,
  dynamoSourceReader,
} from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import { dynamoSimilar } from '../../adapters/dynamodb/similar-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { formProof, readSessionText, type StoredSession, sessionText } from '../../core/access/session.ts';
import { runOutbox } from '../../core/intake/run-outbox.ts';
import { type ConsiderDeps, takePostmortem } from '../../core/intake/take-postmortem.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import type { HomeDeps } from '../../lambdas/home/deps.ts';
import { base, homePaths } from '../../lambdas/home/env.ts';
import { notHere } from '../../lambdas/home/refusals.ts';
import { homeRoutes } from '../../lambdas/home/routes.ts';
import type { OperatorDeps } from '../../lambdas/operator/deps.ts';
import type { HttpAnswer } from '../../lambdas/shared/http-answer.ts';
import { sessionCookie } from '../../lambdas/shared/pages/current-session.ts';
import { servePages } from '../../lambdas/shared/pages/serve.ts';
import { routeMatcher } from '../../local/gateway/match-route.ts';
import { aProfile } from './delivery.ts';
import { aDistribution, distributionYaml } from './distribution.ts';
import { anHttpEvent } from './http-event.ts';
import { anOperator, operatorDeps } from './operator.ts';
import { aPostmortem } from './postmortem.ts';
import { sessionsInMemory } from './sessions-in-memory.ts';

/** Who is in front of a page. `nobody` has no cookie. */
export const visitors = ['operator', 'author', 'reader', 'nobody'] as const;
export type Visitor = (typeof visitors)[number];

const people = { operator: 'ops@example.com', author: 'ada@example.com', reader: 'rita@example.com' } as const;
const sidOf = (address: string) => {
  const parsed = parseAddress(address);
  if (!parsed) throw new Error(`${address} is no address`);
  return subscriberId('staff', parsed, 'identity');
};
export const sids = { operator: sidOf(people.operator), author: sidOf(people.author), reader: sidOf(people.reader) } as const;

export const homeYaml = `${distributionYaml}operators:
  people: [${people.operator}]
authors:
  people: [${people.author}]
`;

const matchRoute = routeMatcher(homePaths.map((path) => ({ key: `ANY ${base}${path}` })));
const textOf = (sid: string) => sessionText(sid, createHash('sha256').update(sid).digest());

interface Given {
  /** @default {@link homeYaml} */
  readonly distribution?: string;
  readonly operator?: Partial<OperatorDeps>;
  readonly intake?: Partial<HomeDeps['intake']>;
  /** When the sessions began. @default an hour ago */
  readonly signedInAt?: string;
}

/**
 * The pages for operators and authors over a real table, with sessions in memory. An operator, an
 * author and a reader have signed in.
 */
export async function aHomeWorld(table: Table, given: Given = {}) {
  const clock = { now: new Date('2026-11-23T10:00:00Z') };
  const now = () => clock.now;
  const store = dynamoPeopleStore(table);
  for (const address of Object.values(people)) await store.writeProfile(aProfile({ sid: sidOf(address), address, revision: 1 }), 0);
  await (await anOperator(table)).ask('PUT', '/operator/configuration', given.distribution ?? homeYaml);
  const logged: unknown[] = [];
  const note = (...all: unknown[]) => void logged.push(all);
  const log = { info: note, warn: note, error: note };
  const operator = operatorDeps(table, { now: () => toInstant(now()), ...given.operator });
  const createdAt = given.signedInAt ?? '2026-11-23T09:00:00Z';
  const sessionOf = (sid: string): StoredSession => {
    const read = readSessionText(textOf(sid));
    if (!read) throw new Error('no session has this text');
    return { ...read, kind: 'session', way: 'mail', createdAt, seenAt: createdAt, generation: 0 };
  };
  const sessions = sessionsInMemory(...Object.values(sids).map(sessionOf));
  const deps: HomeDeps = {
    operator,
    intake: {
      postmortems: dynamoPostmortemStore(table),
      revisions: dynamoRevisionLog(table),
      actions: dynamoActionLedger(table),
      reviews: { store: dynamoReviewStore(table), distribution: async () => (await operator.distribution.read())?.distribution, now },
      renditions: dynamoRenditionStore(table),
      search: dynamoSearchIndex(table),
      editions: dynamoEditionStore(table, now),
      queue: { alert: async () => {}, published: async () => {} },
      distribution: async () => (await operator.distribution.read())?.distribution,
      list: dynamoPostmortemList(table),
      history: dynamoRevisions(table),
      sources: dynamoSourceReader(table),
      relevance: async () => undefined,
      similar: dynamoSimilar(table),
      externals: operator.notices.externals,
      audit: operator.audit,
      incidentOf: async () => undefined,
      now,
      log,
      ...given.intake,
    },
    changedSince: dynamoPostmortemIndex(table).changedSince,
    people: store,
    sessions,
    publicUrl: 'https://news.example.com',
    now,
    log,
  };
  const serve = servePages(homeRoutes(deps), { base, notFound: notHere }, log);
  const ask = async (method: string, url: string, { as = 'operator', form, headers = {}, body }: Asked = {}): Promise<HttpAnswer> => {
    const event = anHttpEvent(method, {
      url,
      headers: {
        host: 'news.example.com',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
      ...(body !== undefined && { body }),
    });
    const matched = matchRoute(method, event.rawPath);
    return serve({
      ...event,
      routeKey: matched?.route.key ?? '$default',
      ...(matched && { pathParameters: { ...matched.pathParameters } }),
      ...(as !== 'nobody' && { cookies: [`${sessionCookie}=${textOf(sids[as])}`] }),
    });
  };
  /** Takes a document in, as a key sends it. Its outbox is left to be run. */
  const storeDocument = async (
    document: Document,
    how: Pick<ConsiderDeps, 'by' | 'asked'> & Partial<Pick<ConsiderDeps, 'distribution'>> = {},
  ) => {
    const postmortem = aPostmortem({ title: `About ${document.id}`, ...document });
    const read = { postmortem, sections: [], recognised: [], missing: [], warnings: [] };
    await takePostmortem(read, { ...deps.intake, distribution: aDistribution(), by: 'ci', ...how });
  };
  return {
    deps,
    table,
    clock,
    logged,
    sessions,
    store: storeDocument,
    /** The same, with its outbox. */
    async publish(...what: Parameters<typeof storeDocument>): Promise<void> {
      await storeDocument(...what);
      await runOutbox(what[0].id, deps.intake);
    },
    ask,
    open: (url: string, asked?: Asked) => ask('GET', url, asked),
    /** Presses a button, with the proof of the session. */
    press: (url: string, form: Record<string, string>, asked: Asked = {}) => {
      const { as = 'operator' } = asked;
      const proof = as === 'nobody' ? '' : formProof(sessionOf(sids[as]));
      return ask('POST', url, { ...asked, form: { proof, ...form } });
    },
    audit: async () => (await table.query('AUDIT#2026-11')).items.filter(({ act }) => act !== 'configuration applied'),
  };
}

type Document = Readonly<Record<string, unknown>> & { readonly id: string };

interface Asked {
  /** @default operator */
  readonly as?: Visitor;
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** In place of a form. */
  readonly body?: string;
}
