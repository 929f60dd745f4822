import { describe, expect, it } from 'vitest';
import { type TokenScope, tokenScopes } from '../../../core/access/token.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { limits, servedFrom } from '../../../core/joining/limits.ts';
import type { Realm } from '../../../core/stream/stream.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, shownIn } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld, buttonOf } from '../../support/web.ts';

const freshTable = oneEngine();
const sidOf = (address: string) => idOf(address, 'customers');
const cleo = 'cleo@elsewhere.example';

const senders = {
  internal: { name: 'Afterword', address: 'afterword@example.com' },
  customers: { name: 'Example status', address: 'status@notices.example.com' },
};
const schedule = { every: 'week', on: 'monday', at: '09:00' };
const teams = [{ name: 'Payments', services: ['ledger'] }];
const streams = { 'engineering-digest': { schedule, signUp: 'organisation' }, 'customer-notices': { signUp: 'open' } };
const open = aDistribution({ senders, streams, teams });

const onNotices = {
  'customer-notices': { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] },
};
const aCustomer = aProfile({ sid: sidOf(cleo), realm: 'customers', address: cleo, streams: onNotices });

async function customersPages({ people = [] as ReturnType<typeof aProfile>[], distribution = open as Distribution } = {}) {
  const world = await aWebWorld(await freshTable(), { people, distribution, realm: 'customers' });
  const ask = world.serve(pageRoutes(world.deps));
  const get = (path: string) => ask(aPageEvent('GET', `/customers${path}`));
  const post = (path: string, form: Record<string, string> = buttonOf(path)) => ask(aPageEvent('POST', `/customers${path}`, { form }));
  let visitors = 0;
  const signUp = async (address: string, ip?: string) => {
    const { body = '' } = await get('/join/customer-notices');
    world.clock.now = new Date(world.clock.now.getTime() + 3000);
    const shown = shownIn(body);
    const event = aPageEvent('POST', '/customers/join/customer-notices', { form: { address, shown, website: '' } });
    visitors += 1;
    event.requestContext.http.sourceIp = ip ?? `10.${visitors >> 8}.${visitors & 255}.1`;
    return ask(event);
  };
  const link = (scope: TokenScope, about = '', subscriber = sidOf(cleo)) => world.token({ scope, subscriber, about });
  return { ...world, ask, get, post, signUp, link, person: () => world.profile(sidOf(cleo)) };
}

describe('a customer who signs up', () => {
  it('comes from any domain, confirms by a press and is a customer, with what they agreed to', async () => {
    const { signUp, mails, person, get, post, link, auditLines, table } = await customersPages();
    expect((await signUp('Cleo@elsewhere.example')).body).toContain('Check your email');
    expect(mails).toEqual([{ kind: 'confirm', about: 'customer-notices', realm: 'customers', subscriber: sidOf(cleo) }]);
    expect(await person()).toMatchObject({ realm: 'customers', streams: {}, unconfirmed: {} });

    const confirm = `/c/${link('confirm', 'customer-notices')}`;
    expect((await get(confirm)).body).toContain('Yes, it was me');
    expect(await person()).toHaveProperty('unconfirmed');
    const { body } = await post(confirm);
    expect(body).toContain('You are subscribed');
    expect(body).toContain('href="/customers/p/v1.');
    expect(await person()).not.toHaveProperty('unconfirmed');
    expect((await person())?.streams).toMatchObject({ 'customer-notices': { on: true, consent: { way: 'signup', text: 'sign-up-1' } } });
    expect(mails.map(({ kind, realm }) => `${kind} ${realm}`)).toEqual(['confirm customers', 'welcome customers']);
    expect(await auditLines()).toMatchObject([{ facts: { stream: 'customer-notices', after: 'on', way: 'sign-up' } }]);
    expect((await table.query('AUDIT#2026-11')).items).toEqual([]);
  });

  it('is answered as everybody else, whether or not they get it already', async () => {
    const { signUp, mails } = await customersPages({ people: [aCustomer] });
    const answers = [await signUp(cleo), await signUp('new@elsewhere.example')].map((answer) => JSON.stringify(answer));
    expect(new Set(answers).size).toBe(1);
    expect(mails.map(({ kind }) => kind)).toEqual(['already', 'confirm']);
  });

  it('finds no form where customers cannot join, and none for streams of staff', async () => {
    const closed = await customersPages({ distribution: aDistribution({ senders, streams: { ...streams, 'customer-notices': {} } }) });
    for (const path of ['/join', '/join/customer-notices']) expect((await closed.get(path)).statusCode).toBe(404);

    const { get } = await customersPages();
    expect((await get('/join')).body).toContain('href="/customers/join/customer-notices"');
    expect((await get('/join')).body).not.toMatch(/engineering|incident lessons/i);
    expect((await get('/join/engineering-digest')).statusCode).toBe(404);
  });

  it('is counted apart from staff: robots at one door close the other for nobody', async () => {
    const { signUp, mails, deps, clock } = await customersPages();
    for (let n = 0; n < limits.network.most + 3; n += 1) await signUp(`robot${n}@elsewhere.example`, '198.51.100.7');
    expect(mails).toHaveLength(limits.network.most);
    const from = (realm: Realm) => servedFrom('198.51.100.9', { name: 'join', realm }, { ...deps, identitySecret: 'identity' });
    expect([await from('customers'), await from('staff')]).toEqual(['known', 'everybody']);
    expect(clock.now.getTime()).toBeLessThan(Date.parse('2026-11-23T11:00:00Z'));
  });
});

