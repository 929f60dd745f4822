import { beforeEach, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoAuditLog, dynamoAuditReader, dynamoRevisionLog } from '../../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import {
  dynamoPostmortemList,
  dynamoPostmortemStore,
  dynamoRevisions,
  dynamoSourceReader,
} from '../../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { postmortemKey } from '../../../adapters/dynamodb/table-shape.ts';
import type { Scope } from '../../../core/access/scope.ts';
import { textToRevise } from '../../../core/intake/text-to-revise.ts';
import { answerToManyWriters, intakeRoutes } from '../../../lambdas/intake/routes.ts';
import { httpHandler } from '../../../lambdas/shared/http-routes.ts';
import { aDistribution } from '../../support/distribution.ts';
import { anHttpEvent } from '../../support/http-event.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { noReviews } from '../../support/reviews-in-memory.ts';
import { similarInMemory } from '../../support/similar-in-memory.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

/**
 * Intake with a clock that advances, an archive that can be out of order, CI's key and an
 * operator's.
 */
function anIntake() {
  let seconds = 0;
  const now = () => new Date(Date.parse('2026-11-19T12:00:00Z') + 1000 * seconds++);
  const [search, postmortems] = [dynamoSearchIndex(table), dynamoPostmortemStore(table)];
  const state = { isBroken: false, mails: [] as string[], beforeWrite: undefined as (() => Promise<unknown>) | undefined };
  const orBroken = async (write: () => Promise<void>) => {
    if (state.isBroken) throw new Error('throttled');
    await write();
  };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const routes = intakeRoutes({
    postmortems: {
      ...postmortems,
      async putCurrent(stored, before) {
        const first = state.beforeWrite;
        state.beforeWrite = undefined;
        await first?.();
        return postmortems.putCurrent(stored, before);
      },
    },
    revisions: dynamoRevisionLog(table),
    actions: dynamoActionLedger(table),
    reviews: noReviews,
    renditions: dynamoRenditionStore(table),
    search: { put: (...entry) => orBroken(() => search.put(...entry)), hide: (...entry) => orBroken(() => search.hide(...entry)) },
    editions: dynamoEditionStore(table, now),
    queue: { alert: async (id) => void state.mails.push(`alert ${id}`), published: async () => {} },
    distribution: async () => aDistribution(),
    list: dynamoPostmortemList(table),
    history: dynamoRevisions(table),
    sources: dynamoSourceReader(table),
    relevance: async () => undefined,
    similar: similarInMemory(),
    externals: { read: async () => undefined },
    audit: dynamoAuditLog(table, () => String(seconds)),
    incidentOf: async () => undefined,
    now,
    log,
  });
  const callers: Record<string, { label: string; scopes: Scope[] }> = {
    ci: { label: 'ci', scopes: ['publish', 'read'] },
    operator: { label: 'on call', scopes: ['send', 'read'] },
  };
  const answer = httpHandler(routes, {
    authenticate: async (bearer) => ({ id: bearer, ...(callers[bearer] ?? expect.unreachable()) }),
    log,
    answerTo: answerToManyWriters,
  });
  const ask = async (key: string, method: string, url: string, body?: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const { statusCode, body: said } = await answer(anHttpEvent(method, { url, headers, ...(body && { body: JSON.stringify(body) }) }));
    return { http: statusCode, ...JSON.parse(said ?? '{}') };
  };
  const document = { title: 'Keys of the vault', severity: 'sev1', startedAt: '2026-11-19T10:00:00Z', summary: 'They were printed.' };
  return {
    ask,
    state,
    publish: (change: object = {}) => ask('ci', 'PUT', '/postmortems/vault', { ...document, ...change }),
    hold: (act: string, reason = 'names a customer') => ask('operator', 'POST', `/postmortems/vault/${act}`, { reason }),
    shown: () => ask('operator', 'GET', '/postmortems/vault'),
    sourceOf: async () =>
      textToRevise((await postmortems.readCurrent('vault')) ?? expect.unreachable(), aDistribution(), {
        sources: dynamoSourceReader(table),
        now,
      }),
    told: async () => (await search.readAll('engineering')).flatMap((entry) => ('title' in entry ? [entry.title] : [])),
    acts: async () =>
      (await dynamoAuditReader(table).list({ since: new Date('2026-11-01'), until: new Date('2026-12-01'), limit: 100 })).acts
        .toReversed()
        .map(({ who, act, facts }) => `${who}: ${act} ${facts.revision}`),
  };
}

