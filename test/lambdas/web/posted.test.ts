import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoPostLinks } from '../../../adapters/dynamodb/post-links.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { linkHash, newCapabilityLink } from '../../../core/slack/capability-link.ts';
import type { PostLink } from '../../../core/slack/ports.ts';
import { audiences } from '../../../core/stream/audience.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { canariesIn, seenBy, withCanaries } from '../../support/canaries.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const link = newCapabilityLink(new Uint8Array(20).fill(7));
const about: PostLink = {
  postmortem: 'pm-1' as PostLink['postmortem'],
  audience: 'engineering',
  channel: 'C0123456789',
  channelName: 'incident-pms',
  expiresAt: '2027-12-28T10:00:00Z',
};

/** The same table. What is written through it is noted. */
function noting(of: Table, written: string[]): Table {
  const noted =
    <Given extends unknown[], Answer>(what: string, work: (...given: Given) => Answer) =>
    (...given: Given): Answer => {
      written.push(what);
      return work(...given);
    };
  return { ...of, put: noted('put', of.put), update: noted('update', of.update), remove: noted('remove', of.remove) };
}

async function aPost(change: Partial<PostLink> = {}, links: 'open' | 'sign-in' = 'open') {
  const written: string[] = [];
  const world = await aWebWorld(noting(table, written), { distribution: aDistribution({ slack: { links } }) });
  const ask = world.serve(pageRoutes(world.deps));
  await publish(table, { summary: 'The replica was behind.', customerImpact: { text: 'Everybody was logged out.' } });
  await dynamoPostLinks(table, () => world.clock.now).put(linkHash(link), { ...about, ...change });
  const open = (text = link, method = 'GET', headers = {}) => ask(aPageEvent(method, `/s/${text}`, { headers }));
  return { ...world, open, written, nothing: await open('nothing') };
}

describe('the link of a post in Slack', () => {
  it('opens its postmortem for whoever has it, says so, and says where to read others', async () => {
    const { open } = await aPost();
    const { statusCode, headers = {}, body = '', cookies } = await open();
    expect(statusCode).toBe(200);
    expect(body).toContain('The replica was behind.');
    expect(body).toMatch(/You read this with a link from #incident-pms\. Whoever has the link can read it\./);
    expect(body).toContain('<a href="/archive/engineering">Sign in to read others</a>');
    expect(body).not.toMatch(/<script|<form|\/p\/|\/u\/|new-link/);
    expect(cookies).toBeUndefined();
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': expect.not.stringContaining('script'),
    });
  });

  it('shows its audience what that audience sees, with its banner', async () => {
    const { open } = await aPost({ audience: 'cross-functional' });
    const { body = '' } = await open();
    expect(body).toContain('Internal: do not forward.');
    expect(body).toContain('Everybody was logged out.');
    expect(body).not.toContain('The replica was behind.');
  });

  it('shows no audience a field that it may not see', async () => {
    const { open, deps } = await aPost();
    const planted = withCanaries();
    const products = planted.external?.products?.map((name) => ({ name, services: [name] }));
    await publish(table, planted, aDistribution({ products }));
    for (const [n, audience] of audiences.entries()) {
      const own = newCapabilityLink(new Uint8Array(20).fill(20 + n));
      await dynamoPostLinks(table, deps.now).put(linkHash(own), { ...about, postmortem: 'a-canary', audience });
      const found = canariesIn((await open(own)).body ?? '');
      expect(found.filter((path) => !seenBy[audience].includes(path))).toEqual([]);
      expect(found).toContain('title');
    }
  });

  it('shows the current text, and nothing else of the stage', async () => {
    const { open } = await aPost();
    await publish(table, { id: 'pm-2', title: 'The next one' });
    await publish(table, { title: 'Corrected', summary: 'The primary was patched.' });
    const { body = '' } = await open();
    expect(body).toContain('The primary was patched.');
    expect(body).not.toMatch(/A failover logged|The next one/);
  });

  it('keeps the title out of what messengers copy as a preview', async () => {
    const { open } = await aPost();
    const { body = '' } = await open();
    const head = body.slice(0, body.indexOf('</head>'));
    expect(head).toContain('<title>Postmortem · Example Ltd</title>');
    expect(head).not.toMatch(/failover|og:|description/);
  });

  it('does not name a private channel', async () => {
    const { open } = await aPost({ channelName: undefined });
    expect((await open()).body).toContain('with a link from a channel in Slack.');
  });

  it('of a stage whose file asks to sign in leads to the archive, which does', async () => {
    const { open, nothing } = await aPost({}, 'sign-in');
    expect(await open()).toMatchObject({ statusCode: 303, body: '', headers: { location: '/archive/engineering/pm-1' } });
    await publish(table, { restricted: true });
    expect(await open()).toEqual(nothing);
  });
});

describe('one answer, byte for byte, without whose it is', () => {
  it.each([{ restricted: true }, { status: 'retracted' }, { status: 'draft', publishedAt: undefined }])(
    'once the postmortem may not be shown: %o',
    async (change) => {
      const { open, nothing } = await aPost();
      expect(nothing).toMatchObject({ statusCode: 404, body: expect.not.stringContaining('Example Ltd') });
      expect((await open()).statusCode).toBe(200);
      await publish(table, change);
      expect(await open()).toEqual(nothing);
    },
  );

  it('once it does not concern the audience any more', async () => {
    const { open, nothing } = await aPost({ audience: 'cross-functional' });
    expect((await open()).statusCode).toBe(200);
    await publish(table, { customerImpact: { text: 'None.', externallyVisible: false } });
    expect(await open()).toEqual(nothing);
  });

  it('for a link that is revoked, even if a worker stores it late once more', async () => {
    const { open, nothing, deps } = await aPost();
    const links = dynamoPostLinks(table, deps.now);
    await links.revoke(linkHash(link));
    await links.put(linkHash(link), about);
    expect(await open()).toEqual(nothing);
  });

  it('for one that ended, and not a second before', async () => {
    const { open, nothing, clock } = await aPost({ expiresAt: '2026-11-24T10:00:00Z' });
    clock.now = new Date('2026-11-24T09:59:59Z');
    expect((await open()).statusCode).toBe(200);
    clock.now = new Date('2026-11-24T10:00:00Z');
    expect(await open()).toEqual(nothing);
  });

  it('for one that is made up, cut off, longer, of other letters, or something else', async () => {
    const { open, nothing } = await aPost();
    const madeUp = newCapabilityLink(new Uint8Array(20).fill(8));
    for (const text of [madeUp, link.slice(0, -1), `${link}A`, link.toLowerCase(), linkHash(link), 'pm-1'])
      expect(await open(text), text).toEqual(nothing);
  });
});

it('whoever fetches it, a person, a scanner or a crawler of Slack, changes and counts nothing', async () => {
  const { open, written, mails } = await aPost();
  const crawler = { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' };
  for (const [method, headers] of [
    ['GET', crawler],
    ['HEAD', {}],
    ['GET', { 'user-agent': 'Mozilla/5.0' }],
  ] as const) {
    expect((await open(link, method, headers)).statusCode).toBe(200);
    expect((await open('nothing', method, headers)).statusCode).toBe(404);
  }
  expect([written, mails]).toEqual([[], []]);
});

it('takes no form', async () => {
  const { open } = await aPost();
  expect((await open(link, 'POST')).statusCode).toBe(405);
});
