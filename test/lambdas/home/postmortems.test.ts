import { beforeEach, expect, it } from 'vitest';
import { dynamoSimilar } from '../../../adapters/dynamodb/similar-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { holdPostmortem } from '../../../core/intake/hold-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aHomeWorld, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aSimilar } from '../../support/similar-in-memory.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const path = '/home/postmortems/checkout';
async function aWorld() {
  const state = { isBroken: false };
  const world = await aHomeWorld(table);
  const { intake } = world.deps;
  const publish = (change: object = {}) =>
    world.publish({ id: 'checkout', title: 'Checkout <b> was slow', startedAt: '2026-11-18', ...change });
  await publish();
  await publish({ id: 'search', title: 'Search was down', status: 'draft' });
  const current = async (id = 'checkout') => (await intake.postmortems.readCurrent(id))?.postmortem;
  const acts = async () => (await world.audit()).flatMap(({ act, who }) => (act === 'postmortem stored' ? [] : [[act, who]]));
  return { ...world, publish, current, acts, state };
}
const locationOf = ({ headers = {} }: { headers?: Record<string, unknown> | undefined }) => headers.location;

it('lists postmortems, the latest change first, and finds them by words, status and restriction', async () => {
  const { open, publish } = await aWorld();
  await publish({ restricted: true, id: 'vault', title: 'Keys' });
  const { body = '' } = await open('/home/postmortems');
  expect(body).toContain('3 postmortems');
  expect(body).toContain('Checkout &lt;b&gt; was slow');
  expect((await open('/home/postmortems?text=SLOW')).body).toContain('1 postmortem');
  expect((await open('/home/postmortems?status=draft')).body).toContain('Search was down');
  expect((await open('/home/postmortems?restricted=true')).body).toContain('href="/home/postmortems/vault"');
  expect((await open('/home/postmortems?status=gone&age=7&page=x')).body).toContain('3 postmortems');
  expect((await open('/home/postmortems?text=nothing')).body).toContain('Nothing matches that');
});

it('shows one with its revisions, and how each audience reads it', async () => {
  const { open, publish } = await aWorld();
  await publish({ title: 'Checkout was slow', summary: 'Second.' });
  const { body = '' } = await open(path);
  expect(body).toContain('2. Checkout was slow');
  expect(body).toContain('1. Checkout &lt;b&gt; was slow');
  expect(body).toContain('href="/home/postmortems/checkout/as/engineering"');
  expect(body).toContain('it does not concern them');
  expect((await open(`${path}/as/engineering`)).body).toContain('Second.');
  expect((await open(`${path}/as/cross-functional`)).statusCode).toBe(404);
  expect((await open(`${path}/as/everybody`)).statusCode).toBe(404);
});

it.each([
  ['restrict', { restricted: true }, 'postmortem restricted'],
  ['retract', { status: 'retracted' }, 'postmortem retracted'],
])('asks before it does %s, wants a reason, leaves a line, and offers to release it', async (act, after, line) => {
  const { open, press, current, acts } = await aWorld();
  expect((await open(`${path}/${act}`)).body).toContain('No edition has told it.');
  expect(await current()).not.toMatchObject(after);
  const flawed = await press(`${path}/${act}`, { reason: 'x' });
  expect(flawed).toMatchObject({ statusCode: 422, body: expect.stringContaining('id="flaw-reason"') });

  expect(locationOf(await press(`${path}/${act}`, { reason: 'names a customer' }))).toBe(`${path}?done=${act}`);
  expect(await current()).toMatchObject(after);
  expect(locationOf(await press(`${path}/${act}`, { reason: 'names a customer' }))).toBe(`${path}?done=same`);
  expect(await acts()).toEqual([[line, sids.operator]]);
  const { body = '' } = await open(path);
  expect(body).toContain('Held by an operator');
  expect(body).toContain('Its document says: published.');
  expect((await open(`${path}/as/engineering`)).body).toContain('Nobody can read this now.');

  expect((await open(`${path}/release`)).body).toContain('It is read again');
  expect(locationOf(await press(`${path}/release`, { reason: 'the name is gone' }))).toBe(`${path}?done=release`);
  expect(await current()).toMatchObject({ restricted: false, status: 'published' });
});

it('says that it is not taken back yet, and keeps the reason', async () => {
  const { deps } = await aWorld();
  const search = { ...deps.intake.search, hide: () => Promise.reject(new Error('throttled')) };
  const { press } = await aHomeWorld(table, { intake: { search } });
  const { statusCode, body } = await press(`${path}/restrict`, { reason: 'names a customer' });
  expect(statusCode).toBe(503);
  expect(body).toContain('value="names a customer"');
  expect(body).toContain('Press again');
});

it('says where a release changes nothing that readers see', async () => {
  const { open, deps } = await aWorld();
  await holdPostmortem('search', 'restrict', { ...deps.intake, distribution: aDistribution(), by: 'x' });
  expect((await open('/home/postmortems/search/release')).body).toContain('It is still told to nobody');
});

it.each(['', '/restrict', '/retract', '/release', '/as/engineering'])(
  'answers the same to what is not there, and to who may not look: …%s',
  async (more) => {
    const { open, press } = await aWorld();
    const nothing = await open(`/home/postmortems/unknown${more}`);
    expect(nothing.statusCode).toBe(404);
    expect(await open(`/home/postmortems/No%20id${more}`)).toEqual(nothing);
    expect(await open(`${path}${more}`, { as: 'author' })).toEqual(nothing);
    if (more.length > 0 && !more.startsWith('/as'))
      expect(await press(`${path}${more}`, { reason: 'by phone' }, { as: 'reader' })).toEqual(nothing);
  },
);

it('confirms and dismisses that it happened before', async () => {
  const { open, press, publish, acts } = await aWorld();
  await publish({ id: 'earlier', title: 'The same last year', publishedAt: '2025-03-02T10:00:00Z' });
  const similar = dynamoSimilar(table);
  await similar.find(aSimilar({ postmortem: 'checkout' }));
  expect((await open(path)).body).toMatch(/Looks like.*The same last year/s);
  const form = { press: 'similar', earlier: 'earlier', version: '1', says: 'confirm' };
  await press(path, form, { as: 'author' });
  expect(await similar.of('checkout')).toMatchObject([{ state: 'found' }]);
  expect(locationOf(await press(path, form))).toBe(`${path}?similar=stored`);
  expect((await open(path)).body).toMatch(/The same failure as.*The same last year/s);
  expect(await acts()).toContainEqual(['similar confirmed', sids.operator]);
  await publish({ id: 'earlier', title: 'The same last year', restricted: true });
  expect((await open(path)).body).not.toContain('The same last year');
});
