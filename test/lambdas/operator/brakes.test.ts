import { beforeEach, expect, it } from 'vitest';
import { dynamoEditionHolder } from '../../../adapters/dynamodb/edition-flags.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoLaneBrakes } from '../../../adapters/dynamodb/lane-store.ts';
import { writeQuota } from '../../../adapters/dynamodb/sweep-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { CannotSettle } from '../../../core/restore/settle-copy.ts';
import { UnknownEdition } from '../../../core/shared/errors.ts';
import type { OperatorDeps } from '../../../lambdas/operator/deps.ts';
import { anEdition, aSid } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const { id } = anEdition();
const now = () => new Date('2026-11-23T08:00:00Z');
const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
  await dynamoEditionStore(table, now).create(anEdition());
});

it('pauses, resumes and recalls an edition, each once, and leaves a line with the label of the key', async () => {
  const { ask, audit } = await anOperator(table);
  for (const how of ['pause', 'resume', 'recall']) {
    expect(await ask('POST', `/operator/editions/${id}/${how}`)).toEqual({ status: 200, body: { edition: id, changed: true } });
    expect(await ask('POST', `/operator/editions/${id}/${how}`)).toEqual({ status: 200, body: { edition: id, changed: false } });
  }
  const facts = { edition: id, by: 'local' };
  expect(await audit()).toMatchObject([
    { act: 'edition paused', facts },
    { act: 'edition resumed', facts },
    { act: 'edition recalled', facts },
  ]);
  expect(await ask('POST', `/operator/editions/${id}/pause`)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('undone') },
  });
});

it('says that an edition that is complete can neither be paused nor recalled', async () => {
  await dynamoEditionStore(table, now).setTally(id, 'default', { version: 1, counts: { accepted: 1 } });
  const { ask, audit } = await anOperator(table);
  for (const how of ['pause', 'resume', 'recall']) {
    expect(await ask('POST', `/operator/editions/${id}/${how}`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('complete') },
    });
  }
  expect(await audit()).toEqual([]);
});

it('pauses and resumes a lane by name', async () => {
  const { ask, audit } = await anOperator(table);
  expect(await ask('POST', '/operator/lanes/bulk/pause')).toEqual({ status: 200, body: { lane: 'bulk', changed: true } });
  expect((await dynamoLaneBrakes(table).read()).bulk).toEqual({ paused: { at: '2026-11-19T15:00:00Z', by: 'local' } });
  expect(await ask('POST', '/operator/lanes/bulk/resume')).toMatchObject({ body: { changed: true } });
  expect(await ask('POST', '/operator/lanes/bulk/resume')).toMatchObject({ body: { changed: false } });
  expect(await audit()).toMatchObject([{ act: 'lane paused' }, { act: 'lane resumed' }]);
  expect(await ask('POST', '/operator/lanes/slow/pause')).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('urgent') },
  });
});

it('tells the lanes that are held with every list of editions', async () => {
  const { ask } = await anOperator(table);
  const lanes = async () => (await ask('GET', '/operator/editions')).body.lanes;
  expect(await lanes()).toEqual([]);
  await ask('POST', '/operator/lanes/customers/pause');
  expect(await lanes()).toEqual([{ lane: 'customers', paused: { at: '2026-11-19T15:00:00Z', by: 'local' } }]);
});

it('has deliveries sent once more for a reason that is kept, and takes none with an address in it', async () => {
  const asked: string[] = [];
  const resend: OperatorDeps['resend'] = async (edition, subscribers) => {
    if (edition !== id) throw new UnknownEdition(edition);
    const [first = ''] = subscribers;
    return { asked: asked.push(first) > 1 ? [] : [first], underWay: [], left: [] };
  };
  const { ask, audit } = await anOperator(table, { resend });
  const body = { subscribers: [aSid(1)], reason: 'asked for by phone' };
  expect(await ask('POST', `/operator/editions/${id}/resend`, body)).toMatchObject({ status: 200, body: { asked: [aSid(1)] } });
  await ask('POST', `/operator/editions/${id}/resend`, body);
  expect(await audit()).toMatchObject([
    { act: 'deliveries resent', facts: { edition: id, asked: 1, reason: 'asked for by phone', by: 'local' } },
  ]);
  expect(await ask('POST', '/operator/editions/nothing_1/resend', body)).toMatchObject({ status: 404 });
  expect(await ask('POST', `/operator/editions/${id}/resend`, { ...body, reason: ' ' })).toMatchObject({ status: 422 });
  expect(await ask('POST', `/operator/editions/${id}/resend`, { ...body, reason: 'ada@example.com asked' })).toMatchObject({ status: 422 });
  expect(await ask('POST', `/operator/editions/${id}/resend`, { ...body, subscribers: [] })).toMatchObject({ status: 422 });
});

