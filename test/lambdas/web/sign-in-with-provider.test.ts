import { afterAll, describe, expect, it } from 'vitest';
import { oidcProvider } from '../../../adapters/oidc/oidc-provider.ts';
import type { Claims, IdentityProvider } from '../../../core/access/identity.ts';
import { flowCookie, readFlow } from '../../../core/access/sign-in-flow.ts';
import { sessionCookie, signedIn } from '../../../lambdas/shared/pages/current-session.ts';
import type { SignInWith } from '../../../lambdas/web/deps.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { clientId, clientSecret } from '../../support/identity/forging-provider.ts';
import { aRealProvider, signInAt } from '../../support/identity/real-provider.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, openHouse } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld, keys } from '../../support/web.ts';

const host = 'news.example.com';
const redirectUri = `https://${host}/sign-in/callback`;
const freshTable = oneEngine();
const real = await aRealProvider(redirectUri);
afterAll(() => real.stop());

const person = (name: string, more: Partial<ReturnType<typeof aProfile>> = {}) =>
  aProfile({ sid: idOf(`${name}@example.com`), address: `${name}@example.com`, role: 'engineering', ...more });
const people = [
  person('ada'),
  person('eve'),
  person('sue', { suspended: { at: '2026-11-01T00:00:00Z' } }),
  person('uma', { unconfirmed: { at: '2026-11-01T00:00:00Z' } }),
];

const overHttp = (more: object = {}) =>
  oidcProvider({
    ...{ issuer: real.issuer, clientId, clientSecret: async () => clientSecret, redirectUri, now: () => new Date() },
    withinMs: 240_000,
    ...more,
  });
const claiming = (claims: Claims): IdentityProvider => ({
  begin: async () => ({ kind: 'go', url: 'https://sign-in.example.com/' }),
  identify: async () => ({ kind: 'identified', claims }),
});

/** The pages, where this provider is configured. */
async function pagesWith(provider: IdentityProvider | undefined = overHttp(), claim?: string) {
  const world = await aWebWorld(await freshTable(), { people, distribution: openHouse });
  const noted: Parameters<SignInWith['note']>[0][] = [];
  const deps = {
    ...world.deps,
    signInWith: provider && {
      provider,
      trust: { issuer: real.issuer, claim },
      note: (told: (typeof noted)[number]) => void noted.push(told),
    },
  };
  const ask = world.serve(pageRoutes(deps));
  /** Keeps cookies as a browser does. */
  const aBrowser = () => {
    const cookies = new Map<string, string>();
    const get = async (url: string, { method = 'GET', at = host } = {}) => {
      const event = aPageEvent(method, url, { headers: { host: at } });
      const answer = await ask({ ...event, cookies: [...cookies].map(([name, value]) => `${name}=${value}`) });
      for (const line of answer.cookies ?? []) {
        const [, name = '', value = '', age = ''] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)$/.exec(line) ?? [];
        if (age === '0') cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    };
    return {
      cookies,
      get,
      begin: async (query = '') => String((await get(`/sign-in/start${query}`)).headers?.location),
      whoIs: async () => {
        const { deps: of } = world;
        const found = await signedIn({ cookies: Object.fromEntries(cookies) } as Parameters<typeof signedIn>[0], of);
        return found?.profile.address;
      },
    };
  };
  return { ...world, deps, noted, aBrowser };
}

const stateOf = (url: string) => new URL(url, 'https://x').searchParams.get('state') ?? '';

