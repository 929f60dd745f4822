import { expect, it } from 'vitest';
import { dynamoDistributionStore } from '../../../adapters/dynamodb/distribution-store.ts';
import { dynamoArtefacts, dynamoExternals } from '../../../adapters/dynamodb/external-store.ts';
import { dynamoPostmortemStore } from '../../../adapters/dynamodb/postmortem-store.ts';
import { dueOf, usualPace } from '../../../core/notice/due.ts';
import type { External } from '../../../core/notice/external.ts';
import { contentHash, noticeContentOf } from '../../../core/notice/notice-content.ts';
import { anEdition } from '../../support/fragments.ts';
import { aHomeWorld, homeYaml, type Visitor } from '../../support/home.ts';
import { aHash, anExternal } from '../../support/notice.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
const at = '2026-11-23T09:00:00Z';
const asked = { n: 1, content: aHash('1'), artefact: aHash('2') };
const leaving: Partial<External> = {
  request: { state: 'approved', ...asked, approvals: [], at, releaseAt: '2026-11-23T09:10:00Z' },
};

/** It is Monday 23 November 2026. */
async function aWorld(given: Parameters<typeof aHomeWorld>[1] = {}) {
  const table = await freshTable();
  const world = await aHomeWorld(table, given);
  const externals = dynamoExternals(table, () => world.clock.now);
  const put = async (postmortem: string, change: Partial<External>) => {
    const row = anExternal({ ...change, postmortem, version: 0 });
    await externals.put(row, dueOf(row, usualPace));
  };
  const text = async (url: string, as: Visitor = 'operator') => {
    const { statusCode, body = '' } = await world.open(url, { as });
    return { statusCode, body: body.replaceAll(/<style>.*?<\/style>/gs, '') };
  };
  return { ...world, table, put, text, row: async (id: string) => (await externals.read(id)) as External };
}

it('shows operators, and nobody else, where each stands, until when a hold lasts, and what may be done', async () => {
  const { put, text } = await aWorld();
  await put('leaving', leaving);
  await put('vault', { request: { state: 'held', why: 'no writer', at } });
  await put('told', { request: { state: 'released', ...asked, approvals: [], at }, shown: { ...asked, at } });
  await put('over', { request: { state: 'stopped', ...asked, by: 'sid', reason: 'what it was to say', at } });
  const { statusCode, body } = await text('/home/notices');
  expect(statusCode).toBe(200);
  for (const words of ['4 notices', 'The hold lasts until', 'No writer', 'Version 1', 'names no approvers', '/home/postmortems/vault'])
    expect(body).toContain(words);
  for (const words of ['Name who wrote it: external written by', 'This text was stopped. Change it to have it asked anew'])
    expect(body).toContain(words);
  expect(body).not.toContain('what it was to say');
  expect([...body.matchAll(/href="\/home\/notices\/([a-z/]+)"/g)].map(([, path]) => path).toSorted()).toEqual([
    'leaving/stop',
    'told/withdraw',
  ]);
  expect((await text('/home/notices?state=held')).body).toContain('1 notice<');
  for (const as of ['author', 'reader'] as const) expect((await text('/home/notices', as)).statusCode).toBe(404);
});

it('stops and withdraws one after a question, with a reason', async () => {
  const { put, text, press, row, audit } = await aWorld();
  await put('leaving', leaving);
  await put('told', { request: { state: 'released', ...asked, approvals: [], at }, shown: { ...asked, at } });
  expect((await text('/home/notices/leaving/stop')).body).toContain('Stop the notice about leaving?');
  expect((await text('/home/notices/told/withdraw')).body).toContain('It cannot be undone');
  expect((await press('/home/notices/told/withdraw', { reason: '' })).statusCode).toBe(422);
  expect((await press('/home/notices/told/withdraw', { reason: 'wrong times' }, { as: 'author' })).statusCode).toBe(404);
  expect((await press('/home/notices/told/stop', { reason: 'wrong times' })).statusCode).toBe(409);
  for (const one of ['leaving', 'told']) expect(await row(one)).toMatchObject({ version: 1 });

  const stopped = await press('/home/notices/leaving/stop', { reason: 'wrong times' });
  expect([stopped.statusCode, stopped.headers?.location]).toEqual([303, '/home/notices?done=stop']);
  await press('/home/notices/told/withdraw', { reason: 'wrong times' });
  expect(await row('leaving')).toMatchObject({ request: { state: 'stopped', reason: 'wrong times' } });
  expect(await row('told')).toMatchObject({ withdrawn: { n: 2 } });
  expect((await text('/home/notices?done=withdraw')).body).toContain('Being withdrawn');
  expect((await audit()).flatMap(({ act }) => (String(act).startsWith('notice') ? [act] : []))).toEqual([
    'notice stopped',
    'notice withdrawn',
  ]);
  expect((await text('/home/notices/none/withdraw')).statusCode).toBe(404);
});

