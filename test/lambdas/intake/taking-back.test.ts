import { expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemStore } from '../../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../../adapters/dynamodb/search-index.ts';
import { intakeRoutes } from '../../../lambdas/intake/routes.ts';
import { httpHandler } from '../../../lambdas/shared/http-routes.ts';
import { aDistribution } from '../../support/distribution.ts';
import { anHttpEvent } from '../../support/http-event.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { noReviews } from '../../support/reviews-in-memory.ts';
import { similarInMemory } from '../../support/similar-in-memory.ts';

const freshTable = oneEngine();

/** Intake with an archive that can be out of order. */
async function anIntake() {
  const table = await freshTable();
  const now = () => new Date('2026-11-19T12:00:00Z');
  const search = dynamoSearchIndex(table);
  const archive = { isBroken: false };
  const orBroken = async (write: () => Promise<void>) => {
    if (archive.isBroken) throw new Error('throttled');
    await write();
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const routes = intakeRoutes({
    postmortems: dynamoPostmortemStore(table),
    revisions: dynamoRevisionLog(table),
    actions: dynamoActionLedger(table),
    reviews: noReviews,
    renditions: dynamoRenditionStore(table),
    search: {
      put: (...entry) => orBroken(() => search.put(...entry)),
      hide: (...entry) => orBroken(() => search.hide(...entry)),
    },
    editions: dynamoEditionStore(table, now),
    queue: { alert: async () => {}, published: async () => {} },
    distribution: async () => aDistribution(),
    list: async () => ({ postmortems: [] }),
    history: async () => [],
    sources: { readSource: async () => undefined },
    relevance: async () => undefined,
    similar: similarInMemory(),
    externals: { read: async () => undefined },
    audit: { record: async () => {} },
    incidentOf: async () => undefined,
    now,
    log,
  });
  const answer = httpHandler(routes, { authenticate: async () => ({ id: '0123456789abcdef', label: 'ci', scopes: ['publish'] }), log });
  const put = (document: object) =>
    answer(
      anHttpEvent('PUT', {
        url: '/postmortems/pm-1',
        headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'Keys of the vault', severity: 'sev2', status: 'published', ...document }),
      }),
    );
  return { put, archive, told: async () => (await search.readAll('engineering')).filter((entry) => 'title' in entry) };
}

it.each([{ restricted: true }, { status: 'retracted' }])('is not answered as done before it is done: %o', async (change) => {
  const { put, archive, told } = await anIntake();
  await put({});
  archive.isBroken = true;

  expect(await put(change)).toMatchObject({
    statusCode: 503,
    headers: { 'retry-after': '2' },
    body: expect.stringContaining('Send it again'),
  });
  expect((await put(change)).statusCode).toBe(503);
  archive.isBroken = false;
  expect(await put(change)).toMatchObject({ statusCode: 200, body: expect.stringContaining('"outcome":"unchanged"') });
  expect(await told()).toEqual([]);
});

it('is not waited for where nothing has to be taken back', async () => {
  const { put, archive } = await anIntake();
  archive.isBroken = true;

  expect((await put({})).statusCode).toBe(201);
  expect((await put({ title: 'Another title' })).statusCode).toBe(200);
});