it.each([
  ['restrict', { restricted: true, status: 'published' }],
  ['retract', { restricted: false, status: 'retracted' }],
])('%ss what is stored as a revision of its own, once, which the next run of CI does not undo', async (act, now) => {
  const { publish, hold, told, acts, shown, state } = anIntake();
  await publish();
  expect(await told()).toEqual(['Keys of the vault']);
  state.mails.length = 0;

  expect(await hold(act)).toMatchObject({ http: 200, outcome: 'changed', revision: 2, ...now, tells: [] });
  expect(await told()).toEqual([]);
  expect(state.mails).toEqual(['alert vault']);
  expect(await hold(act)).toMatchObject({ http: 200, outcome: 'unchanged', revision: 2, ...now });

  const again = await publish();
  expect(again).toMatchObject({ http: 200, outcome: 'unchanged', revision: 2 });
  expect(again.warnings).toContainEqual(expect.stringContaining('whatever the document says, until they release it'));
  const changed = { title: 'Keys of the house', restricted: false, status: 'published' };
  const next = await publish(changed);
  expect(next).toMatchObject({ outcome: 'changed', revision: 3 });
  expect(next.warnings.join()).not.toContain('somebody else');
  expect(await shown()).toMatchObject({
    title: 'Keys of the house',
    ...now,
    held: { document: { restricted: false, status: 'published' } },
  });
  expect(await told()).toEqual([]);

  expect(await hold('release')).toMatchObject({ http: 200, outcome: 'changed', revision: 4, restricted: false, status: 'published' });
  expect(await told()).toEqual(['Keys of the house']);
  expect(await shown()).not.toHaveProperty('held');
  expect(await hold('release')).toMatchObject({ outcome: 'unchanged', revision: 4, warnings: [] });
  expect(await acts()).toEqual([
    'ci: postmortem stored 1',
    'operator: postmortem stored 2',
    `operator: postmortem ${act}ed 2`,
    'ci: postmortem stored 3',
    'operator: postmortem stored 4',
    'operator: postmortem released 4',
  ]);
});

it('holds both at once, and a release ends both', async () => {
  const { publish, hold } = anIntake();
  await publish();
  await hold('retract');
  expect(await hold('restrict')).toMatchObject({ outcome: 'changed', restricted: true, status: 'retracted' });
  expect(await hold('release')).toMatchObject({ restricted: false, status: 'published' });
});

it('outlives a document that lifts its own restriction, and a release brings back what the document says', async () => {
  const { publish, hold, told } = anIntake();
  await publish({ restricted: true });
  expect(await hold('restrict')).toMatchObject({ outcome: 'changed', revision: 2 });
  await publish({ restricted: false });
  expect(await told()).toEqual([]);
  await publish({ restricted: true, title: 'Keys' });
  expect(await hold('release')).toMatchObject({
    outcome: 'changed',
    restricted: true,
    warnings: [expect.stringMatching(/^It is still told to nobody: its document restricts it/)],
  });
  expect(await hold('release')).toMatchObject({
    outcome: 'unchanged',
    warnings: [expect.stringMatching(/^Nothing of an operator keeps it back/)],
  });
});

it('keeps a draft a draft below a retraction', async () => {
  const { publish, hold } = anIntake();
  await publish({ status: 'draft' });
  await hold('retract');
  expect(await hold('release')).toMatchObject({ status: 'draft' });
});

it('is not answered as done before it is done', async () => {
  const { publish, hold, state, acts, told } = anIntake();
  await publish();
  state.isBroken = true;
  expect(await hold('restrict')).toMatchObject({ http: 503, detail: expect.stringContaining('Send it again') });
  expect((await hold('restrict')).http).toBe(503);
  state.isBroken = false;
  expect(await hold('restrict')).toMatchObject({ http: 200, outcome: 'unchanged' });
  expect(await told()).toEqual([]);
  expect((await acts()).filter((act) => act.includes('restricted'))).toHaveLength(1);
});

it('holds what CI stores at the very same moment', async () => {
  const { publish, hold, state, told } = anIntake();
  await publish();
  state.beforeWrite = () => publish({ title: 'Keys of the house' });
  expect(await hold('restrict')).toMatchObject({ http: 200, revision: 3, title: 'Keys of the house', restricted: true });
  state.beforeWrite = () => hold('retract');
  expect(await publish({ title: 'Keys of the car' })).toMatchObject({ http: 200, status: 'retracted', restricted: true });
  expect(await told()).toEqual([]);
});