const source = `---
id: pool
severity: sev1
team: Payments
services: [checkout]
start: 2026-11-23 10:00
external title: Payments were slow
external products: [Checkout]
external ready: true
---
# Pool ran dry

## Summary

No orders.

## External message

Some payments took minutes.
`;
const file = homeYaml
  .replace('\nseverities:', '\n  customers: { name: Status, address: status@notices.example.com }\nseverities:')
  .replace(
    '\nteams:',
    '\n  customer-notices: { approvers: [{ address: ruth.abara@example.com }, { address: tom.lind@example.com }] }\nproducts: [{ name: Checkout, services: [checkout] }]\nteams:',
  );

it('tells the author why the text for customers is held, and what to do, and nobody who may not open it', async () => {
  const { put, text, press, deps } = await aWorld({ distribution: file });
  await press('/home/write', { press: 'publish', replaces: '0', text: source }, { as: 'author' });
  await put('pool', { request: { state: 'held', why: 'no writer', at, againAt: '2026-11-23T10:30:00Z' } });

  const page = (await text('/home/mine/pool', 'author')).body;
  for (const words of ['Customers read nothing of it.', 'Nobody is named as its writer. Name who wrote it', 'Held since'])
    expect(page).toContain(words);
  const chip = async () => (await text('/home/mine', 'author')).body.match(/(?:Not told to|For) customers: [a-z ]+/)?.[0];
  expect(await chip()).toBe('Not told to customers: held');
  expect((await text('/home/mine/pool', 'reader')).statusCode).toBe(404);
  expect(await deps.intake.externals.read('pool')).toMatchObject({ version: 1 });
});

it('quotes to the author what only the look for secrets found, of the text that stands there', async () => {
  const { put, text, press, table } = await aWorld({ distribution: file });
  const written = source.replace('external ready', 'external written by: [ana.silva@example.com]\nexternal ready');
  await press('/home/write', { press: 'publish', replaces: '0', text: written }, { as: 'author' });
  const stored = await dynamoPostmortemStore(table).readCurrent('pool');
  const { distribution } = (await dynamoDistributionStore(table).read()) ?? {};
  const content = stored && distribution && noticeContentOf(stored, 'bcdfghjkmn', distribution);
  if (!content) throw new Error('it does not ask');
  const remark = { id: 's', rule: 'secret', level: 'refuse', part: 'body', found: 'took minutes', remedy: 'Revoke it.' } as const;
  const { artefact } = await dynamoArtefacts(table, () => new Date(at)).put('pool', {
    content,
    fragments: anEdition([]),
    remarks: [remark],
  });
  const hash = contentHash(content);
  await put('pool', { seen: { content: hash, at }, request: { state: 'held', why: 'lint', at, content: hash, artefact } });

  const page = (await text('/home/mine/pool', 'author')).body;
  expect(page).toContain('something in the text that must not leave');
  expect(page).toContain('&quot;took minutes&quot; must not leave (secret). Revoke it.');
});

it.each([
  ['sent back', { request: { state: 'sent back', ...asked, by: 'sid', reason: 'too short', at } }, 'Not told to customers: sent back'],
  ['approved', leaving, 'For customers: approved'],
] as const)('says in the list of an author that a text is %s', async (_, row, words) => {
  const { put, text, press } = await aWorld({ distribution: file });
  await press('/home/write', { press: 'publish', replaces: '0', text: source }, { as: 'author' });
  await put('pool', row);

  expect((await text('/home/mine', 'author')).body).toContain(`>${words}<`);
});
