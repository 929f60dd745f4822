/** Signing in and out by a mailed link, and what somebody who is not its reader tries. */
import { describe, expect, it } from 'vitest';
import { readSessionText } from '../../../core/access/session.ts';
import { askedMinute } from '../../../core/access/sign-in-link.ts';
import { signInLimits } from '../../../core/joining/limits.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import type { HttpAnswer } from '../../../lambdas/shared/http-answer.ts';
import { sessionCookie } from '../../../lambdas/shared/pages/current-session.ts';
import type { WebDeps } from '../../../lambdas/web/deps.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, openHouse } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const ada = aProfile({ sid: idOf('ada@example.com'), address: 'ada@example.com', role: 'engineering' });
const bob = aProfile({ sid: idOf('bob@example.com'), address: 'bob@example.com' });
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Nobody reaches it in these tests. */
const away = async () => ({ kind: 'unreachable' as const, reason: 'a test' });
const aProvider: WebDeps['signInWith'] = {
  provider: { begin: away, identify: away },
  trust: { issuer: 'https://id.example.com' },
  note: () => undefined,
};

interface Sent {
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

async function aWorld({ hasProvider = false, suspended }: { hasProvider?: boolean; suspended?: Profile['suspended'] } = {}) {
  const people = [suspended ? { ...ada, suspended } : ada, bob];
  const world = await aWebWorld(await freshTable(), { people, distribution: openHouse });
  const deps: WebDeps = hasProvider ? { ...world.deps, signInWith: aProvider } : world.deps;
  const serve = world.serve(pageRoutes(deps));
  /** A browser keeps its cookies, also those that were planted in it. */
  const aBrowser = (planted: Record<string, string> = {}) => {
    const jar = new Map(Object.entries(planted));
    const ask = async (method: string, url: string, { form, headers = {} }: Sent = {}) => {
      const event = aPageEvent(method, url, { ...(form && { form }), headers: { host: 'news.example.com', ...headers } });
      event.requestContext.http.userAgent = firefox;
      const answer = await serve({ ...event, cookies: [...jar].map(([name, value]) => `${name}=${value}`) });
      for (const line of answer.cookies ?? []) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (line.includes('Max-Age=0')) jar.delete(name);
        else jar.set(name, value);
      }
      return answer;
    };
    return {
      jar,
      get: (url: string, sent?: Sent) => ask('GET', url, sent),
      head: (url: string) => ask('HEAD', url),
      post: (url: string, form: Record<string, string>, headers: Record<string, string> = {}) => ask('POST', url, { form, headers }),
      session: () => readSessionText(jar.get(sessionCookie) ?? ''),
    };
  };
  /** The link that the mail brings, made when it is sent. */
  const linkIn = (about: string, subscriber = ada.sid) => `/sign-in/${world.token({ scope: 'sign-in', subscriber, about })}`;
  const mailedLink = () => linkIn(askedMinute(world.clock.now));
  const signIn = async (browser = aBrowser(), link = mailedLink()) => {
    const answer = await browser.post(link, { press: 'sign-in' });
    expect(answer.statusCode).toBe(303);
    return browser;
  };
  const proofIn = async (browser: ReturnType<typeof aBrowser>) =>
    /name="proof" value="(\w+)"/.exec((await browser.get('/sessions')).body ?? '')?.[1] ?? '';
  const later = (minutes: number) => {
    world.clock.now = new Date(world.clock.now.getTime() + minutes * 60_000);
  };
  const sessions = () => world.deps.sessions.list(ada.sid);
  return { ...world, aBrowser, linkIn, mailedLink, signIn, proofIn, later, sessions };
}
const isIn = async (browser: { get: (url: string) => Promise<HttpAnswer> }) => (await browser.get('/sessions')).statusCode === 200;

