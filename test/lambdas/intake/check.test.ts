import { expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoExternals } from '../../../adapters/dynamodb/external-store.ts';
import { dynamoPostmortemStore, dynamoSourceReader } from '../../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../../adapters/dynamodb/search-index.ts';
import { answerToManyWriters, intakeRoutes } from '../../../lambdas/intake/routes.ts';
import { httpHandler } from '../../../lambdas/shared/http-routes.ts';
import { aDistribution } from '../../support/distribution.ts';
import { anHttpEvent } from '../../support/http-event.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { noReviews } from '../../support/reviews-in-memory.ts';
import { similarInMemory } from '../../support/similar-in-memory.ts';

const freshTable = oneEngine();

async function anIntake(more: object = {}, file = aDistribution()) {
  const table = await freshTable();
  const now = () => new Date('2026-11-19T12:00:00Z');
  const mails: string[] = [];
  const mail = async (id: string) => void mails.push(id);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const postmortems = dynamoPostmortemStore(table);
  const routes = intakeRoutes({
    postmortems,
    revisions: dynamoRevisionLog(table),
    actions: dynamoActionLedger(table),
    reviews: noReviews,
    renditions: dynamoRenditionStore(table),
    search: dynamoSearchIndex(table),
    editions: dynamoEditionStore(table, now),
    queue: { alert: mail, published: mail },
    distribution: async () => file,
    list: async () => ({ postmortems: [] }),
    history: async () => [],
    externals: dynamoExternals(table, now),
    sources: { readSource: async () => undefined },
    relevance: async () => undefined,
    similar: similarInMemory(),
    audit: { record: async () => {} },
    incidentOf: async () => undefined,
    now,
    log,
    ...more,
  });
  const answer = httpHandler(routes, {
    authenticate: async () => ({ id: '0123456789abcdef', label: 'ci', scopes: ['publish', 'read'] }),
    log,
    answerTo: answerToManyWriters,
  });
  const ask = async (method: 'PUT' | 'GET' | 'POST', url: string, document?: object | string) => {
    const type = typeof document === 'string' ? 'text/markdown' : 'application/json';
    const body = typeof document === 'string' ? document : JSON.stringify(document);
    const headers = { authorization: 'Bearer key', 'content-type': type };
    const { statusCode, body: said } = await answer(anHttpEvent(method, { url, headers, ...(document !== undefined && { body }) }));
    return { status: statusCode, ...JSON.parse(said ?? '{}') };
  };
  return { ask, mails, postmortems, sources: dynamoSourceReader(table) };
}
const grave = { title: 'Pool ran dry', summary: 'No orders.', severity: 'sev1', startedAt: '2026-11-19T10:00:00Z' };

it('says what would become of a postmortem and who would be told, and stores nothing', async () => {
  const { ask, mails } = await anIntake();

  expect(await ask('PUT', '/postmortems/pool?check=true', grave)).toMatchObject({
    ...{ status: 'published', outcome: 'checked', id: 'pool', revision: 1, sections: ['summary'] },
    tells: expect.arrayContaining([
      expect.stringMatching(/^Sev-1 alerts, at once$/),
      expect.stringMatching(/^Engineering digest, in its next/),
    ]),
  });
  expect((await ask('GET', '/postmortems/pool')).status).toBe(404);
  expect(mails).toEqual([]);
});

it('says who is told when it stores one, and of the same once more only what is still to come', async () => {
  const { ask, mails } = await anIntake();
  const next = 'Engineering digest, in its next edition';

  expect(await ask('PUT', '/postmortems/pool', grave)).toMatchObject({
    outcome: 'new',
    tells: ['Sev-1 alerts, at once', 'Engineering digest, at once, to those who want each as it is published', next],
  });
  expect(mails).toEqual(['pool', 'pool']);
  expect(await ask('PUT', '/postmortems/pool', grave)).toMatchObject({ outcome: 'unchanged', tells: [next] });
});

it('leaves a stored postmortem as it is, and names the revision that would follow', async () => {
  const { ask } = await anIntake();
  await ask('PUT', '/postmortems/pool', grave);

  expect(await ask('PUT', '/postmortems/pool?check=true', { ...grave, restricted: true })).toMatchObject({
    outcome: 'checked',
    revision: 2,
    tells: [],
  });
  expect(await ask('PUT', '/postmortems/pool?check=true', grave)).toMatchObject({ outcome: 'checked', revision: 1 });
  expect(await ask('GET', '/postmortems/pool')).toMatchObject({ revision: 1, restricted: false });
});

