/**
 * What others had to publish about pages and links like ours, tried on ours; each by the number
 * under which it can be read up.
 */
import { describe, expect, it } from 'vitest';
import { askedMinute } from '../../../core/access/sign-in-link.ts';
import { tokenScopes } from '../../../core/access/token.ts';
import type { StreamName } from '../../../core/stream/stream.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { mailed } from '../../support/mailed.ts';
import { expectNothingForeign } from '../../support/nothing-foreign.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { idOf, openHouse, shownIn } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const address = 'ada@example.com';
const ada = aProfile({ sid: idOf(address), address });

async function aHouse() {
  const world = await aWebWorld(await freshTable(), { people: [ada], distribution: openHouse });
  const routes = pageRoutes(world.deps);
  const ask = world.serve(routes);
  const token = (scope: (typeof tokenScopes)[number], about = '') => world.token({ scope, subscriber: ada.sid, about });
  return {
    ...world,
    routes,
    ask,
    token,
    get: (url: string, headers: Record<string, string> = {}, session?: string) => ask(aPageEvent('GET', url, { headers, session })),
    post: (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
      ask(aPageEvent('POST', url, { form, headers })),
  };
}

describe('what an author writes', () => {
  it.each([
    ['listmonk GHSA-jmr4-p576-v565, CVE-2026-21483: a script in what is shown in preview and archive', '<script>fetch("/p/x")</script>'],
    [
      'listmonk GHSA-jc7g-x28f-3v3h: a template that reads the environment',
      '{{ env "TOKEN_KEYS_ARN" }} ${process.env.PATH} {{ .Subscriber }}',
    ],
    ['md-to-react-email #19: HTML within Markdown', '<img src=x onerror=alert(1)>'],
    ['sanitize-html CVE-2026-44990: raw text in an old element', '<xmp><img src=x onerror=alert(1)></xmp>'],
    ['DOMPurify CVE-2026-49978: a template with a shadow root', '<template shadowrootmode=open><script>alert(1)</script></template>'],
    ['marked: a scheme behind entities', '[a](javascript&#x58;alert(1)) [b](java&#115;cript:alert(1)) [c](vbscript:msgbox(1))'],
    ['mjml CVE-2020-12827, CVE-2025-67898: a file of the server', '<mj-include path="/etc/passwd" type="css"/>'],
  ])('%s', async (_, poison) => {
    const { table, token, get, begin } = await aHouse();
    const session = await begin(ada.sid);
    await mailed(table, { to: [ada.sid], cards: ['pm-1'] });
    await publish(table, {
      title: `It failed ${poison}`.slice(0, 200),
      summary: `${poison}\n\n\`${poison}\``,
      services: ['cart'],
      rootCauses: [poison],
    });
    const link = token('read', 'engineering-digest_2026-W47');

    for (const path of [`/r/${link}`, `/r/${link}/pm-1`, '/archive/engineering?q=failed', '/archive/engineering/pm-1']) {
      const { body = '', headers, statusCode } = await get(path, {}, session);
      expect(statusCode).toBe(200);
      expect(body).toContain('It failed');
      expect(body).not.toMatch(/root:x:|arn:aws|node_modules/);
      expectNothingForeign(body);
      expect(headers?.['content-security-policy']).toMatch(/^default-src 'none'; style-src(?: 'sha256-[^']+')+;/);
      expect(headers?.['content-security-policy']).not.toMatch(/script-src|unsafe/);
    }
    const feed = (await get(`/feed/f1.${await begin(ada.sid, { kind: 'feed' })}?audience=engineering`)).body ?? '';
    expect(feed).toContain('It failed');
    expect(feed.replace(/<\/?(\?xml|feed|id|title|updated|author|name|link|entry|published|category|summary)\b[^<>]*>/g, '')).not.toContain(
      '<',
    );
  });
});

describe('what somebody types or sends', () => {
  const typed = '"><script>alert(1)</script>';

  it('mautic CVE-2021-27909: comes back as text on the page that asks for it once more', async () => {
    const { get, post, token, begin } = await aHouse();
    const shown = shownIn((await get('/join/engineering-digest')).body);
    const answers = [
      await post('/new-link', { address: typed }),
      await post('/join/engineering-digest', { address: typed, shown }),
      await post('/join/engineering-digest', { address: typed, shown: typed }),
      await post(`/p/${token('preferences')}`, { press: 'find', find: typed, zone: typed, pausedUntil: typed }),
      await get(`/r/${token('read', 'engineering-digest_2026-W47')}?q=${encodeURIComponent(typed)}`),
      await get(`/archive/engineering?q=${encodeURIComponent(typed)}`, {}, await begin(ada.sid)),
    ];

    for (const { body = '' } of answers) {
      expect(body).not.toContain('<script');
      expectNothingForeign(body);
    }
  });

  it('mautic CVE-2022-25772: is told by no page, whatever a client calls itself or asks for', async () => {
    const { ask, get, token, logged } = await aHouse();
    const link = token('read', 'engineering-digest_2026-W47');
    const unknown = await get(`/r/${link}/pm-unknown`);
    for (const path of ['_', encodeURIComponent(typed), '..%2f..%2fp']) {
      const event = aPageEvent('GET', `/r/${link}/${path}`, { headers: { referer: typed } });
      event.requestContext.http.userAgent = typed;
      expect(await ask(event)).toEqual(unknown);
    }
    expect(unknown).toMatchObject({ statusCode: 404 });
    expect(JSON.stringify(logged)).not.toContain('script');
  });

  it.each([
    ['nodemailer CVE-2025-13033: a quoted part that sends to another domain', '"ada@evil.example x"@example.com'],
    ['nodemailer CVE-2025-14874: groups within groups without end', 'a:'.repeat(600)],
    ['nodemailer CVE-2025-14874: comments within comments without end', `${'('.repeat(800)}ada@example.com`],
    ['nodemailer GHSA-c7w3-x93f-qmm8, GHSA-vvjj-xcjg-gr5g: a line break before another header', 'ada@example.com\r\nBcc: all@example.com'],
    ['several at once', 'ada@example.com, eve@evil.example'],
  ])('%s: gets no mail sent', async (_, wrong) => {
    const { get, post, mails, clock } = await aHouse();
    const shown = shownIn((await get('/join/engineering-digest')).body);
    clock.now = new Date(clock.now.getTime() + 5000);

    expect(await post('/join/engineering-digest', { address: wrong, shown, website: '' })).toMatchObject({ statusCode: 422 });
    expect((await post('/new-link', { address: wrong })).body).toContain('This is not an email address');
    expect(mails).toEqual([]);
  });
});

describe('whose press it is', () => {
  it('listmonk GHSA-rf24-wg77-gq7w: a press from another site’s page is refused on every page but the one that mail clients press', async () => {
    const { routes, post, profile, mails, token } = await aHouse();
    const scopes: Readonly<Record<string, (typeof tokenScopes)[number]>> = { c: 'confirm', a: 'approve' };
    const pressable = routes.filter(({ post }) => post);
    const before = await profile(ada.sid);

    const refused: string[] = [];
    for (const { path } of pressable.filter(({ post }) => !post?.fromAnywhere))
      for (const site of ['cross-site', 'same-site']) {
        const url = path.replace('{token}', token(scopes[path.charAt(1)] ?? 'preferences')).replace('{stream}', 'engineering-digest');
        const { statusCode } = await post(url, { press: 'stop', address }, { 'sec-fetch-site': site, origin: 'https://evil.example' });
        if (statusCode === 403) refused.push(path);
      }

    expect([...new Set(refused)].toSorted()).toEqual([
      '/a/{token}',
      '/archive/{audience}/{postmortem}',
      '/c/{token}',
      '/decisions/{token}',
      '/decisions/{token}/{postmortem}',
      '/feeds',
      '/join/{stream}',
      '/muted/{token}',
      '/new-link',
      '/p/{token}',
      '/p/{token}/erase',
      '/r/{token}/{postmortem}',
      '/receipts/{token}',
      '/reminders/{token}',
      '/review/{token}',
      '/sessions',
      '/sign-in',
      '/sign-in/{token}',
      '/sign-out',
    ]);
    expect(refused).toHaveLength(38);
    expect(pressable.filter(({ post }) => post?.fromAnywhere).map(({ path }) => path)).toEqual(['/u/{token}']);
    expect(await profile(ada.sid)).toEqual(before);
    expect(mails).toEqual([]);
  });

  it('CVE-2026-34828: once links were made invalid, none of before does anything', async () => {
    const { token, get, post, profile } = await aHouse();
    const about: Partial<Record<(typeof tokenScopes)[number], StreamName | string>> = {
      unsubscribe: 'engineering-digest',
      read: 'engineering-digest_2026-W47',
      feed: 'engineering',
      confirm: 'engineering-digest',
      'sign-in': askedMinute(new Date('2026-11-23T10:00:00Z')),
    };
    const paths = {
      unsubscribe: 'u',
      preferences: 'p',
      read: 'r',
      feed: 'feed',
      confirm: 'c',
      approve: 'a',
      'sign-in': 'sign-in',
      decide: 'decisions',
      receipt: 'receipts',
      reminders: 'reminders',
      review: 'review',
    } as const;
    const old = tokenScopes.map((scope) => `/${paths[scope]}/${token(scope, about[scope])}`);
    await post(`/p/${token('preferences')}`, { press: 'renew' });
    const after = await profile(ada.sid);

    for (const url of old) {
      expect(await get(url)).toEqual(await get(url.replace(/v1\..*/, 'nothing')));
      await post(url, { press: 'leave', 'List-Unsubscribe': 'One-Click' });
    }
    expect(after?.generation).toBe(Date.parse('2026-11-23T10:00:00Z') / 1000);
    expect(await profile(ada.sid)).toEqual(after);
  });
});