describe('signing in by mail', () => {
  it('mails a link, signs in with one press, goes on to where it began, and is listed', async () => {
    const { aBrowser, mails, mailedLink, sessions, auditLines } = await aWorld();
    const browser = aBrowser();

    expect((await browser.get('/sessions')).headers?.location).toBe('/sign-in?to=%2Fsessions');
    expect((await browser.get('/sign-in?to=%2Fsessions')).body).toContain('<input type="hidden" name="to" value="/sessions"');
    expect((await browser.post('/sign-in', { address: 'Ada@Example.com', to: '/sessions' })).body).toContain('Check your email');
    expect(mails).toEqual([{ kind: 'sign-in', realm: 'staff', subscriber: ada.sid, about: askedMinute(new Date('2026-11-23T10:00:00Z')) }]);
    expect((await browser.get(mailedLink())).body).toContain('a…@example.com');
    const answer = await browser.post(mailedLink(), { press: 'sign-in' });

    expect(answer).toMatchObject({ statusCode: 303, headers: { location: '/sessions', 'cache-control': 'no-store' } });
    expect(answer.cookies?.[0]).toMatch(
      /^__Host-afterword=[0-9a-f]{32}\.[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000$/,
    );
    expect([...browser.jar.keys()]).toEqual([sessionCookie]);
    const { body } = await browser.get('/sessions');
    expect(body).toContain('Firefox on Windows');
    expect(body).toContain('by a mailed link');
    expect(await sessions()).toHaveLength(1);
    expect((await auditLines()).map(({ act, facts }) => ({ act, facts }))).toEqual([
      { act: 'signed in', facts: { subscriber: ada.sid, way: 'mail' } },
    ]);
  });

  it('answers every address the same, and mails those who are on the list', async () => {
    const { aBrowser, mails } = await aWorld({ suspended: { at: '2026-11-20T10:00:00Z' } });
    const answers = [];
    for (const address of ['bob@example.com', 'ada@example.com', 'nobody@example.com', 'eve@evil.example'])
      answers.push(await aBrowser().post('/sign-in', { address, to: '/archive' }));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.body).toContain('href="/join"');
    expect(mails.map(({ subscriber }) => subscriber)).toEqual([bob.sid]);
  });

  it('bombing a mailbox: ends after five mails an hour', async () => {
    const { aBrowser, mails, later } = await aWorld();
    for (let n = 0; n < 9; n += 1) await aBrowser().post('/sign-in', { address: 'ada@example.com' });
    expect(mails).toHaveLength(signInLimits.mailbox.most);
    later(60);
    await aBrowser().post('/sign-in', { address: 'ada@example.com' });
    expect(mails.at(-1)?.about).toBe(askedMinute(new Date('2026-11-23T11:00:00Z')));
  });

  it('where there is a provider: no link is mailed, and a mailed one opens nothing', async () => {
    const { aBrowser, mails, mailedLink } = await aWorld({ hasProvider: true });
    const browser = aBrowser();

    expect((await browser.get('/sign-in?to=/home')).body).toContain('href="/sign-in/start?to=%2Fhome"');
    await browser.post('/sign-in', { address: 'ada@example.com' });
    expect(mails).toEqual([]);
    expect(await browser.post(mailedLink(), { press: 'sign-in' })).toMatchObject({ statusCode: 404 });
    expect(browser.session()).toBeUndefined();
  });
});

