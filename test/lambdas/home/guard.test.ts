import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoLaneBrakes } from '../../../adapters/dynamodb/lane-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { homePaths } from '../../../lambdas/home/env.ts';
import { homeRoutes } from '../../../lambdas/home/routes.ts';
import { aHomeWorld, homeYaml, sids, type Visitor } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const pause = '/home/lanes/bulk/pause';
const isPaused = async () => (await dynamoLaneBrakes(table).read()).bulk.paused !== undefined;
/** Every page, with something in the place of each name. */
const urls = homePaths.map((path) => `/home${path}`.replaceAll(/\{\w+\}/g, 'bulk'));
const isForAuthors = (url: string) =>
  ['/home/write', '/home/mine', '/home/actions', '/home/template', '/home/runbook'].some((begin) => url.startsWith(begin));
/** It shows what anybody may read: pack.test.ts. */
const isForStaff = (url: string) => url.startsWith('/home/pack');
const forOperators = urls.filter((url) => url !== '/home' && !isForAuthors(url) && !isForStaff(url));

it('has a page for each path', async () => {
  const { deps } = await aHomeWorld(table);
  expect(
    homeRoutes(deps)
      .map(({ path }) => path)
      .toSorted(),
  ).toEqual([...homePaths].toSorted());
});

describe('a visitor', () => {
  it('without a session is sent to sign in, and back, from every page', async () => {
    const { open, press } = await aHomeWorld(table);
    for (const url of urls) {
      const answers = [await open(`${url}?a=b`, { as: 'nobody' }), await press(`${url}?a=b`, {}, { as: 'nobody' })];
      const [got, posted] = answers.map(({ statusCode, headers }) => [statusCode, headers?.location]);
      expect(got).toEqual([303, `/sign-in?to=${encodeURIComponent(`${url}?a=b`)}`]);
      expect(posted?.[0] === 405 ? got : posted).toEqual(got);
    }
  });

  it.each(['author', 'reader'] satisfies Visitor[])('who is %s gets the one answer at every page for operators', async (as) => {
    const { open, press } = await aHomeWorld(table);
    const { body: nothing } = await open('/home/nowhere', { as });
    for (const url of forOperators) {
      expect(await open(url, { as })).toMatchObject({ statusCode: 404, body: nothing });
      const posted = await press(url, { reason: 'it was wrong' }, { as });
      if (posted.statusCode !== 405) expect(posted).toMatchObject({ statusCode: 404, body: nothing });
    }
    expect(await isPaused()).toBe(false);
  });

  it('who is reader gets it at every page for authors too', async () => {
    const { open, press } = await aHomeWorld(table);
    const { body: nothing } = await open('/home/nowhere', { as: 'reader' });
    for (const url of urls.filter(isForAuthors)) {
      expect(await open(url, { as: 'reader' })).toMatchObject({ statusCode: 404, body: nothing });
      const posted = await press(url, { press: 'publish', replaces: '0', text: '# Pool ran dry' }, { as: 'reader' });
      if (posted.statusCode !== 405) expect(posted).toMatchObject({ statusCode: 404, body: nothing });
    }
  });

  it('who lost the right by the file in force has none from then on', async () => {
    const { open, deps } = await aHomeWorld(table);
    expect((await open('/home/lanes')).statusCode).toBe(200);
    const applied = await deps.operator.distribution.read();
    if (!applied) throw new Error('nothing is applied');
    const { operators: _, ...distribution } = applied.distribution;
    await deps.operator.distribution.write({ distribution, hash: 'other' }, applied.hash, '2026-11-23T10:00:00Z');

    expect((await open('/home/lanes')).statusCode).toBe(404);
  });

  it('who was suspended, or whose sessions ended, is nobody', async () => {
    const { open, sessions, deps } = await aHomeWorld(table);
    const [profile] = await deps.people.readProfiles([{ realm: 'staff', sid: sids.operator }]);
    if (!profile) throw new Error('there is no operator');
    await deps.operator.people.writeProfile({ ...profile, suspended: { at: '2026-11-23T09:30:00Z' }, revision: 2 }, 1);
    expect((await open('/home/lanes')).statusCode).toBe(303);
    await sessions.endAll(sids.author);
    expect((await open('/home', { as: 'author' })).statusCode).toBe(303);
  });
});

describe('a form', () => {
  it('does it, as the person who pressed', async () => {
    const { press, audit } = await aHomeWorld(table);

    expect(await press(pause, {})).toMatchObject({ statusCode: 303, headers: { location: '/home/lanes?done=pause' } });
    expect(await isPaused()).toBe(true);
    expect(await audit()).toMatchObject([{ who: sids.operator, act: 'lane paused', facts: { lane: 'bulk', by: 'person' } }]);
  });

  it.each([
    ['without a proof', { proof: '' }, {}],
    ['with a proof of another session', { proof: 'a'.repeat(32) }, {}],
    ['of another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['of a neighbouring site', {}, { 'sec-fetch-site': 'same-site' }],
  ])('%s does nothing', async (_, form, headers) => {
    const { press, audit } = await aHomeWorld(table);

    expect((await press(pause, form, { headers })).statusCode).toBe(403);
    expect([await isPaused(), await audit()]).toEqual([false, []]);
  });

  it('of an old session asks to sign in again, and so does the page that asks; looking goes on', async () => {
    const { press, open } = await aHomeWorld(table, { signedInAt: '2026-11-22T21:59:59Z' });

    for (const answer of [await press(pause, {}), await open(pause)]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain(`/sign-in?to=${encodeURIComponent(pause)}`);
    }
    expect(await isPaused()).toBe(false);
    expect((await open('/home/lanes')).statusCode).toBe(200);
  });

  it('is not a GET, a HEAD or anything else', async () => {
    const { ask, audit } = await aHomeWorld(table);
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) await ask(method, pause);
    expect([await isPaused(), await audit()]).toEqual([false, []]);
  });
});

it('sends a visitor of another host to ours first', async () => {
  const { open } = await aHomeWorld(table);
  const { statusCode, headers } = await open('/home/lanes', { as: 'nobody', headers: { host: 'abc.execute-api.amazonaws.com' } });
  expect([statusCode, headers?.location]).toEqual([303, 'https://news.example.com/home/lanes']);
});

it('logs which page was seen and by no name, and no address', async () => {
  const { open, logged } = await aHomeWorld(table);
  await open('/home/lanes');
  const lines = JSON.stringify(logged);
  expect(lines).toContain('/home/lanes');
  expect(lines).not.toContain('ops@example.com');
  expect(homeYaml).toContain('ops@example.com');
});