describe('somebody who signs in at the provider of their organisation', () => {
  it('has a session from then on, and goes on to the page that they wanted', async () => {
    const { aBrowser, noted } = await pagesWith();
    const browser = aBrowser();
    const back = await signInAt(await browser.begin('?to=%2Farchive%2Fengineering%3Fq%3Dredis'), 'ada@example.com');

    const answer = await browser.get(back);

    expect(answer).toMatchObject({
      statusCode: 303,
      headers: { location: '/archive/engineering?q=redis', 'referrer-policy': 'no-referrer' },
    });
    expect(await browser.whoIs()).toBe('ada@example.com');
    expect([...browser.cookies.keys()]).toEqual([sessionCookie]);
    for (const line of answer.cookies ?? [])
      expect(line).toMatch(/^__Host-[\w-]+=[^;]*; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    expect(noted).toEqual([{ became: 'signed in', subscriber: idOf('ada@example.com') }]);
  });

  it('goes on to no page but ours', async () => {
    const { aBrowser } = await pagesWith();
    const browser = aBrowser();
    const back = await signInAt(await browser.begin('?to=https%3A%2F%2Fevil.example.com%2Farchive'), 'ada@example.com');

    expect((await browser.get(back)).headers?.location).toBe('/');
  });

  it('begins at the host where the cookie will be needed', async () => {
    const { aBrowser } = await pagesWith();
    const answer = await aBrowser().get('/sign-in/start?to=%2Farchive', { at: 'a1b2c3.execute-api.eu-west-1.amazonaws.com' });

    expect(answer).toMatchObject({ statusCode: 303, headers: { location: `https://${host}/sign-in/start?to=%2Farchive` } });
    expect(answer.cookies).toBeUndefined();
  });

  it('is asked for their password again where they want another account', async () => {
    const { aBrowser } = await pagesWith();

    expect(await aBrowser().begin('?again=true')).toContain('prompt=login');
    expect(await aBrowser().begin()).not.toContain('prompt=');
  });

  it('is asked again where they are signed in already, as operators are after twelve hours', async () => {
    const { aBrowser } = await pagesWith();
    const browser = aBrowser();
    expect((await browser.get('/sign-in?to=%2Fhome')).body).toContain('href="/sign-in/start?to=%2Fhome"');
    await browser.get(await signInAt(await browser.begin(), 'ada@example.com'));

    expect((await browser.get('/sign-in?to=%2Fhome')).body).toContain('href="/sign-in/start?to=%2Fhome&amp;again=true"');
  });

  it('gets a new session each time, and the one before ends', async () => {
    const { aBrowser, deps } = await pagesWith();
    const browser = aBrowser();
    await browser.get(await signInAt(await browser.begin(), 'ada@example.com'));
    const before = browser.cookies.get(sessionCookie);
    await browser.get(await signInAt(await browser.begin(), 'ada@example.com'));

    expect(browser.cookies.get(sessionCookie)).not.toBe(before);
    expect(await deps.sessions.list(idOf('ada@example.com'))).toHaveLength(1);
  });
});

describe('an attack on the sign-in', () => {
  it('login CSRF: the address that an attacker came back to signs nobody else in as them', async () => {
    const { aBrowser, noted } = await pagesWith();
    const [attacker, victim] = [aBrowser(), aBrowser()];
    const back = await signInAt(await attacker.begin(), 'eve@example.com');

    expect(await victim.get(back)).toMatchObject({ statusCode: 400 });
    await victim.begin();
    expect(await victim.get(back)).toMatchObject({ statusCode: 400 });
    expect(await victim.whoIs()).toBeUndefined();
    expect(noted.map(({ became }) => became)).toEqual(['another', 'another']);
  });

  it('a code injected from another browser is of no use, because the verifier is another', async () => {
    const { aBrowser, noted } = await pagesWith();
    const [victim, attacker] = [aBrowser(), aBrowser()];
    const stolen = new URLSearchParams((await signInAt(await victim.begin(), 'ada@example.com')).split('?')[1]);
    stolen.set('state', stateOf(await attacker.begin()));

    expect(await attacker.get(`/sign-in/callback?${stolen}`)).toMatchObject({ statusCode: 403 });
    expect(await attacker.whoIs()).toBeUndefined();
    expect(noted).toEqual([{ became: 'refused', reason: 'token endpoint: 400 invalid_grant', request: 'request-1' }]);
  });

  it('a replay of the way back, with the cookie too, signs nobody in', async () => {
    const { aBrowser } = await pagesWith();
    const [browser, thief] = [aBrowser(), aBrowser()];
    const back = await signInAt(await browser.begin(), 'ada@example.com');
    thief.cookies.set(flowCookie, browser.cookies.get(flowCookie) ?? '');
    await browser.get(back);

    expect(await browser.get(back)).toMatchObject({ statusCode: 400 });
    expect(await thief.get(back)).toMatchObject({ statusCode: 403 });
    expect(await thief.whoIs()).toBeUndefined();
  });

  it('a session cookie that an attacker planted is not the one that begins', async () => {
    const { aBrowser } = await pagesWith();
    const browser = aBrowser();
    const planted = `${idOf('ada@example.com')}.${'A'.repeat(43)}`;
    browser.cookies.set(sessionCookie, planted);
    await browser.get(await signInAt(await browser.begin(), 'ada@example.com'));

    expect(browser.cookies.get(sessionCookie)).not.toBe(planted);
  });

  it('a cookie that is older than ten minutes brings nobody back', async () => {
    const { aBrowser, clock } = await pagesWith(claiming({ email: 'ada@example.com', email_verified: true }));
    const browser = aBrowser();
    const at = clock.now.getTime();
    await browser.begin();
    clock.now = new Date(at + 601_000);

    expect(await browser.get('/sign-in/callback?code=c&state=s')).toMatchObject({
      statusCode: 400,
      body: expect.stringContaining('ten minutes'),
    });
  });

  it('a program that only looks does not use the code up', async () => {
    const { aBrowser } = await pagesWith();
    const browser = aBrowser();
    const back = await signInAt(await browser.begin(), 'ada@example.com');

    expect(await browser.get(back, { method: 'HEAD' })).toMatchObject({ statusCode: 405 });
    expect(await browser.get(back)).toMatchObject({ statusCode: 303 });
  });
});

describe('nobody has a session', () => {
  it.each([
    ['nora@example.com', 'You are not on the list', 'href="/join"'],
    ['sue@example.com', 'You are not on the list', 'nobody@example.com'],
    ['uma@example.com', 'You are not on the list', ''],
    ['ada@evil.example.net', 'That is not an account of your organisation', '@example.com'],
  ])('who is %s: %s', async (address, heading, also) => {
    const { aBrowser } = await pagesWith(claiming({ email: address, email_verified: true }));
    const browser = aBrowser();
    const answer = await comeBackTo(browser);

    expect(answer).toMatchObject({ statusCode: 403, body: expect.stringContaining(`<h1>${heading}</h1>`) });
    expect(answer.body).toContain(also.replace('nobody@example.com', address));
    expect(answer.body).toContain('/sign-in/start?again=true');
    expect(await browser.whoIs()).toBeUndefined();
  });

  it.each([
    ['unverified', { email: 'ada@example.com', email_verified: false }, undefined, 'Your address is not verified'],
    ['no address', { sub: 'ada' }, undefined, 'We do not know your address'],
    ['no address', { email: 'ada@example.com', email_verified: true }, 'upn', 'We do not know your address'],
  ])('whose address is not vouched for: %s', async (became, claims, claim, heading) => {
    const { aBrowser, noted } = await pagesWith(claiming(claims), claim);
    const browser = aBrowser();

    expect(await comeBackTo(browser)).toMatchObject({ statusCode: 403, body: expect.stringContaining(heading) });
    expect(noted).toEqual([{ became, request: 'request-1' }]);
    expect(JSON.stringify(noted)).not.toContain('ada@');
  });

  it('who does not want one', async () => {
    const { aBrowser, noted } = await pagesWith();
    const browser = aBrowser();
    const back = await signInAt(await browser.begin('?to=%2Farchive'), undefined);
    const answer = await browser.get(back);

    expect(answer).toMatchObject({ statusCode: 403, body: expect.stringContaining('href="/sign-in/start?to=%2Farchive"') });
    expect(noted).toMatchObject([{ became: 'stopped', reason: 'access_denied' }]);
  });

  it('while the provider does not answer, and the page says so', async () => {
    const { aBrowser, noted } = await pagesWith(overHttp({ issuer: 'http://127.0.0.1:1' }));
    const answer = await aBrowser().get('/sign-in/start?to=%2Farchive');

    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '60' } });
    expect(answer.body).toContain('The sign-in does not answer');
    expect(answer.body).toContain('href="/sign-in/start?to=%2Farchive"');
    expect(noted).toMatchObject([{ became: 'unreachable', request: 'request-1' }]);
  });

  it('where no provider is configured', async () => {
    const world = await aWebWorld(await freshTable(), { people });
    const ask = world.serve(pageRoutes(world.deps));

    for (const path of ['/sign-in/start', '/sign-in/callback?code=c&state=s']) {
      expect(await ask(aPageEvent('GET', path))).toMatchObject({ statusCode: 404 });
    }
  });
});

/** Comes back with the right state from a provider that is a fake. */
async function comeBackTo(browser: ReturnType<Awaited<ReturnType<typeof pagesWith>>['aBrowser']>) {
  await browser.begin();
  const flow = readFlow(browser.cookies.get(flowCookie) ?? '', new Date('2026-11-23T10:00:00Z'), keys);
  return browser.get(`/sign-in/callback?code=c&state=${flow?.state}`);
}