describe('a mailed link', () => {
  it('a scanner that follows it, with GET, HEAD and OPTIONS and any press but ours, uses nothing up', async () => {
    const { aBrowser, mailedLink, signIn, sessions } = await aWorld();
    const scanner = aBrowser();
    await scanner.get(mailedLink());
    await scanner.head(mailedLink());
    await scanner.post(mailedLink(), {});
    await scanner.post(mailedLink(), { press: 'Sign in' });

    expect(scanner.jar.size).toBe(0);
    expect(await sessions()).toEqual([]);
    expect(await isIn(await signIn())).toBe(true);
  });

  it('replay: it works once, also for two at the same moment, and in every copy of the mail', async () => {
    const { aBrowser, mailedLink, later } = await aWorld();
    const first = mailedLink();
    const both = await Promise.all([first, first].map((link) => aBrowser().post(link, { press: 'sign-in' })));
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 404]);
    later(0.5);
    expect(mailedLink()).not.toBe(first);
    expect(await aBrowser().post(mailedLink(), { press: 'sign-in' })).toMatchObject({ statusCode: 404 });
  });

  it('a new one works after it, asked for a minute later', async () => {
    const { signIn, later, aBrowser, mailedLink } = await aWorld();
    await signIn();
    later(1);
    expect(await isIn(await signIn(aBrowser(), mailedLink()))).toBe(true);
  });

  it('an old mail: it ends ten minutes after it was asked for, however late it was sent', async () => {
    const { aBrowser, linkIn, clock, later } = await aWorld();
    const about = askedMinute(clock.now);
    const press = (link: string) => aBrowser().post(link, { press: 'sign-in' });
    const prompt = linkIn(about);
    later(10.1);
    const late = linkIn(about);
    expect(await press(prompt)).toMatchObject({ statusCode: 404 });
    expect((await aBrowser().get(late)).statusCode).toBe(200);
    later(1);
    expect(await press(late)).toMatchObject({ statusCode: 404 });
  });

  it('guessing and links of other kinds: all get one answer', async () => {
    const { aBrowser, token, linkIn, clock } = await aWorld();
    const about = askedMinute(clock.now);
    const theirs = (['preferences', 'read', 'confirm', 'approve', 'unsubscribe', 'feed'] as const).map(
      (scope) => `/sign-in/${token({ scope, subscriber: ada.sid, about })}`,
    );
    const wrong = [
      '/sign-in/x',
      ...theirs,
      linkIn(''),
      linkIn('engineering-digest'),
      linkIn(about, 'f'.repeat(32)),
      `${linkIn(about).slice(0, -1)}A`,
      `/sign-in/${token({ scope: 'sign-in', subscriber: ada.sid, about, realm: 'customers' })}`,
      `/sign-in/${token({ scope: 'sign-in', subscriber: ada.sid, about, generation: 1 })}`,
    ];
    const answers = await Promise.all(wrong.flatMap((url) => [aBrowser().get(url), aBrowser().post(url, { press: 'sign-in' })]));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ statusCode: 404 });
  });

  it('opens nothing else: it is no way to anybody’s settings', async () => {
    const { aBrowser, mailedLink } = await aWorld();
    const token = mailedLink().slice('/sign-in/'.length);
    const opened = await Promise.all(
      ['/p/', '/u/', '/r/', '/c/', '/a/', '/feed/', '/view/'].map((path) => aBrowser().get(`${path}${token}`)),
    );

    expect(opened.map(({ statusCode }) => statusCode)).toEqual(opened.map(() => 404));
  });

  it('signing somebody in from another site: the press is refused', async () => {
    const { aBrowser, mailedLink, sessions } = await aWorld();
    const victim = aBrowser();
    expect(await victim.post(mailedLink(), { press: 'sign-in' }, { 'sec-fetch-site': 'cross-site' })).toMatchObject({ statusCode: 403 });
    expect(await sessions()).toEqual([]);
  });

  it.each(['//evil.example', 'https://evil.example/archive', '/\\evil.example', '/p/v1.k1.x', '%'])(
    'open redirect: goes on to "%s" never',
    async (to) => {
      const { aBrowser, mailedLink } = await aWorld();
      const browser = aBrowser({ '__Host-afterword-to': to });

      expect((await browser.get(`/sign-in?to=${encodeURIComponent(to)}`)).body).not.toContain('name="to"');
      expect((await aBrowser().post('/sign-in', { address: 'ada@example.com', to })).cookies).toBeUndefined();
      expect((await browser.post(mailedLink(), { press: 'sign-in' })).headers?.location).toBe('/');
    },
  );
});