it('refuses in a check what would be refused, and a check that is neither true nor false', async () => {
  const { ask } = await anIntake();
  expect(await ask('PUT', '/postmortems/pool?check=true', { ...grave, severity: 'huge' })).toMatchObject({
    status: 422,
    errors: [{ field: 'severity' }],
  });
  expect(await ask('PUT', '/postmortems/pool?check=yes&replaces=x&publishedAt=soon', grave)).toMatchObject({
    status: 422,
    errors: [{ field: 'publishedAt' }, { field: 'check' }, { field: 'replaces' }],
  });
  expect((await ask('GET', '/postmortems/pool')).status).toBe(404);
});

it('takes a document with a picture that is larger than what it takes of text', async () => {
  const { ask } = await anIntake();
  const picture = (bytes: number) =>
    `# Pool\n\nIt was dry.\n\n![][image1]\n\n[image1]: <data:image/png;base64,${'QUJD'.repeat(bytes / 4)}>\n`;
  expect(await ask('PUT', '/postmortems/pool', picture(400_000))).toMatchObject({ status: 'published', title: 'Pool' });
  expect(await ask('PUT', '/postmortems/pool', { title: 'a', summary: 'x'.repeat(300_000) })).toMatchObject({
    status: 413,
    detail: expect.stringContaining('take out pictures'),
  });
});

it('replaces only the revision that its author was shown, and takes the same twice', async () => {
  const { ask } = await anIntake();
  const later = { ...grave, summary: 'No orders for an hour.' };
  expect(await ask('PUT', '/postmortems/pool?check=true', grave)).toMatchObject({ replaces: 0 });
  expect(await ask('PUT', '/postmortems/pool?replaces=0', grave)).toMatchObject({ outcome: 'new', replaces: 0 });
  expect(await ask('PUT', '/postmortems/pool?replaces=0', grave)).toMatchObject({ outcome: 'unchanged' });

  expect(await ask('PUT', '/postmortems/pool?replaces=0', later)).toMatchObject({
    status: 409,
    detail: expect.stringMatching(/not the one that replaces names\. Nothing was stored\. Read what is stored now/),
  });
  expect(await ask('GET', '/postmortems/pool')).toMatchObject({ revision: 1, summary: 'No orders.' });
  expect(await ask('PUT', '/postmortems/pool?replaces=1', later)).toMatchObject({ outcome: 'changed', revision: 2 });
  expect(await ask('PUT', '/postmortems/pool?replaces=-1', later)).toMatchObject({ status: 422, errors: [{ field: 'replaces' }] });
});

it('keeps a document as it was sent, with the revision that it made', async () => {
  const { ask, postmortems, sources } = await anIntake();
  const text = '---\nid: pool # of the checkout\n---\n# Pool ran dry\n\nNo orders.\n';
  await ask('PUT', '/postmortems/pool?check=true', text);
  await ask('PUT', '/postmortems/pool', text);
  await ask('PUT', '/postmortems/pool', `${text}\n\n`);
  const stored = await postmortems.readCurrent('pool');
  if (!stored) throw new Error('it was not stored');

  expect(stored.revision).toBe(1);
  expect(await sources.readSource('pool', 1, stored.hash)).toEqual({ type: 'text/markdown', text });
  expect(await sources.readSource('pool', 2, stored.hash)).toBeUndefined();
});

it('names the channels of Slack before anything is sent there', async () => {
  const asked: string[] = [];
  const posts = { want: async () => void asked.push('want'), look: async () => void asked.push('look') };
  const { ask } = await anIntake({ posts }, aDistribution({ slack: { channels: [{ channel: '#incident-pms' }] } }));
  const { tells } = await ask('PUT', '/postmortems/pool?check=true', {
    title: 'The pool ran dry',
    severity: 'sev2',
    publishedAt: '2026-11-19T10:00:00Z',
  });
  expect(tells).toContain('#incident-pms in Slack, at once, as engineering sees it');
  expect(asked).toEqual([]);
});

it('names the command, with the id that was sent, where nothing was found similar', async () => {
  const { ask } = await anIntake();
  expect(await ask('POST', '/postmortems/pool/similar/other', { says: 'confirm' })).toMatchObject({
    status: 404,
    detail: expect.stringContaining('afterword similar pool'),
  });
});
