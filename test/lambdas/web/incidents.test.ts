import { describe, expect, it } from 'vitest';
import { mostListed } from '../../../core/notice/read-shown-notices.ts';
import { keptNotices } from '../../../lambdas/web/published-notices.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aDistribution } from '../../support/distribution.ts';
import { expectNothingForeign } from '../../support/nothing-foreign.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publicNoticesInMemory } from '../../support/public-notices.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const senders = {
  internal: { name: 'Afterword', address: 'afterword@example.com' },
  customers: { name: 'Example status', address: 'status@notices.example.com' },
};
const fileWith = (notices: object | 'no notices') =>
  aDistribution({
    organisation: { name: 'Example', zone: 'Europe/Berlin', domains: ['example.com'] },
    senders,
    streams: {
      'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' } },
      ...(notices !== 'no notices' && { 'customer-notices': notices }),
    },
  });

async function publicPages(notices: object | 'no notices' = { signUp: 'open', contact: 'https://example.com/support' }) {
  const world = await aWebWorld(await freshTable(), { distribution: fileWith(notices), realm: 'customers' });
  const store = publicNoticesInMemory();
  const ask = world.serve(pageRoutes({ ...world.deps, notices: keptNotices(store, () => world.clock.now) }));
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    ask(aPageEvent(method, `/customers${path}`, { headers }));
  const later = (ms: number) => {
    world.clock.now = new Date(world.clock.now.getTime() + ms);
  };
  return { ...world, store, get, later };
}

const [one, two] = ['k7p3wq9xzt', 'bcdfghjkmn'];

describe('the list of notices', () => {
  it('says that there is none yet, and how to get them', async () => {
    const { get } = await publicPages();

    const { statusCode, body = '' } = await get('/incidents');

    expect(statusCode).toBe(200);
    expect(body).toContain('No notice has been published yet.');
    expect(body).toContain('href="/customers/join/customer-notices"');
    expect(body).toContain('href="https://example.com/support"');
    expect(body).toContain('href="/customers/feed"');
  });

  it('has the newest first, with a line for what was withdrawn and none for what nobody saw', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', { title: 'First', body: '## In short\n\nIt **failed**.\n\nMore.' });
    store.put(two, 1, '2026-11-21T09:00:00Z', { title: 'Taken back' });
    store.put(two, 2, '2026-11-22T09:00:00Z', 'withdrawn');
    store.put('zzzzzzzzzz', 2, '2026-11-22T09:00:00Z', 'unseen');

    const { body = '' } = await get('/incidents');

    expect(body.match(/<li>/g)).toHaveLength(2);
    expect(body.indexOf('The notice of 21 November 2026 was withdrawn on 22 November 2026.')).toBeGreaterThan(0);
    expect(body.indexOf('was withdrawn')).toBeLessThan(body.indexOf('href="/customers/incidents/k7p3wq9xzt">First</a>'));
    expect(body).toContain('<p dir="auto">It failed.</p>');
    expect(body).toContain('19 November 2026, 13:35 to 14:33, Berlin time (58 minutes) · Checkout');
    expect(body).not.toMatch(/Taken back|zzzzzzzzzz|bcdfghjkmn/);
  });

  it('calls footnotes by their numbers', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', { body: 'It failed.[^harrow-pike]\n\n[^harrow-pike]: In the night.' });

    const { body = '' } = await get(`/incidents/${one}`);

    expect(body.match(/<sup>1<\/sup>/g)).toHaveLength(2);
    expect(body).not.toContain('harrow');
  });

  it('shows some at a time, and reads the texts of those alone', async () => {
    const { get, store, later } = await publicPages();
    for (let n = 0; n < 45; n += 1)
      store.put(idNumber(n), 1, `2026-10-${10 + (n % 20)}T0${Math.floor(n / 20)}:00:00Z`, { title: `No ${n}` });

    const first = await get('/incidents');
    expect(first.body).toContain('href="/customers/incidents?from=20"');
    expect(store.reads).toHaveLength(21);
    later(5000);
    expect(await get('/incidents?utm=evil')).toEqual(first);
    const last = await get('/incidents?from=40');
    expect(last.body?.match(/<li>/g)).toHaveLength(5);
    for (const odd of ['-1', 'x', '99999', '1e9']) expect((await get(`/incidents?from=${odd}`)).statusCode).toBe(200);
  });

  it('is read once in some seconds, however many ask, and each text once', async () => {
    const { get, store, later } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', { title: 'First' });
    await Promise.all([get('/incidents'), get('/incidents'), get('/feed')]);
    await get('/incidents');
    expect(store.reads.filter((read) => read === 'list')).toHaveLength(1);

    store.put(one, 2, '2026-11-21T09:00:00Z', 'withdrawn');
    expect((await get('/incidents')).body).toContain('First');
    later(5000);
    expect((await get('/incidents')).body).toContain('was withdrawn');
    expect(store.reads.filter((read) => read.startsWith(`${one}#`))).not.toContain(`${one}#2`);
  });

  it('is asked for again after it could not be read', async () => {
    const { get, store } = await publicPages();
    const { list } = store;
    store.list = async () => {
      throw new Error('throttled');
    };
    expect((await get('/incidents')).statusCode).toBe(500);
    store.list = list;
    expect((await get('/incidents')).statusCode).toBe(200);
    expect(mostListed).toBe(500);
  });
});