describe('a session', () => {
  it('fixation: a cookie that was planted before is worth nothing after', async () => {
    const { aBrowser, signIn, sessions } = await aWorld();
    const planted = `${ada.sid}.${'A'.repeat(43)}`;
    const victim = await signIn(aBrowser({ [sessionCookie]: planted }));

    expect(victim.jar.get(sessionCookie)).not.toBe(planted);
    expect(await isIn(aBrowser({ [sessionCookie]: planted }))).toBe(false);
    expect(await sessions()).toHaveLength(1);
  });

  it('signing in again: the browser’s earlier session ends', async () => {
    const { aBrowser, signIn, later, mailedLink } = await aWorld();
    const browser = await signIn();
    const before = browser.jar.get(sessionCookie) ?? '';
    later(1);
    await signIn(browser, mailedLink());

    expect(await isIn(aBrowser({ [sessionCookie]: before }))).toBe(false);
    expect(await isIn(browser)).toBe(true);
  });

  it('replay after sign-out: the cookie is dead where it was copied, too', async () => {
    const { aBrowser, signIn, proofIn, sessions } = await aWorld();
    const browser = await signIn();
    const copied = browser.jar.get(sessionCookie) ?? '';

    expect(await browser.post('/sign-out', { proof: await proofIn(browser) })).toMatchObject({
      statusCode: 303,
      headers: { location: '/' },
    });
    expect(browser.jar.size).toBe(0);
    expect(await isIn(aBrowser({ [sessionCookie]: copied }))).toBe(false);
    expect(await sessions()).toEqual([]);
  });

  it('is not ended by looking, from elsewhere, or without a proof of its own', async () => {
    const { aBrowser, signIn, proofIn, later, mailedLink } = await aWorld();
    const browser = await signIn();
    later(1);
    const other = await signIn(aBrowser(), mailedLink());
    const [mine, foreign] = [await proofIn(browser), await proofIn(other)];
    const presses = [
      await browser.get('/sign-out'),
      await browser.head('/sign-out'),
      await browser.post('/sign-out', {}),
      await browser.post('/sign-out', { proof: foreign }),
      await browser.post('/sign-out', { proof: mine }, { 'sec-fetch-site': 'cross-site' }),
      await browser.post('/sessions', { press: 'end-others' }),
      await browser.post('/sessions', { press: 'end-others', proof: foreign }),
      await browser.post('/sessions', { press: 'end-others', proof: mine }, { 'sec-fetch-site': 'same-site' }),
    ];

    expect(presses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 400, 400, 403, 400, 400, 403]);
    expect([await isIn(browser), await isIn(other)]).toEqual([true, true]);
  });

  it('ends where its holder ends it: one, all others, and their own', async () => {
    const { aBrowser, signIn, proofIn, later, mailedLink } = await aWorld();
    const browsers = [];
    for (let n = 0; n < 4; n += 1) {
      browsers.push(await signIn(aBrowser(), mailedLink()));
      later(1);
    }
    const [mine, lost, ...others] = browsers as [ReturnType<typeof aBrowser>, ReturnType<typeof aBrowser>];
    const proof = await proofIn(mine);
    const end = (hash?: string) => mine.post('/sessions', { proof, end: (hash ?? '').slice(0, 16) });

    expect((await end(lost.session()?.hash)).body).toContain('One session is ended.');
    expect((await end(lost.session()?.hash)).body).toContain('had ended before');
    expect(await Promise.all([mine, lost, ...others].map(isIn))).toEqual([true, false, true, true]);
    expect((await mine.post('/sessions', { proof, press: 'end-others' })).body).toContain('2 sessions are ended.');
    expect(await Promise.all([mine, lost, ...others].map(isIn))).toEqual([true, false, false, false]);
    expect(await end(mine.session()?.hash)).toMatchObject({ statusCode: 303, headers: { location: '/' } });
    expect(await isIn(mine)).toBe(false);
  });

  it('ending somebody else’s: a session is found among one’s own alone', async () => {
    const { aBrowser, signIn, proofIn, linkIn, clock } = await aWorld();
    const victim = await signIn();
    const attacker = await signIn(aBrowser(), linkIn(askedMinute(clock.now), bob.sid));
    const proof = await proofIn(attacker);
    await attacker.post('/sessions', { proof, end: victim.session()?.hash.slice(0, 16) ?? '' });
    await attacker.post('/sessions', { proof, press: 'end-others' });

    expect(await isIn(victim)).toBe(true);
    expect((await attacker.get('/sessions')).body).not.toContain(ada.address);
  });

  it.each<[string, (profile: Profile) => Profile]>([
    ['a suspension', (profile) => ({ ...profile, suspended: { at: '2026-11-23T10:00:00Z' } })],
    ['a change of role', (profile) => ({ ...profile, role: 'support' })],
    ['links that were made invalid', (profile) => ({ ...profile, generation: 1_800_000_000 })],
  ])('after %s: it shows nothing', async (_, change) => {
    const { signIn, deps, profile } = await aWorld();
    const browser = await signIn();
    const now = await profile(ada.sid);
    if (now) await deps.people.writeProfile({ ...change(now), revision: now.revision + 1 }, now.revision);

    expect(await isIn(browser)).toBe(false);
    expect((await browser.get('/')).body).toContain('href="/sign-in"');
  });

  it('idle and absolute limits: it ends after seven days without use, and after thirty with', async () => {
    const { signIn, later, aBrowser, mailedLink } = await aWorld();
    const idle = await signIn();
    later(1);
    const used = await signIn(aBrowser(), mailedLink());
    for (let day = 0; day < 30; day += 6) {
      expect(await isIn(used)).toBe(true);
      later(6 * 24 * 60);
    }
    expect(await isIn(idle)).toBe(false);
    later(0.1);
    expect(await isIn(used)).toBe(false);
  });

  it('another host: its visitors are sent to ours, where their cookie is', async () => {
    const { aBrowser } = await aWorld();
    const headers = { host: 'abc123.execute-api.eu-west-1.amazonaws.com' };
    const to = await Promise.all(
      ['/', '/sessions?a=b', '/sign-in?to=/home', '/sign-out'].map(
        async (url) => (await aBrowser().get(url, { headers })).headers?.location,
      ),
    );

    expect(to).toEqual(['/', '/sessions?a=b', '/sign-in?to=/home', '/sign-out'].map((url) => `https://news.example.com${url}`));
  });
});

it('the address that people type by hand says what it is, and what they may do once they are signed in', async () => {
  const { aBrowser, signIn } = await aWorld();
  const stranger = await aBrowser().get('/');
  expect(stranger.body?.match(/href="[^"]*"/g)).toEqual(['href="/sign-in"', 'href="/join"', 'href="/new-link"']);

  const links = (await (await signIn()).get('/')).body?.match(/href="[^"]*"/g) ?? [];
  expect(links).toEqual(['href="/archive"', 'href="/preferences"', 'href="/sessions"']);
});