it('reads a hold of a later release, and restricts where it cannot', async () => {
  const { publish, hold, shown } = anIntake();
  await publish();
  await hold('restrict');
  await table.update(postmortemKey('vault'), {
    set: { held: { restricted: true, retracted: 'a later word', later: 1, document: { restricted: false, status: 'published' } } },
  });
  expect(await publish({ title: 'Keys' })).toMatchObject({ restricted: true, status: 'published' });
  expect(await shown()).toMatchObject({ held: { later: 1, restricted: true, retracted: false } });
  await table.update(postmortemKey('vault'), { set: { held: 'a later shape' } });
  expect(await publish({ title: 'Keys of the house' })).toMatchObject({ restricted: true });
});

it('lists the revisions, latest first, without a copy that never became current', async () => {
  const { publish, hold, ask, state } = anIntake();
  await publish();
  await publish({ title: 'Keys of the house' });
  await hold('restrict');
  state.beforeWrite = () => Promise.reject(new Error('throttled'));
  expect((await publish({ title: 'Keys of the car' })).http).toBe(500);
  const { http, revisions } = await ask('operator', 'GET', '/postmortems/vault/revisions');
  expect(http).toBe(200);
  expect(revisions).toMatchObject([
    { revision: 3, by: 'operator', title: 'Keys of the house', restricted: true },
    { revision: 2, by: 'ci', title: 'Keys of the house', restricted: false },
    { revision: 1, by: 'ci', title: 'Keys of the vault', restricted: false },
  ]);
});

it('finds postmortems by words, status and restriction, and refuses what is none of these', async () => {
  const { ask, publish, hold } = anIntake();
  await publish();
  await ask('ci', 'PUT', '/postmortems/checkout', { title: 'Checkout was slöw', severity: 'sev2' });
  await hold('restrict');
  const ids = async (query: string) =>
    (await ask('operator', 'GET', `/postmortems?${query}`)).postmortems.map(({ id }: { id: string }) => id);
  expect(await ids('text=SLOW')).toEqual(['checkout']);
  expect(await ids('text=vau keys')).toEqual(['vault']);
  expect(await ids('restricted=true')).toEqual(['vault']);
  expect(await ids('restricted=false&status=published')).toEqual(['checkout']);
  expect(await ids('status=&text=&restricted=')).toHaveLength(2);
  for (const [query, field] of [
    ['status=gone', 'status'],
    ['restricted=maybe', 'restricted'],
  ])
    expect(await ask('operator', 'GET', `/postmortems?${query}`)).toMatchObject({ http: 422, errors: [{ field }] });
  expect(await ask('operator', 'GET', '/postmortems?since=foo&limit=0&status=x')).toMatchObject({
    http: 422,
    errors: [{ field: 'since' }, { field: 'limit' }, { field: 'status' }],
  });
});

it.each(['restrict', 'retract', 'release'])('to %s wants an operator’s key, a reason and a postmortem', async (act) => {
  const { ask, publish, hold, acts } = anIntake();
  expect((await hold(act)).http).toBe(404);
  await publish();
  expect((await ask('ci', 'POST', `/postmortems/vault/${act}`, { reason: 'by the pipeline' })).http).toBe(403);
  expect(await hold(act, 'ada@example.com asked')).toMatchObject({ http: 422, errors: [{ field: 'reason' }] });
  expect(await acts()).toEqual(['ci: postmortem stored 1']);
});

it('keeps the document as it was sent, from which its author goes on', async () => {
  const { publish, hold, sourceOf } = anIntake();
  await publish();
  await hold('restrict');
  expect(await sourceOf()).toMatchObject({ isAsSent: true, text: expect.stringContaining('They were printed.') });
});

it('says what the organisation calls the severity, with one postmortem, its revisions and the list', async () => {
  const { ask, publish, shown } = anIntake();
  await publish();

  expect(await shown()).toMatchObject({ severity: 'sev1', severityLabel: 'Sev-1' });
  expect(await ask('operator', 'GET', '/postmortems/vault/revisions')).toMatchObject({ revisions: [{ severityLabel: 'Sev-1' }] });
  expect(await ask('operator', 'GET', '/postmortems?since=2026-11-01')).toMatchObject({ postmortems: [{ severityLabel: 'Sev-1' }] });
});
