/** What a stranger can do with the one mail that was forwarded to them, or with its link. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = '2026-11-01T00:00:00Z';
const on = { on: true, since, slots: [{ slot: 'default', at: since }] };
const ada = aProfile({ sid: aSid(1), streams: { 'engineering-digest': on, 'sev1-alerts': on } });
const bob = aProfile({ sid: aSid(2) });
const edition = 'engineering-digest_2026-W47';
const everything = ['pm-1', 'pm-2', 'pm-3', 'pm-4'];

/** Ada’s mail linked to `pm-1` and `pm-2`; she had left `pm-3` out. The next one told of `pm-4`. */
async function aHouse() {
  const world = await aWebWorld(await freshTable(), { people: [ada, bob] });
  for (const [n, id] of everything.entries())
    await publish(world.table, { id, title: `A failover, number ${n + 1}`, services: ['sessions'] });
  await mailed(world.table, { edition, to: [ada.sid], cards: ['pm-1', 'pm-2', 'pm-3'], signs: '210' });
  await mailed(world.table, { edition: 'engineering-digest_2026-W48', to: [ada.sid, bob.sid], cards: ['pm-4'] });
  await mailed(world.table, { edition: 'sev1-alerts_pm-4_r1', to: [ada.sid], cards: ['pm-4'] });
  const ask = world.serve(pageRoutes(world.deps));
  const get = (url: string, session?: string) => ask(aPageEvent('GET', url, { session }));
  const secret = world.token({ scope: 'read', subscriber: ada.sid, about: edition });
  const link = `/r/${secret}`;
  const opened = async (of = link) => {
    const answers = await Promise.all([...everything, 'pm-5'].map(async (id) => [id, await get(`${of}/${id}`)] as const));
    return answers.filter(([, { statusCode }]) => statusCode === 200).map(([id]) => id);
  };
  const listed = async (query = '') =>
    [...((await get(`${link}${query}`)).body ?? '').matchAll(/href="\/r\/[^"/]+\/(pm-\d)"/g)].map(([, id]) => id).toSorted();
  const change = async (changed: Partial<Profile>) => {
    await world.deps.people.writeProfile({ ...ada, ...changed, revision: 2 }, 1);
  };
  return { ...world, get, secret, link, opened, listed, change };
}

describe('a stranger with a forwarded mail', () => {
  let house: Awaited<ReturnType<typeof aHouse>>;
  beforeAll(async () => {
    house = await aHouse();
  });

  it('opens exactly its postmortems', async () => {
    expect(await house.opened()).toEqual(['pm-1', 'pm-2']);
    expect(await house.listed()).toEqual(['pm-1', 'pm-2']);
  });

  it('learns nothing by guessing: what it did not link to is answered as what never was', async () => {
    const never = await house.get(`/r/${house.secret}/pm-5`);
    expect(never.statusCode).toBe(404);
    for (const id of ['pm-3', 'pm-4', 'PM-1', 'pm-1%20', '..%2fpm-4', '_', 'engineering'])
      expect(await house.get(`/r/${house.secret}/${id}`), id).toEqual(never);
  });

  it('finds nothing more by searching, filtering or going on page by page', async () => {
    for (const query of ['?q=number', '?q=4', '?severity=sev2', '?service=sessions', '?period=365', '?from=1', '?audience=leadership'])
      expect(await house.listed(query), query).toEqual(query === '?from=1' ? [expect.stringMatching(/pm-[12]/)] : ['pm-1', 'pm-2']);
    expect((await house.get(`/r/${house.secret}`)).body).not.toContain('type="search"');
  });

  it.each([
    ['a feed', (token: string) => [`/feed/${token}`, `/feed/f1.${token}`, `/feed/f1.${ada.sid}.${'A'.repeat(43)}?audience=engineering`]],
    ['their settings', (token: string) => [`/p/${token}`, `/u/${token}`, `/p/${token}/data`, `/c/${token}`, `/a/${token}`]],
  ])('does not get %s by it', async (_, paths) => {
    const nothing = await house.get('/r/nothing');
    for (const path of paths(house.secret)) expect(await house.get(path), path).toEqual(nothing);
  });

  it('does not get into the archive by it, as a path or as a cookie', async () => {
    for (const path of ['/archive', '/archive/engineering', '/archive/engineering/pm-1', '/archive/leadership?q=4', '/feeds'])
      for (const session of [undefined, house.secret, `${ada.sid}.${house.secret.slice(-43)}`, `f1.${house.secret}`]) {
        const to = `/sign-in?to=${encodeURIComponent(path)}`;
        expect(await house.get(path, session), path).toMatchObject({ statusCode: 303, headers: { location: to }, body: '' });
      }
  });

  it('gets no other audience’s text by it, and none by the address of another edition', async () => {
    const [, kid, payload = '', proof] = house.secret.split('.');
    const claims = Buffer.from(payload, 'base64url').toString();
    for (const about of ['engineering-digest_2026-W48', 'sev1-alerts_pm-4_r1', 'engineering', 'leadership']) {
      const forged = ['v1', kid, Buffer.from(claims.replace(edition, about)).toString('base64url'), proof].join('.');
      expect(await house.get(`/r/${forged}/pm-4`), about).toEqual(await house.get('/r/nothing'));
    }
  });

  it('reads no more by a session of their own than that session reads', async () => {
    const session = await house.begin(bob.sid);
    expect((await house.get(`/r/${house.secret}/pm-4`, session)).statusCode).toBe(404);
    expect((await house.get('/archive/leadership/pm-4', session)).statusCode).toBe(404);
    expect((await house.get('/archive/engineering/pm-4', session)).statusCode).toBe(200);
  });
});

describe('the link of a mail', () => {
  it('opens what that mail carried to that reader, and not what it carried to somebody else', async () => {
    const { opened, token } = await aHouse();
    const linkOf = (subscriber: string, about: string) => `/r/${token({ scope: 'read', subscriber, about })}`;
    expect(await opened(linkOf(ada.sid, 'engineering-digest_2026-W48'))).toEqual(['pm-4']);
    expect(await opened(linkOf(ada.sid, 'sev1-alerts_pm-4_r1'))).toEqual(['pm-4']);
    expect(await opened(linkOf(bob.sid, edition))).toEqual([]);
    expect(await opened(linkOf(ada.sid, 'engineering-digest_2026-W01'))).toEqual([]);
  });

  it('shows the text as it is now', async () => {
    const { table, get, link } = await aHouse();
    await publish(table, { id: 'pm-1', title: 'What it really was' });
    expect((await get(`${link}/pm-1`)).body).toContain('What it really was');
    expect((await get(link)).body).toContain('What it really was');
  });

  it.each([{ restricted: true }, { status: 'retracted' }, { status: 'draft' }])(
    'shows nothing any more of what may not be told: %o',
    async (change) => {
      const { table, opened, listed, get, link } = await aHouse();
      await publish(table, { id: 'pm-1', ...change });
      expect(await opened()).toEqual(['pm-2']);
      expect(await listed()).toEqual(['pm-2']);
      await publish(table, { id: 'pm-2', ...change });
      expect((await get(link)).body).toContain('What this mail told was withdrawn, or it is restricted to fewer people.');
    },
  );

  it.each<[string, Partial<Profile>, number]>([
    ['left what it belongs to', { streams: { 'engineering-digest': { ...on, on: false, leftAt: since } } }, 403],
    ['made their links invalid', { generation: 1 }, 404],
    ['was suspended', { suspended: { at: since } }, 404],
  ])('opens nothing once its holder %s', async (_, changed, status) => {
    const { change, get, link, opened } = await aHouse();
    await change(changed);
    expect(await opened()).toEqual([]);
    expect((await get(link)).statusCode).toBe(status);
  });
});
