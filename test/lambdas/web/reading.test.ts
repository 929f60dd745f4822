import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoEvidenceStore } from '../../../adapters/dynamodb/evidence-store.ts';
import { dynamoReachReader } from '../../../adapters/dynamodb/reach-reader.ts';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import { placeholders } from '../../../core/mail/fragments.ts';
import { engineeringEntry, engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { openArchive } from '../../../core/search/archive.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { anEdition, aProfile, aSid, someMade } from '../../support/delivery.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { hostilePostmortem } from '../../support/hostile/incidents.ts';
import { mailed } from '../../support/mailed.ts';
import { expectNothingForeign } from '../../support/nothing-foreign.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const ada = aProfile({ sid: aSid(1), streams: { 'engineering-digest': since, 'sev1-alerts': since } });

/** Ada, who is signed in and got a mail that linked to `pm-1`. */
async function aReader({ about = 'engineering-digest_2026-W47', people = [ada] } = {}) {
  const world = await aWebWorld(await freshTable(), { people });
  const session = await world.begin(ada.sid);
  const ask = world.serve(pageRoutes(world.deps));
  const link = world.token({ scope: 'read', subscriber: ada.sid, about, generation: 0 });
  const get = (url: string) => ask(aPageEvent('GET', url, { session }));
  return {
    ...world,
    link,
    get,
    ask,
    read: (path = '') => get(`/r/${link}${path}`),
    archive: (path = '') => get(`/archive/engineering${path}`),
    send: (cards: readonly string[], edition = about) => mailed(world.table, { edition, to: [ada.sid], cards }),
  };
}

describe('the archive', () => {
  it('shows what the audience may read, newest first, and finds it', async () => {
    const { table, archive } = await aReader();
    await publish(table, { tags: ['Redis'], services: ['sessions'] });
    await publish(table, { id: 'pm-2', title: 'Another <b>thing</b>', publishedAt: '2026-11-19T10:00:00Z', severity: 'sev1' });

    const all = (await archive()).body ?? '';
    expect(all.indexOf('Another &lt;b&gt;thing')).toBeGreaterThan(0);
    expect(all.indexOf('Another &lt;b&gt;thing')).toBeLessThan(all.indexOf('A failover logged'));
    expect(all).toContain('href="/archive/engineering/pm-2"');
    expect((await archive('?q=failover')).body).toContain('1 postmortem found');
    expect((await archive('?tech=redis')).body).not.toContain('pm-2');
    expect((await archive('?severity=sev1')).body).not.toContain('A failover logged');
    expect((await archive('?q=%22%3E%3Cscript%3E&from=99999&severity=%00&period=9e9')).body).not.toContain('"><script>');
  });

  it('goes on page by page and keeps what was asked', async () => {
    const { table, archive } = await aReader();
    for (let n = 0; n < 21; n += 1) await publish(table, { id: `pm-${n}`, title: `Incident number ${n}`, severity: 'sev3' });
    const first = (await archive('?q=incident')).body ?? '';

    expect(first).toContain('21 postmortems found');
    expect(first.match(/<li>/g)).toHaveLength(20);
    expect(first).toContain('?q=incident&amp;from=20');
    await publish(table, { id: 'pm-3', restricted: true });
    expect((await archive('?q=incident&from=20')).body).toContain('20 postmortems found');
  });

  it('leads whoever has several archives from one to the other, and nobody to one that is not theirs', async () => {
    const { get } = await aReader();
    expect(await get('/archive')).toMatchObject({ statusCode: 303, headers: { location: '/archive/engineering' } });
    const { body = '' } = await get('/archive/leadership');

    expect(body).toMatch(/<a class="button" aria-current="page" href="\/archive\/leadership">Archive for leadership<\/a>/);
    expect(body).toMatch(/<a class="button soft" href="\/archive\/engineering">/);
    expect(body).not.toContain('/archive/cross-functional');
  });

  it('says so to whoever gets no mail of any', async () => {
    const { get } = await aReader({ people: [{ ...ada, streams: {} }] });
    expect(await get('/archive')).toMatchObject({ statusCode: 200, body: expect.stringContaining('There is nothing for you to read yet') });
  });
});

describe('a postmortem’s page', () => {
  it('says of an action what people did, by title and owner, and of another what the document says', async () => {
    const { table, archive } = await aReader();
    const [key, alarm] = ['Make the key', 'Add an alarm'].map((title) => ({ title, owner: 'Payments', status: 'open' }));
    await publish(table, { actionItems: [key, alarm] });
    const actions = dynamoActionLedger(table);
    const at = toInstant(new Date('2030-01-01T00:00:00Z'));
    for (const row of await actions.list('pm-1'))
      if (row.reported.title === key?.title) await actions.put({ ...row, events: [{ at, by: 's', kind: 'done', note: 'a secret' }] }, at);

    const { body = '' } = await archive('/pm-1');
    expect(body).toMatch(/Make the key <span class="m">Payments · done</);
    expect(body).toMatch(/Add an alarm <span class="m">Payments · open</);
    expect(body).not.toContain('a secret');
  });

  it('says since when the current account stands, to the audience for which something changed', async () => {
    const engineer = await aReader();
    await engineer.send(['pm-1']);
    await publish(engineer.table);
    expect((await engineer.read('/pm-1')).body).not.toContain('Changed on');
    await publish(engineer.table, { support: { say: ['Sign in again.'] } });
    expect((await engineer.read('/pm-1')).body).not.toContain('Changed on');
    await publish(engineer.table, { support: { say: ['Sign in again.'] }, severity: 'sev3' });
    expect((await engineer.read('/pm-1')).body).toContain('Changed on 19 November. This is the current account.');
  });

  const body = 'It began **small**.\n\n- one\n- two [here](https://example.com/a?b=1&c=2)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n`code`';

  it('shows engineers the document and leaders the outcome', async () => {
    const engineer = await aReader();
    await engineer.send(['pm-1']);
    await publish(engineer.table, { summary: body, rootCauses: ['Nobody watched replication lag.'], services: ['sessions'] });
    const shown = (await engineer.read('/pm-1')).body ?? '';

    expect(shown).toContain('<h1 dir="auto">A failover logged everyone out</h1>');
    expect(shown).toContain('<strong>small</strong>');
    expect(shown).toContain('href="https://example.com/a?b=1&amp;c=2"');
    expect(shown).toContain('<th scope="col">a</th>');
    expect(shown).toContain('Nobody watched replication lag.');
    await engineer.send(['pm-1'], 'sev1-alerts_pm-1_r1');
    const leader = engineer.token({ scope: 'read', subscriber: ada.sid, about: 'sev1-alerts_pm-1_r1' });
    const brief = await engineer.get(`/r/${leader}/pm-1`);
    expect(brief.body).toContain('<h2>Why</h2>');
    expect(brief.body).not.toContain('<strong>small</strong>');
  });

  it.each([{ restricted: true }, { status: 'retracted' }, { status: 'draft' }])(
    'is gone at once when it may be told no more, like one that never was: %o',
    async (change) => {
      const { table, read, send } = await aReader();
      await send(['pm-1']);
      await publish(table);
      expect((await read('/pm-1')).statusCode).toBe(200);
      await publish(table, change);

      expect(await read('/pm-1')).toEqual(await read('/pm-unknown'));
      expect((await read('/pm-1')).statusCode).toBe(404);
    },
  );

  it('is there as soon as it is published, though the archive was read a moment before', async () => {
    const { table, read, clock, send } = await aReader();
    await send(['pm-1', 'pm-2']);
    await publish(table);
    expect((await read('/pm-1')).statusCode).toBe(200);
    await publish(table, { id: 'pm-2', title: 'The next one' });
    clock.now = new Date(clock.now.getTime() + 2_000);

    expect(await read('/pm-2')).toMatchObject({ statusCode: 200, body: expect.stringContaining('The next one') });
    clock.now = new Date(clock.now.getTime() + 2_000);
    await publish(table, { id: 'pm-2', restricted: true });
    expect((await read('/pm-2')).statusCode).toBe(404);
    await publish(table, { id: 'pm-2', title: 'Told again' });
    clock.now = new Date(clock.now.getTime() + 2_000);
    expect((await read('/pm-2')).body).toContain('Told again');
  });

  it('is gone at once though the revision that hides it changes its date of publication', async () => {
    const { table, read, send } = await aReader();
    await send(['pm-1']);
    await publish(table, { publishedAt: '2026-09-10T10:00:00Z' });
    expect((await read('/pm-1')).statusCode).toBe(200);
    await publish(table, { restricted: true, publishedAt: '2026-07-10T10:00:00Z' });

    expect((await read('/pm-1')).statusCode).toBe(404);
  });

  it('is gone at once as a draft that names no date of publication', async () => {
    const { table, read, send } = await aReader();
    await send(['pm-1']);
    await publish(table, { publishedAt: '2026-09-10T10:00:00Z' });
    expect((await read('/pm-1')).statusCode).toBe(200);
    await publish(table, { status: 'draft', publishedAt: undefined });

    expect((await read('/pm-1')).statusCode).toBe(404);
  });

  it('runs and loads nothing that its author wrote, and links to web and mail only', async () => {
    const world = await aReader();
    const session = await world.begin(ada.sid);
    await world.send(['hostile']);
    await fc.assert(
      fc.asyncProperty(hostilePostmortem(fc.constant('hostile')), async (postmortem) => {
        const stored = engineeringRendition({ ...postmortem, publishedAt: '2026-11-18T10:00:00Z' });
        const told = engineeringEntry(stored, 1, '2026-11-18T10:00:00Z');
        const archives = { of: async () => openArchive([told]) };
        const serve = world.serve(pageRoutes({ ...world.deps, archives, renditions: async () => stored }));
        for (const path of [`/r/${world.link}`, `/r/${world.link}/hostile`, '/archive/engineering', '/archive/engineering/hostile']) {
          const { body = '', statusCode } = await serve(aPageEvent('GET', path, { session }));
          expect(statusCode).toBe(200);
          expectNothingForeign(body);
        }
      }),
      tries(0.5),
    );
  });
});

describe('a link for reading', () => {
  it('is nobody’s settings: no page that is read leads there', async () => {
    const { table, get, link, send } = await aReader();
    await send(['pm-1']);
    await publish(table);
    for (const path of [`/r/${link}`, `/r/${link}/pm-1`, '/archive/engineering', '/archive/engineering/pm-1'])
      expect(await get(path)).toMatchObject({ statusCode: 200, body: expect.not.stringMatching(/\/(p|u|c|a)\/v1\./) });
  });

  it.each([
    ['made up', 'v1.k1.abc.def', {}],
    ['of a stream that nobody reads', undefined, { about: 'customer-notices_2026-W47' }],
    ['of a mail that answers', undefined, { about: 'service_confirm_x' }],
  ])('gets the one answer when it is %s', async (_, token, given) => {
    const world = await aReader(given);
    const missing = await world.get('/r/nothing');

    expect(await world.get(`/r/${token ?? world.link}`)).toEqual(missing);
    expect(await world.get(`/r/${token ?? world.link}/pm-1`)).toEqual(missing);
    expect(missing.statusCode).toBe(404);
  });

  it.each([
    ['suspended', { suspended: { at: '2026-11-20T00:00:00Z' } }],
    ['a generation further', { generation: 1 }],
  ])('shows nothing to who is %s', async (_, change) => {
    const world = await aReader({ people: [{ ...ada, ...change }] });

    expect(await world.read()).toEqual(await world.get('/r/nothing'));
  });
});

describe('the feed', () => {
  const aFeed = async () => {
    const world = await aReader();
    const text = await world.begin(ada.sid, { kind: 'feed' });
    const read = (audience = 'engineering', of = text) => world.get(`/feed/f1.${of}?audience=${audience}`);
    return { ...world, text, feed: read };
  };

  it('is Atom whose links lead to the archive, and the same until there is news', async () => {
    const { table, get, feed, clock } = await aFeed();
    await publish(table, { title: 'Tom & <Jerry> \u202e', tags: ['Redis'] });
    const { body = '', headers } = await feed();

    expect(headers).toMatchObject({ 'content-type': 'application/atom+xml; charset=utf-8' });
    expect(body).toContain('<title>Sev-2: Tom &amp; &lt;Jerry&gt; </title>');
    const link = /<link rel="alternate" type="text\/html" href="https:\/\/news\.example\.com(\/[^"]+\/pm-1)"/.exec(body)?.[1] ?? '';
    expect(await get(link)).toMatchObject({ statusCode: 200, body: expect.stringContaining('Tom &amp; &lt;Jerry&gt;') });
    clock.now = new Date('2027-02-02T22:00:00Z');
    expect((await feed()).body).toBe(body);
  });

  it('says when each was published and when it last changed', async () => {
    const { table, feed } = await aFeed();
    await publish(table, { publishedAt: '2014-07-08T00:00:00Z' });
    const { body } = await feed();

    expect(body).toContain('<published>2014-07-08T00:00:00Z</published>\n<updated>2026-11-19T12:00:00.000Z</updated>');
    expect(body?.match(/<updated>[^<]*/g)).toEqual(['<updated>2026-11-19T12:00:00.000Z', '<updated>2026-11-19T12:00:00.000Z']);
  });

  it('is of one archive of its holder’s, of their choice', async () => {
    const { feed, get } = await aFeed();
    expect((await feed('leadership')).body).toContain('<id>urn:afterword:leadership</id>');
    for (const audience of ['cross-functional', 'customers', '']) expect(await feed(audience)).toEqual(await get('/feed/nothing'));
  });

  it('goes on for as long as something reads it', async () => {
    const { feed, clock } = await aFeed();
    for (let month = 0; month < 24; month += 1) {
      clock.now = new Date(clock.now.getTime() + 30 * 24 * 3600_000);
      expect((await feed()).statusCode).toBe(200);
    }
    clock.now = new Date(clock.now.getTime() + 91 * 24 * 3600_000);
    expect((await feed()).statusCode).toBe(404);
  });
});