it('sends nothing more of an edition that was recalled', async () => {
  const { ask } = await anOperator(table, { resend: async () => 'recalled' });
  const body = { subscribers: [aSid(1)], reason: 'by phone' };
  expect(await ask('POST', `/operator/editions/${id}/resend`, body)).toMatchObject({ status: 409 });
});

it('names the successor of an edition that was superseded, in place of any brake', async () => {
  await dynamoEditionHolder(table).supersede(id, 'sev1-alerts_pm-1_r2');
  const { ask, audit } = await anOperator(table, { resend: async () => ({ by: 'sev1-alerts_pm-1_r2' }) });
  const body = { subscribers: [aSid(1)], reason: 'by phone' };
  for (const how of ['pause', 'resume', 'recall', 'resend']) {
    expect(await ask('POST', `/operator/editions/${id}/${how}`, body)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('superseded by sev1-alerts_pm-1_r2') },
    });
  }
  expect(await audit()).toEqual([]);
  expect((await ask('GET', '/operator/editions')).body.editions).toMatchObject([
    { state: 'superseded', supersededBy: 'sev1-alerts_pm-1_r2' },
  ]);
  expect((await ask('GET', `/operator/editions/${id}`)).body).toMatchObject({ state: 'superseded', supersededBy: 'sev1-alerts_pm-1_r2' });
});

it.each(['editions/nothing_1/pause', `editions/${id}/pause`, `editions/${id}/recall`, `editions/${id}/resend`, 'lanes/bulk/pause'])(
  'wants the scope send: %s',
  async (path) => {
    const { ask, keyWith } = await anOperator(table);
    await keyWith('read');
    expect(await ask('POST', `/operator/${path}`, undefined, 'read')).toMatchObject({ status: 403 });
  },
);

it.each(['editions/nothing_1/pause', 'editions/nothing_1/recall', 'editions/a%20b/resume'])('knows no such edition: %s', async (path) => {
  const { ask } = await anOperator(table);
  expect(await ask('POST', `/operator/${path}`)).toMatchObject({ status: 404 });
});

it('says that a restored table is settled and not resumed', async () => {
  await writeQuota({ ...table, name: 'the old one' }, { maxSendRate: 50, max24Hours: 1000, sentLast24Hours: 7 }, now());
  const { ask } = await anOperator(table);
  expect(await ask('POST', '/operator/lanes/bulk/resume')).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('afterword settle') },
  });
});

it('settles a restored table, and leaves a line only once that is done', async () => {
  const asked: unknown[] = [];
  const answer = { composing: [], owed: 0, recalled: ['sev1-alerts_pm_r1'], kept: [] };
  const settle: OperatorDeps['settle'] = async (how, wish) => {
    asked.push({ how, ...wish });
    return { ...answer, isSettled: how === 'act' };
  };
  const { ask, audit } = await anOperator(table, { settle });
  const since = '2026-11-19T09:00:00Z';
  expect(await ask('POST', '/operator/settle', { since, how: 'look' })).toEqual({ status: 200, body: { ...answer, isSettled: false } });
  expect(await audit()).toEqual([]);
  await ask('POST', '/operator/settle', { since, until: '2026-11-19T14:00:00Z', keep: [id], how: 'act' });
  expect(asked).toEqual([
    { how: 'look', since: new Date(since), until: new Date('2026-11-19T15:00:00Z'), keep: [] },
    { how: 'act', since: new Date(since), until: new Date('2026-11-19T14:00:00Z'), keep: [id] },
  ]);
  expect(await audit()).toMatchObject([{ act: 'restore settled', facts: { since, recalled: 1, by: 'local' } }]);
  expect((await ask('POST', '/operator/settle', { since: 'monday', how: 'act' })).status).toBe(422);
});

it('says why a table cannot be settled', async () => {
  const settle = () => Promise.reject(new CannotSettle('Mail may leave at this moment.'));
  const { ask } = await anOperator(table, { settle });
  expect(await ask('POST', '/operator/settle', { since: '2026-11-19T09:00:00Z', how: 'act' })).toMatchObject({
    status: 409,
    body: { detail: 'Mail may leave at this moment.' },
  });
});
