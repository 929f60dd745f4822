import { beforeEach, expect, it } from 'vitest';
import { dynamoExternals } from '../../../adapters/dynamodb/external-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { externalKey } from '../../../adapters/dynamodb/table-shape.ts';
import { dueOf, usualPace } from '../../../core/notice/due.ts';
import type { External } from '../../../core/notice/external.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { aHash, anExternal, anOpenRequest } from '../../support/notice.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator, operatorDeps } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const at = '2026-11-25T10:00:00Z';
const asked = { n: 1, content: aHash('1'), artefact: aHash('2') };
const shown = { ...asked, at: '2026-11-18T10:00:00Z' };
const released: Partial<External> = { request: { state: 'released', ...asked, approvals: [], at: shown.at }, shown };

async function aWorld() {
  const looks: string[] = [];
  const externals = dynamoExternals(table, () => new Date(at));
  const look = async (postmortem: string) => void looks.push(postmortem);
  const { lists, artefacts } = operatorDeps(table).notices;
  const operator = await anOperator(table, { now: () => at, notices: { externals, lists, artefacts, look, pace: usualPace } });
  const put = async (postmortem: string, change: Partial<External> = {}) => {
    const row = anExternal({ ...change, postmortem, version: 0 });
    await externals.put(row, dueOf(row, usualPace));
  };
  const row = async (postmortem: string) => (await externals.read(postmortem)) as External;
  const act = (postmortem: string, what: string, body?: unknown, key?: string) =>
    operator.ask('POST', `/operator/notices/${postmortem}/${what}`, body, key);
  const ids = async (query = '') =>
    (await operator.ask('GET', `/operator/notices${query}`)).body.notices.map(({ postmortem }: { postmortem: string }) => postmortem);
  const lines = async () => (await operator.audit()).map(({ who, act, facts }) => ({ who, act, facts: facts as Record<string, unknown> }));
  return { ...operator, looks, put, row, act, ids, lines };
}

const reason = { reason: 'the times are wrong' };
const aSecret = 'what the writer meant to say';

it('lists what is due first, then what rests, and never a reason or a text', async () => {
  const { put, ids, ask } = await aWorld();
  await put('open');
  await put('leaving', { request: { state: 'approved', ...asked, approvals: [], at, releaseAt: '2026-11-25T10:10:00Z' } });
  await put('rests', { request: { state: 'stopped', ...asked, by: 'sid', reason: aSecret, at } });
  expect(await ids()).toEqual(['open', 'leaving', 'rests']);
  expect(await ids('?state=approved')).toEqual(['leaving']);
  expect(await ids('?state=&since=')).toHaveLength(3);
  const { body } = await ask('GET', '/operator/notices');
  expect(body.notices[1]).toMatchObject({ state: 'approved', at, releaseAt: '2026-11-25T10:10:00Z', approvals: 0 });
  expect(body.notLookedAt).toEqual(['Not looked at: those that rest since before 2026-10-25. Name an earlier day to include them.']);
  expect(JSON.stringify([body, (await ask('GET', '/operator/notices/rests')).body])).not.toContain(aSecret);
  for (const [query, field] of [
    ['state=public', 'state'],
    ['since=2026-02-30', 'since'],
  ])
    expect(await ask('GET', `/operator/notices?${query}`)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});

it('has approvers asked at once, and again after a stop, but not of what they have or what is public', async () => {
  const { put, row, act, looks, lines, ask } = await aWorld();
  await put('fresh', { request: undefined, seen: { content: aHash('1'), at } });
  expect((await ask('GET', '/operator/notices/fresh')).body).toMatchObject({ textSince: at, dueAt: '2026-11-25T10:10:00Z' });
  expect(await act('fresh', 'ask')).toMatchObject({ status: 200, body: { outcome: 'done', notice: { dueAt: at } } });
  expect(await act('fresh', 'ask')).toMatchObject({ status: 200, body: { outcome: 'unchanged' } });
  expect(await row('fresh')).toMatchObject({ hurried: at, version: 2 });
  await put('stopped', { request: { state: 'stopped', ...asked, by: 'sid', reason: aSecret, at } });
  expect(await act('stopped', 'ask')).toMatchObject({ body: { outcome: 'done', notice: { dueAt: at } } });
  expect(looks).toEqual(['fresh', 'fresh', 'stopped']);
  await put('open');
  expect(await act('open', 'ask')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('asked already') } });
  await put('told', released);
  expect(await act('told', 'ask')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('No text of it asks') } });
  expect((await lines()).map(({ act, facts }) => [act, facts.postmortem])).toEqual([
    ['notice asked', 'fresh'],
    ['notice asked', 'stopped'],
  ]);
});

it('stops a request in its hold, once, as an approver would, with an audit line of ids alone', async () => {
  const { put, row, act, looks, lines } = await aWorld();
  await put('pm', { request: { state: 'approved', ...asked, approvals: [], at, releaseAt: '2026-11-25T10:10:00Z' } });
  expect(await act('pm', 'stop', reason)).toMatchObject({ status: 200, body: { outcome: 'done', notice: { state: 'stopped' } } });
  expect(await act('pm', 'stop', { reason: 'another' })).toMatchObject({ body: { outcome: 'unchanged' } });
  const { request, mails } = await row('pm');
  expect(request).toMatchObject({ state: 'stopped', n: 1, reason: reason.reason, at });
  expect(mails).toEqual([{ kind: 'review-void', n: 1, at }]);
  expect(looks).toEqual(['pm', 'pm']);
  const who = request && 'by' in request ? request.by : '';
  expect(await lines()).toEqual([{ who, act: 'notice stopped', facts: { postmortem: 'pm', notice: 'bcdfghjkmn', n: 1, by: 'local' } }]);
});