describe('the page of a notice', () => {
  it('has its text by the safe renderer, when it was and which products', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', {
      title: 'It <b>failed</b>',
      body: 'See <script>alert(1)</script> [there](javascript:alert(1)) or [here](https://example.com/help).\n\n## Later\n\n![x](https://evil.example/p.png)',
      products: ['Checkout', 'Billing & invoices'],
    });

    const { statusCode, body = '' } = await get(`/incidents/${one}`);

    expect(statusCode).toBe(200);
    expect(body).toContain('<title>It &lt;b&gt;failed&lt;/b&gt; · Example</title>');
    expect(body).toContain('<span class="pill ok">Resolved</span>');
    expect(body).toContain('<dd>19 November 2026, 13:35 to 14:33, Berlin time (58 minutes)</dd>');
    expect(body).toContain('Checkout, Billing &amp; invoices');
    expect(body).toContain('<h2 dir="auto">Later</h2>');
    expect(body).toContain('<a href="https://example.com/help" rel="noopener noreferrer nofollow">here</a>');
    expect(body).toContain('Published on 20 November 2026 at 10:00, Berlin time.');
    expect(body).not.toMatch(/Updated on|What changed|<script|<img|sev\d/);
    expectNothingForeign(body.replace(/<link rel="alternate" type="application\/atom\+xml" href="\/customers\/feed"\/>/, ''));
  });

  it('says what changed in a later version, and that an account is preliminary', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', { change: 'Nothing to compare with' });
    expect((await get(`/incidents/${one}`)).body).not.toContain('What changed');

    store.put(one, 3, '2026-11-21T09:00:00Z', { state: 'preliminary', resolvedAt: undefined, change: 'The *exact* times.' });
    const { body } = await get(`/incidents/${one}`);
    expect(body).toContain('<h2>What changed</h2><p dir="auto">The <em>exact</em> times.</p>');
    expect(body).toContain('Updated on 21 November 2026 at 10:00, Berlin time.');
    expect(body).toContain('<span class="pill sev2">Not over yet</span><span class="pill">Preliminary</span>');
    expect(body).toContain('Since 19 November 2026 at 13:35, Berlin time');
  });

  it('answers 410 once it was withdrawn, at once and without a word of it', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', { title: 'Payments failed' });
    const before = await get(`/incidents/${one}`);
    store.put(one, 2, '2026-11-21T09:00:00Z', 'withdrawn');

    const { statusCode, body = '', headers } = await get(`/incidents/${one}`, { 'if-none-match': String(before.headers?.etag) });

    expect(statusCode).toBe(410);
    expect(body).toContain('The notice of 20 November 2026 was withdrawn on 21 November 2026.');
    expect(body).not.toMatch(/Payments|Checkout|Berlin/);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=60' });
  });

  it('answers what is unknown, unseen, damaged or no id with the one 404, the same bytes', async () => {
    const { get, store } = await publicPages();
    store.put(two, 2, '2026-11-21T09:00:00Z', 'unseen');
    store.put(one, 1, '2026-11-20T09:00:00Z', {});
    store.readVersion = async () => undefined;
    const missing = await get('/p/nothing');

    expect(missing.statusCode).toBe(404);
    for (const id of [one, two, 'zzzzzzzzzz', 'aeiou', 'K7P3WQ9XZT', 'k7p3wq9xzt0', '%00', '..%2f..', 'k'.repeat(5000)])
      expect(await get(`/incidents/${id}`), id).toEqual(missing);
    expect(store.reads.filter((read) => read !== one && read !== two)).toEqual(['zzzzzzzzzz']);
  });
});