describe('a page that is seen', () => {
  const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36';
  const aCrowd = async (change: Record<string, unknown> = {}) => {
    const people = Array.from({ length: 5 }, (_, n) => aProfile({ sid: aSid(n + 1), ...change }));
    const world = await aReader({ people });
    await dynamoEditionStore(world.table, () => world.clock.now).create(anEdition());
    await publish(world.table);
    const tokens = people.map(({ sid }) => world.token({ scope: 'read', subscriber: sid, about: 'engineering-digest_2026-W47' }));
    world.clock.now = new Date('2026-11-23T10:10:00Z');
    const look = (path: string, method = 'GET') =>
      Promise.all(
        tokens.map((one) => world.ask({ ...aPageEvent(method, `/r/${one}${path}`), requestContext: agentOf(method, `/r/${one}`) })),
      );
    return { ...world, people, look, reach: () => dynamoReachReader(world.table).read('engineering-digest_2026-W47') };
  };
  const agentOf = (method: string, url: string) => {
    const { requestContext } = aPageEvent(method, url);
    return { ...requestContext, http: { ...requestContext.http, userAgent: browser } };
  };

  it('counts as read, in aggregate', async () => {
    const { look, reach } = await aCrowd();
    await look('/pm-1');

    expect(await reach()).toMatchObject({ mails: 5, opens: { 'likely human': 5, machine: 0, unknown: 0 } });
  });

  it('by what follows every link, or the one that nobody sees, counts as a machine’s', async () => {
    const everything = await aCrowd();
    for (const path of ['', '/pm-1', '/pm-2', '/pm-3', '/pm-4']) await everything.look(path);
    expect(await everything.reach()).toMatchObject({ opens: { 'likely human': 0, machine: 5 } });

    const trapped = await aCrowd();
    await trapped.look('/_');
    await trapped.look('/pm-1');
    expect(await trapped.reach()).toMatchObject({ opens: { 'likely human': 0, machine: 5 } });
  });

  it.each([
    ['with its links, by what follows them all in a browser’s name, counts as a machine’s', '2026-11-23T10:09:30Z', 'machine'],
    ['an hour after a scanner, counts as a person’s', '2026-11-23T11:10:00Z', 'likely human'],
  ] as const)('and whose pixel is loaded %s', async (_, at, label) => {
    const { look, reach, table, people, clock } = await aCrowd();
    const told = { kind: 'humanOpen', at, edition: 'engineering-digest_2026-W47', slot: 'default', attempt: 1, messageId: 'm' } as const;
    for (const { sid } of people) await dynamoEvidenceStore(table, () => clock.now).add({ ...told, subscriber: sid });
    await look('/_');

    expect(await reach()).toMatchObject({ mails: 5, opens: { machine: 0, 'likely human': 0, [label]: 5 } });
  });

  it('leaves no trace by HEAD, nor of who switched it off', async () => {
    const heads = await aCrowd();
    await heads.look('/pm-1', 'HEAD');
    const untracked = await aCrowd({ tracking: false });
    await untracked.look('/pm-1');

    expect(await heads.reach()).toMatchObject({ mails: 0 });
    expect(await untracked.reach()).toMatchObject({ mails: 0 });
  });
});