it('a customer’s page has their stream, a pause, a format, and nothing of the inside', async () => {
  const { get, link } = await customersPages({ people: [aCustomer] });
  const { statusCode, body = '' } = await get(`/p/${link('preferences')}`);
  expect(statusCode).toBe(200);
  expect(body).toContain('Incident notices');
  expect(body).toContain('name="pausedUntil"');
  expect(body).not.toMatch(/engineering|Payments|ledger|incident lessons|href="\/(?!customers\/)|your team/i);
  expect(body.replace(/<input type="hidden"[^>]*>/g, '')).not.toMatch(/delegate|Sev-1|opens|tracking|Time zone/);
});

it('a customer who saves is not said to have changed what their page does not ask for', async () => {
  const { get, post, link, person } = await customersPages({ people: [aCustomer] });
  const path = `/p/${link('preferences')}`;
  const { body = '' } = await get(path);
  expect(body).toContain('<input type="hidden" name="tracking" value="on"/>');
  const shown = shownIn(body);
  const form = { shown, press: 'save', general: '1', tracking: 'on', format: 'text' };
  expect((await post(path, { ...form, 'customer-notices.frequency': 'on' })).body).toContain('Your mails come as plain text.');
  expect(await person()).toMatchObject({ format: 'text' });
  expect(await person()).not.toHaveProperty('tracking');
});

it('a form that was made up puts a customer on no stream of staff, and looks nobody up', async () => {
  const { get, post, link, person, deps } = await customersPages({ people: [aCustomer] });
  const path = `/p/${link('preferences')}`;
  const shown = shownIn((await get(path)).body);
  const asked: string[] = [];
  const { readProfiles } = deps.people;
  Object.assign(deps.people, {
    readProfiles: (...[people]: Parameters<typeof readProfiles>) => {
      asked.push(...people.map(({ realm }) => realm));
      return readProfiles(people);
    },
  });
  const off = { frequency: 'off', weekday: '', hour: '', follow: [], leaveOut: [], least: '', delegate: '', delegateUntil: '' };
  const before = JSON.parse(shown);
  const forged = JSON.stringify({ ...before, streams: { ...before.streams, 'engineering-digest': off } });
  const made = { 'engineering-digest.frequency': 'weekly', 'customer-notices.delegate': 'ada@example.com' };
  expect((await post(path, { shown: forged, press: 'save', ...made })).body).toContain('is not sent here');
  expect((await person())?.streams).toEqual(onNotices);
  expect(new Set(asked)).toEqual(new Set(['customers']));
});

it('a customer leaves by the button of their mail program, comes back on the page, and gets a goodbye', async () => {
  const { ask, get, post, link, person, mails } = await customersPages({ people: [aCustomer] });
  const leave = `/u/${link('unsubscribe', 'customer-notices')}`;
  expect((await get(leave)).body).toContain('Unsubscribe');
  expect(await ask(aPageEvent('POST', `/customers${leave}`, { form: { 'List-Unsubscribe': 'One-Click' } }))).toMatchObject({
    statusCode: 200,
    body: '',
  });
  expect((await person())?.streams['customer-notices']?.on).toBe(false);
  expect(mails).toEqual([{ kind: 'goodbye', about: 'customer-notices', realm: 'customers', subscriber: sidOf(cleo) }]);
  expect((await post(leave, { press: 'undo' })).body).toContain('incident notices again');
  expect((await person())?.streams['customer-notices']?.on).toBe(true);
});

it('a customer has a new link sent, and makes older ones invalid', async () => {
  const { get, post, link, mails } = await customersPages({ people: [aCustomer] });
  expect((await get('/new-link')).body).toContain('action="/customers/new-link"');
  await post('/new-link', { address: 'Cleo@Elsewhere.example' });
  await post('/new-link', { address: 'nobody@elsewhere.example' });
  expect(mails).toEqual([{ kind: 'new-link', about: '', realm: 'customers', subscriber: sidOf(cleo) }]);

  const old = `/p/${link('preferences')}`;
  expect((await post(old, { press: 'renew' })).body).toContain('href="/customers/p/v1.');
  expect((await get(old)).statusCode).toBe(404);
  expect((await get(`/p/${link('preferences')}`)).statusCode).toBe(200);
});

it('a customer downloads what is stored and erases themselves', async () => {
  const { get, post, link, person, deps } = await customersPages({ people: [aCustomer] });
  await post(`/u/${link('unsubscribe', 'customer-notices')}`, { press: 'leave' });
  const base = `/p/${link('preferences')}`;
  const told = JSON.parse((await get(`${base}/data`)).body ?? '');
  expect(told).toMatchObject({ profile: { address: cleo }, acts: [{ act: 'subscription changed', facts: { after: 'off' } }] });

  expect((await get(`${base}/erase`)).body).toContain(`href="/customers${base}"`);
  expect((await post(`${base}/erase`)).body).toContain('You are erased');
  expect(await person()).toBeUndefined();
  expect((await get(`${base}/erase`)).body).toContain('You are erased');
  expect(await deps.slots.readSubscription('customer-notices', 'default', sidOf(cleo))).toBeUndefined();
});

it('customers’ pages say what they would say if they read the whole file', async () => {
  const { deps, serve, get, link } = await customersPages({ people: [aCustomer] });
  const theWhole = serve(pageRoutes({ ...deps, distribution: async () => open }));
  const paths = [`/p/${link('preferences')}`, `/u/${link('unsubscribe', 'customer-notices')}`, `/c/${link('confirm', 'customer-notices')}`];
  for (const path of ['/join', '/join/customer-notices', '/new-link', `/p/${link('preferences')}/erase`, ...paths])
    expect(await get(path), path).toEqual(await theWhole(aPageEvent('GET', `/customers${path}`)));
});

describe('a link of the other realm', () => {
  const about: Partial<Record<TokenScope, string>> = { unsubscribe: 'customer-notices', confirm: 'customer-notices' };
  const paths = ['/u/', '/p/', '/c/'];

  it('of staff opens nothing at the customers’ pages, with the one answer for everything that proves nothing', async () => {
    const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });
    const { get, post, token } = await customersPages({ people: [ada] });
    const missing = await get('/p/nothing');
    expect(missing.body).toContain('href="/customers/new-link"');
    for (const scope of tokenScopes) {
      for (const path of paths) {
        for (const stream of [about[scope] ?? '', 'engineering-digest']) {
          const wrong = token({ scope, realm: 'staff', subscriber: ada.sid, about: stream });
          expect(await get(`${path}${wrong}`)).toEqual(missing);
          expect(await post(`${path}${wrong}`, { press: 'leave', ...buttonOf(path) })).toEqual(missing);
        }
      }
    }
  });

  it('of a customer opens nothing at the pages of staff, and is not looked up there', async () => {
    const staff = await aWebWorld(await freshTable(), { people: [aCustomer], distribution: open });
    const ask = staff.serve(pageRoutes(staff.deps));
    const asked: string[] = [];
    const { readProfiles } = staff.deps.people;
    Object.assign(staff.deps.people, {
      readProfiles: (...[people]: Parameters<typeof readProfiles>) => {
        asked.push(...people.map(({ realm }) => realm));
        return readProfiles(people);
      },
    });
    const missing = await ask(aPageEvent('GET', '/p/nothing'));
    for (const [path, scope] of [
      ['/p/', 'preferences'],
      ['/u/', 'unsubscribe'],
      ['/c/', 'confirm'],
    ] as const) {
      const theirs = staff.token({ scope, realm: 'customers', subscriber: sidOf(cleo), about: about[scope] ?? '' });
      expect(await ask(aPageEvent('GET', `${path}${theirs}`))).toEqual(missing);
    }
    const erase = `/p/${staff.token({ scope: 'preferences', realm: 'customers', subscriber: aSid(7) })}/erase`;
    expect(await ask(aPageEvent('GET', erase))).toEqual(missing);
    expect((await ask(aPageEvent('GET', '/join/customer-notices'))).statusCode).toBe(404);
    expect((await ask(aPageEvent('GET', '/join'))).body).not.toContain('customer');
    expect(asked).toEqual([]);
  });

  it('about a stream of staff confirms no customer', async () => {
    const { post, link, get } = await customersPages({ people: [aCustomer] });
    const wrong = `/c/${link('confirm', 'engineering-digest')}`;
    expect((await get(wrong)).statusCode).toBe(404);
    expect((await post(wrong)).statusCode).toBe(404);
  });
});
