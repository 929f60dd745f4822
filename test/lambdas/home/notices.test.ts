import { expect, it } from 'vitest';
import { dynamoExternals } from '../../../adapters/dynamodb/external-store.ts';
import { dueOf, usualPace } from '../../../core/notice/due.ts';
import type { External } from '../../../core/notice/external.ts';
import { aHomeWorld, type Visitor } from '../../support/home.ts';
import { aHash, anExternal } from '../../support/notice.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
const at = '2026-11-23T09:00:00Z';
const asked = { n: 1, content: aHash('1'), artefact: aHash('2') };
const leaving: Partial<External> = {
  request: { state: 'approved', ...asked, approvals: [], at, releaseAt: '2026-11-23T09:10:00Z' },
};

/** It is Monday 23 November 2026. */
async function aWorld() {
  const table = await freshTable();
  const world = await aHomeWorld(table);
  const externals = dynamoExternals(table, () => world.clock.now);
  const put = async (postmortem: string, change: Partial<External>) => {
    const row = anExternal({ ...change, postmortem, version: 0 });
    await externals.put(row, dueOf(row, usualPace));
  };
  const text = async (url: string, as: Visitor = 'operator') => {
    const { statusCode, body = '' } = await world.open(url, { as });
    return { statusCode, body: body.replaceAll(/<style>.*?<\/style>/gs, '') };
  };
  return { ...world, put, text, row: async (id: string) => (await externals.read(id)) as External };
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