describe('the feed', () => {
  it('has an entry a notice, whose date moves with each version and whose id stays when it is withdrawn', async () => {
    const { get, store, later } = await publicPages();
    const entries = async () => {
      later(5000);
      const { body = '' } = await get('/feed');
      return body.split('<entry>').slice(1);
    };
    store.put(one, 1, '2026-11-20T09:00:00Z', { title: 'Cart & till', body: 'It *failed*.' });
    const [first = ''] = await entries();
    expect(first).toContain('<id>urn:incident-notice:k7p3wq9xzt</id>');
    expect(first).toContain('<title>Cart &amp; till</title>');
    expect(first).toContain('<published>2026-11-20T09:00:00Z</published>\n<updated>2026-11-20T09:00:00Z</updated>');
    expect(first).toContain('href="https://news.example.com/customers/incidents/k7p3wq9xzt"');
    expect(first).toContain('<category term="Checkout"/>');
    expect(first).toContain('<summary>It failed.</summary>');

    store.put(one, 2, '2026-11-21T09:00:00Z', { change: 'The **times**.', body: 'It failed.' });
    const [second = ''] = await entries();
    expect(second).toContain('<published>2026-11-20T09:00:00Z</published>\n<updated>2026-11-21T09:00:00Z</updated>');
    expect(second).toContain('<summary>What changed: The times. It failed.</summary>');

    store.put(one, 3, '2026-11-22T09:00:00Z', 'withdrawn');
    const [third = ''] = await entries();
    expect(third).toContain('<id>urn:incident-notice:k7p3wq9xzt</id>\n<title>This notice was withdrawn</title>');
    expect(third).toContain('<updated>2026-11-22T09:00:00Z</updated>');
    expect(third).not.toMatch(/category|failed|times/);
  });

  it('names itself and the page, and has fifty entries at most', async () => {
    const { get, store } = await publicPages();
    for (let n = 0; n < 60; n += 1) store.put(idNumber(n), 1, '2026-10-10T09:00:00Z', {});

    const { body = '', headers } = await get('/feed');

    expect(headers).toMatchObject({ 'content-type': 'application/atom+xml; charset=utf-8' });
    expect(body).toContain('<id>https://news.example.com/customers/feed</id>\n<title>Example: incident notices</title>');
    expect(body).toContain('<link rel="alternate" type="text/html" href="https://news.example.com/customers/incidents"/>');
    expect(body.match(/<entry>/g)).toHaveLength(50);
  });
});

describe('each of the three', () => {
  const paths = ['/incidents', `/incidents/${one}`, '/feed'];

  it('may be kept by caches for a minute, and answers 304 to whoever has the same bytes', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', {});
    for (const path of paths) {
      const { headers = {}, body } = await get(path);
      expect(headers['cache-control'], path).toBe('public, max-age=60');
      expect(headers.etag).toMatch(/^"[\w-]{43}"$/);
      expect((await get(path)).body).toBe(body);
      for (const asked of [headers.etag, `W/${headers.etag}`, `"other", ${headers.etag}`, '*']) {
        const again = await get(path, { 'if-none-match': String(asked) });
        expect(again).toMatchObject({ statusCode: 304, body: '', headers: { etag: headers.etag, 'cache-control': 'public, max-age=60' } });
      }
      expect((await get(path, { 'if-none-match': '"other"' })).statusCode).toBe(200);
      expect(await get(path, {}, 'HEAD')).toMatchObject({ statusCode: 200, body: '', headers: { etag: headers.etag } });
    }
  });

  it('has another tag once its notice has another version', async () => {
    const { get, store, later } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', {});
    const tags = async () => Promise.all(paths.map(async (path) => (await get(path)).headers?.etag));
    const before = await tags();
    store.put(one, 2, '2026-11-21T09:00:00Z', { body: 'It failed twice.' });
    later(5000);

    expect((await tags()).filter((tag, n) => tag === before[n])).toEqual([]);
  });

  it('is indexed unless the file says otherwise, and has the policy of every page', async () => {
    for (const [notices, robots] of [
      [{}, undefined],
      [{ indexed: true }, undefined],
      [{ indexed: false }, 'noindex, nofollow'],
    ] as const) {
      const { get, store } = await publicPages(notices);
      store.put(one, 1, '2026-11-20T09:00:00Z', {});
      store.put(two, 2, '2026-11-20T09:00:00Z', 'withdrawn');
      for (const path of [...paths, `/incidents/${two}`]) {
        const { headers = {}, body = '' } = await get(path);
        expect(headers['x-robots-tag'], path).toBe(robots);
        expect(headers['content-security-policy']).toMatch(
          /^default-src 'none'; style-src '[^']+'; base-uri 'none'; frame-ancestors 'none'/,
        );
        expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' });
        expect(body).not.toMatch(/\/join|Ask us/);
      }
    }
  });

  it('shows nothing where the file has no notices, and takes no press', async () => {
    const { get, store } = await publicPages('no notices');
    store.put(one, 1, '2026-11-20T09:00:00Z', {});
    const missing = await get('/p/nothing');
    for (const path of paths) expect(await get(path)).toEqual(missing);

    const open = await publicPages();
    for (const path of paths) expect((await open.get(path, {}, 'POST')).statusCode).toBe(405);
  });

  it('says no word of staff, and nothing of who asks', async () => {
    const { get, store } = await publicPages();
    store.put(one, 1, '2026-11-20T09:00:00Z', {});
    store.put(two, 2, '2026-11-20T09:00:00Z', 'withdrawn');
    for (const path of [...paths, `/incidents/${two}`]) {
      const { body = '', headers } = await get(path, { cookie: '__Host-afterword=x' });
      expect(body.replace(/<style>.*?<\/style>/s, '') + JSON.stringify(headers), path).not.toMatch(
        /postmortem|afterword|lessons|severity|archive|digest|set-cookie/i,
      );
    }
  });
});

/** A public id of its own for each number. */
function idNumber(n: number): string {
  const letters = 'bcdfghjkmn';
  return `xxxxxxxx${letters[Math.floor(n / 10)]}${letters[n % 10]}`;
}
