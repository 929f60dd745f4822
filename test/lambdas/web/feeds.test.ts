/** Feeds: made with a press, shown once, ended by their holder; and what their address opens. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formProof, readSessionText, sessionId } from '../../../core/access/session.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = '2026-11-01T00:00:00Z';
const on = { on: true, since, slots: [{ slot: 'default', at: since }] };
const ada = aProfile({ sid: aSid(1), role: 'engineering', streams: { 'engineering-digest': on, 'leadership-brief': on } });
const bob = aProfile({ sid: aSid(2) });

async function aHouse() {
  const world = await aWebWorld(await freshTable(), { people: [ada, bob] });
  await publish(world.table);
  const ask = world.serve(pageRoutes(world.deps));
  const get = (url: string, session?: string) => ask(aPageEvent('GET', url, { session }));
  const proofOf = (session: string) => formProof({ hash: readSessionText(session)?.hash ?? '' });
  const press = (form: Record<string, string>, session?: string, proof = session && proofOf(session)) =>
    ask(aPageEvent('POST', '/feeds', { form: { ...form, ...(proof && { proof }) }, session }));
  const kept = (sid = ada.sid) => world.deps.sessions.list(sid);
  const feeds = async (sid = ada.sid) => (await kept(sid)).filter(({ kind }) => kind === 'feed');
  const change = (changed: Partial<Profile>) => world.deps.people.writeProfile({ ...ada, ...changed, revision: 2 }, 1);
  /** The path of a new feed of Ada’s. */
  const aFeed = async (audience = 'engineering') => `/feed/f1.${await world.begin(ada.sid, { kind: 'feed' })}?audience=${audience}`;
  return { ...world, get, press, proofOf, feeds, change, aFeed };
}

describe('the page of one’s feeds', () => {
  it('makes an address for each archive, shows it once, and lists what can be ended', async () => {
    const { begin, press, get, feeds, clock } = await aHouse();
    const session = await begin(ada.sid);
    const { body = '' } = await press({ press: 'feed' }, session);
    const paths = [...body.matchAll(/https:\/\/news\.example\.com(\/feed\/f1\.[\w.-]+\?audience=[\w-]+)/g)].map(([, path = '']) => path);
    expect(paths.map((path) => path.split('=')[1])).toEqual(['engineering', 'leadership']);
    expect((await get('/feeds', session)).body).toContain('Not read yet');
    clock.now = new Date(clock.now.getTime() + 60_000);
    for (const path of paths) expect((await get(path)).body).toContain('A failover logged everyone out');
    expect((await get('/feeds', session)).body).toContain('Last read');
    expect((await get('/feeds', session)).body).not.toContain('f1.');

    const [feed] = await feeds();
    const end = feed && sessionId(feed);
    expect((await press({ end: end ?? '' }, session)).body).toContain('That feed is ended.');
    expect(await feeds()).toEqual([]);
    for (const path of paths) expect(await get(path)).toEqual(await get('/feed/nothing'));
  });

  it('notes that one was made and ended, and nothing of its address', async () => {
    const { begin, press, feeds, auditLines, clock } = await aHouse();
    const session = await begin(ada.sid);
    await press({ press: 'feed' }, session);
    clock.now = new Date(clock.now.getTime() + 1000);
    const [feed] = await feeds();
    await press({ end: feed ? sessionId(feed) : '' }, session);
    expect(await auditLines()).toMatchObject([
      { who: 'reader', act: 'feed made', facts: { subscriber: ada.sid } },
      { who: 'reader', act: 'feed ended', facts: { subscriber: ada.sid } },
    ]);
  });

  it.each<[string, (house: Awaited<ReturnType<typeof aHouse>>) => Promise<unknown>]>([
    ['without a session', ({ press }) => press({ press: 'feed' })],
    ['without a proof, as another site would press', async ({ press, begin }) => press({ press: 'feed' }, await begin(ada.sid), '')],
    [
      'by the proof of another session',
      async ({ press, begin, proofOf }) => press({ press: 'feed' }, await begin(ada.sid), proofOf(await begin(ada.sid))),
    ],
    [
      'by the secret of a feed',
      async ({ press, begin }) => press({ press: 'feed' }, await begin(ada.sid, { kind: 'feed', hash: 'a'.repeat(64) })),
    ],
  ])('makes none %s', async (_, attack) => {
    const house = await aHouse();
    await attack(house);
    expect((await house.feeds()).filter(({ hash }) => hash !== 'a'.repeat(64))).toEqual([]);
  });

  it('ends nobody else’s, and no session', async () => {
    const { begin, press, feeds } = await aHouse();
    const [theirs, own] = [await begin(ada.sid, { kind: 'feed' }), await begin(ada.sid)];
    const session = await begin(bob.sid);
    for (const text of [theirs, own]) await press({ end: (readSessionText(text)?.hash ?? '').slice(0, 16) }, session);
    expect(await feeds()).toHaveLength(1);
    await press({ end: (readSessionText(own)?.hash ?? '').slice(0, 16) }, own);
    expect((await press({ press: 'feed' }, own)).statusCode).toBe(200);
  });
});

describe('the address of a feed', () => {
  it('that was changed in any way opens nothing, byte for byte', async () => {
    const { get, aFeed } = await aHouse();
    const path = await aFeed();
    const nothing = await get('/feed/nothing');
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('', 'A', '.', '0'), async (place, by) => {
        const at = '/feed/'.length + (place % (path.indexOf('?') - '/feed/'.length));
        const wrong = path.slice(0, at) + by + path.slice(at + 1);
        fc.pre(wrong !== path);
        expect(await get(wrong)).toEqual(nothing);
      }),
      tries(2),
    );
  });

  it('is none of a session, nor is a session’s cookie one of a feed', async () => {
    const { get, begin } = await aHouse();
    expect(await get(`/feed/f1.${await begin(ada.sid)}?audience=engineering`)).toEqual(await get('/feed/nothing'));
    expect((await get('/archive/engineering', await begin(ada.sid, { kind: 'feed' }))).statusCode).toBe(303);
  });

  it.each<[string, Partial<Profile>]>([
    ['made their links invalid', { generation: 1 }],
    ['was suspended', { suspended: { at: since } }],
    ['left what it is about', { streams: { 'leadership-brief': on } }],
  ])('opens nothing once its holder %s', async (_, changed) => {
    const { get, aFeed, change } = await aHouse();
    const path = await aFeed();
    expect((await get(path)).statusCode).toBe(200);
    await change(changed);
    expect(await get(path)).toEqual(await get('/feed/nothing'));
  });

  it('goes on where its holder has another role, with what they may read now', async () => {
    const { get, begin, change } = await aHouse();
    const feed = `/feed/f1.${await begin(ada.sid, { kind: 'feed' })}?audience=`;
    const session = await begin(ada.sid);
    await change({ role: 'support', streams: { 'engineering-digest': on } });
    expect((await get(`${feed}engineering`)).statusCode).toBe(200);
    expect((await get(`${feed}leadership`)).statusCode).toBe(404);
    expect((await get('/archive/engineering', session)).statusCode).toBe(303);
  });
});