describe('a mail in the browser', () => {
  const fragment = (html: string) => ({ html, text: html });
  const content = {
    head: fragment(`<!doctype html><style>h2{color:red}</style>${placeholders.tracker}`),
    foot: fragment(
      `<a href="${placeholders.preferences}">choose</a><a href="${placeholders.unsubscribe}">leave</a><a href="${placeholders.view}">view</a>`,
    ),
  };
  const id = 'engineering-digest_2026-W47';

  /** An edition whose ledger says what was made for Ada. */
  async function aSentMail(outcome: Outcome) {
    const world = await aReader({ about: id });
    await mailed(world.table, { to: [ada.sid], cards: ['pm-1', 'pm-2', 'pm-3'], outcome, content });
    const editions = dynamoEditionStore(world.table, () => world.clock.now);
    return { ...world, editions, view: () => world.get(`/view/${world.link}`) };
  }
  const accepted = (cards: string): Outcome => ({ kind: 'accepted', attempt: 1, messageId: 'm', made: someMade({ cards }) });

  it('is what its reader got, in a place of its own where it can do nothing but link', async () => {
    const { view } = await aSentMail(accepted('210'));
    const { statusCode, body = '', headers } = await view();

    expect(statusCode).toBe(200);
    expect(body).toContain('All of pm-1');
    expect(body).toContain('>pm-2</a>');
    expect(body).not.toContain('pm-3');
    expect(body).not.toContain('{{');
    expect(headers?.['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
  });

  it('shows no more what was withheld since', async () => {
    const { view, editions } = await aSentMail(accepted('222'));
    await editions.withhold(id, 'pm-2', 1);

    expect((await view()).body).toContain('All of pm-1');
    expect((await view()).body).not.toContain('pm-2');
    for (const one of ['pm-1', 'pm-3']) await editions.withhold(id, one, 1);
    expect(await view()).toMatchObject({ statusCode: 404, body: expect.stringContaining('This mail is no longer shown') });
  });

  it('is shown to whoever has its address, so it holds nobody’s keys', async () => {
    const { view, get } = await aSentMail(accepted('222'));
    const { body = '' } = await view();

    expect(body.match(/\/[puca]\/v1\./)).toBeNull();
    expect(body.match(/\/new-link"/g)).toHaveLength(2);
    const [, read = ''] = /href="https:\/\/news\.example\.com(\/r\/[^"]+)\/pm-1"/.exec(body) ?? [];
    expect(await get(read)).toMatchObject({ statusCode: 200 });
  });

  it.each<[string, Outcome]>([
    ['skipped', { kind: 'skipped', reason: 'snoozed' }],
    ['refused', { kind: 'refused', attempt: 1, code: 'MessageRejected' }],
  ])('is nothing for who was %s', async (_, outcome) => {
    const { view, get } = await aSentMail(outcome);

    expect(await view()).toEqual(await get('/view/nothing'));
  });

  it('is there for who took another slot since', async () => {
    const moved = { ...since, slots: [...since.slots, { slot: 'monthly', at: '2026-11-24T00:00:00Z' }] };
    const { deps, view } = await aSentMail(accepted('200'));
    await deps.people.writeProfile({ ...ada, streams: { 'engineering-digest': moved }, revision: 2 }, 1);

    expect((await view()).body).toContain('All of pm-1');
  });
});