it('stops nothing that left, nothing that nobody asked, and withdraws nothing that is not public', async () => {
  const { put, act, row, looks } = await aWorld();
  await put('told', released);
  await put('held', { request: { state: 'held', why: 'no writer', at } });
  await put('open');
  expect(await act('told', 'stop', reason)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('has left') } });
  expect(await act('held', 'stop', reason)).toMatchObject({ status: 409 });
  expect(await act('open', 'withdraw', reason)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('no version') } });
  for (const one of ['told', 'held', 'open']) expect(await row(one)).toMatchObject({ version: 1 });
  expect(looks).toEqual([]);
});

it('withdraws a public version, once, and stops what is asked; also one that is leaving', async () => {
  const { put, row, act, lines, looks } = await aWorld();
  await put('pm', { n: 2, shown, request: anOpenRequest({ n: 2, content: aHash('3') }) });
  expect(await act('pm', 'withdraw', reason)).toMatchObject({
    body: { outcome: 'done', notice: { isBeingWithdrawn: true, withdrawnAt: at } },
  });
  expect(await act('pm', 'withdraw', reason)).toMatchObject({ body: { outcome: 'unchanged' } });
  expect(await row('pm')).toMatchObject({
    n: 3,
    withdrawn: { n: 3, at, reason: reason.reason },
    request: { state: 'stopped', n: 2 },
    mails: [{ kind: 'review-withdrawn', n: 3 }],
  });
  expect(looks).toEqual(['pm', 'pm']);
  await put('leaving', { request: { state: 'releasing', ...asked, approvals: [], at } });
  expect(await act('leaving', 'withdraw', reason)).toMatchObject({ body: { outcome: 'done' } });
  expect((await lines()).map(({ act, facts }) => [act, facts.postmortem, facts.n])).toEqual([
    ['notice withdrawn', 'leaving', 2],
    ['notice withdrawn', 'pm', 3],
  ]);
});

it('lets no key approve, and none but those of its scope stop, ask or withdraw', async () => {
  const { put, act, ask, row, keyWith } = await aWorld();
  await keyWith('read', 'send', 'people', 'configure', 'actions');
  await keyWith('notices');
  await put('pm', { shown });
  for (const what of ['ask', 'stop', 'withdraw'])
    expect(await act('pm', what, reason, 'read+send+people+configure+actions')).toMatchObject({ status: 403 });
  expect(await ask('GET', '/operator/notices', undefined, 'notices')).toMatchObject({ status: 403 });
  expect(await act('pm', 'approve', reason)).toMatchObject({ status: 404 });
  expect(await act('pm', 'withdraw', { reason: 'ask ada@example.com' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'reason' }] },
  });
  expect(await row('pm')).toMatchObject({ version: 1 });
  expect(await act('pm', 'stop', reason, 'notices')).toMatchObject({ status: 200 });
  for (const id of ['none', 'NONE']) expect(await act(id, 'withdraw', reason)).toMatchObject({ status: 404 });
  await table.put({ ...anExternal({ postmortem: 'later' }), request: { state: 'delegated' }, ...externalKey('later') });
  expect(await act('later', 'withdraw', reason)).toMatchObject({ status: 409 });
  expect(await ask('GET', '/operator/notices/later')).toMatchObject({ status: 409 });
});

it('has what is asked or in its hold looked at once a file is applied that may say other approvals', async () => {
  const { ask, put, looks } = await aWorld();
  await put('open');
  await put('leaving', { request: { state: 'approved', ...asked, approvals: [], at, releaseAt: '2026-11-18T12:30:00Z' } });
  await put('waits', { request: { state: 'held', why: 'no writer', at, againAt: '2026-11-18T12:40:00Z' } });
  await put('told', released);
  const named = distributionYaml
    .replace('severities:', '  customers: { name: Status, address: status@notices.example.com }\nseverities:')
    .replace(
      'teams:',
      '  customer-notices: { approvers: [{ address: ruth.abara@example.com }, { address: tom.lind@example.com }] }\nteams:',
    );
  const apply = (file: string, query = '') => ask('PUT', `/operator/configuration${query}`, file);

  await apply(named, '?dryRun=true');
  await apply(distributionYaml);
  expect(looks).toEqual([]);
  await apply(named);
  expect(looks.toSorted()).toEqual(['leaving', 'open']);
});

it('warns of a product that customers may have chosen and the next file has not', async () => {
  const { ask } = await aWorld();
  const file = (products: string) =>
    `${distributionYaml.replace('teams:', '  customer-notices: { contact: help@example.com }\nteams:')}products: [${products}]\n`;
  const [shop, pay] = ['{ name: Shop, services: [checkout] }', '{ name: Pay, services: [ledger] }'];
  const warnings = async (text: string, query = '') => (await ask('PUT', `/operator/configuration${query}`, text)).body.warnings;

  expect(await warnings(file(`${shop}, ${pay}`))).toEqual([]);
  expect(await warnings(file(pay.replace('Pay', 'Payments')), '?dryRun=true')).toMatchObject([
    { field: 'products', problem: expect.stringContaining('have no "Shop" any more'), line: 21 },
    { field: 'products', problem: expect.stringContaining('have no "Pay" any more') },
  ]);
  expect(await warnings(file(`${pay}, ${shop.replace('Shop', 'shop')}`), '?dryRun=true')).toEqual([]);
  expect(await warnings(distributionYaml, '?dryRun=true')).toEqual([]);
  expect(await warnings(file(pay))).toHaveLength(1);
});
