import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { formProof } from '../../../core/access/session.ts';
import { givenBy } from '../../../core/intake/given-by.ts';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import type { TestRequest } from '../../../core/operator/api.ts';
import type { WantedPreview } from '../../../core/operator/preview-edition.ts';
import { readMarkdown } from '../../../core/postmortem/reading/read-markdown.ts';
import { template } from '../../../core/postmortem/template.ts';
import { aHomeWorld, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const as = 'author' as const;
const text = '---\nid: pool\nseverity: sev1\nteam: Payments\nstart: 2026-11-23 10:00\n---\n# Pool ran <dry>\n\n## Summary\n\nNo orders.\n';
const plain = (body = '') =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const hidden = (body: string | undefined, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body ?? '')?.[1];

async function anAuthor(given: Parameters<typeof aHomeWorld>[1] = {}) {
  const home = await aHomeWorld(table, given);
  const { postmortems, queue } = home.deps.intake;
  const write = (form: Record<string, string>, who: 'author' | 'operator' = as) => home.press('/home/write', form, { as: who });
  const stored = () => postmortems.readCurrent('pool');
  const theirs = async (more: string, by = 'another') => {
    const api = home.deps.intake;
    const source = { type: 'text/markdown', text: text.replace('team: Payments', more) } as const;
    const read = readMarkdown(source.text, givenBy(undefined, home.clock.now));
    await takePostmortem(read, { ...api, distribution: undefined, now: () => home.clock.now, by, source });
  };
  return { ...home, queue, write, stored, theirs };
}

describe('a draft', () => {
  it('is answered beside its text, and nothing of it is stored', async () => {
    const { write, stored } = await anAuthor();

    const { statusCode, body } = await write({ press: 'check', text });

    expect(statusCode).toBe(200);
    expect(body).toContain('# Pool ran &lt;dry&gt;');
    const said = plain(body);
    for (const words of ['Recognised Severity', 'Would help Cause', 'Engineering', 'Sev-1 alerts, at once', 'no stream for them'])
      expect(said.toLowerCase()).toContain(words.toLowerCase());
    expect(await stored()).toBeUndefined();
  });

  it.each([
    ['nothing', '', 200, 'Write a postmortem'],
    ['bytes that are no text', '\u0000\u0001', 400, 'text'],
    ['an unknown severity', '---\nseverity: huge\n---\n# A\n\nB\n', 422, 'severity'],
    ['more than 256 KB', `# A\n\n${'x'.repeat(300_000)}`, 413, '262144'],
  ])('of %s is not stored, and the page says why', async (_, bad, status, words) => {
    const { write } = await anAuthor();
    const { statusCode, body } = await write({ press: 'publish', replaces: '0', text: bad });
    expect(statusCode).toBe(status === 200 ? 200 : 422);
    expect(plain(body)).toContain(words);
    expect(body).toContain('<textarea');
  });

  it('comes as a file in place of the text', async () => {
    const { ask, deps } = await anAuthor();
    const [session] = (await deps.sessions.list(sids.author)) ?? [];
    if (!session) throw new Error('the author has no session');
    const send = (file: string) =>
      ask('POST', '/home/write', {
        as,
        headers: { 'content-type': 'multipart/form-data; boundary=x', 'sec-fetch-site': 'same-origin' },
        body: `--x\r\nContent-Disposition: form-data; name="proof"\r\n\r\n${formProof(session)}\r\n--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nold\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\nContent-Type: text/markdown\r\n\r\n${file}\r\n--x--\r\n`,
      });
    expect((await send(text)).body).toContain('# Pool ran &lt;dry&gt;');
  });

  it('is shown as a mail that holds nothing else, cut off from the page, and as each audience’s page', async () => {
    const asked: WantedPreview[] = [];
    const preview = async (wanted: WantedPreview) => {
      asked.push(wanted);
      return { edition: 'e', subject: 's', html: '<p>the mail</p>', text: '', headers: {}, size: 1 };
    };
    const { press } = await anAuthor({ operator: { preview } });

    const mail = await press('/home/write/mail', { text, shows: 'engineering-digest weekly' }, { as });
    expect(mail.body).toBe('<p>the mail</p>');
    expect(mail.headers?.['content-security-policy']).toContain('sandbox');
    expect(asked).toEqual([
      { stream: 'engineering-digest', frequency: 'weekly', draft: { type: 'text/markdown', text, id: undefined, alone: true } },
    ]);

    const page = await press('/home/write/page', { text, audience: 'leadership' }, { as });
    expect(plain(page.body)).toContain('A draft, as Leadership would see it.');
    expect((await press('/home/write/page', { text, audience: 'cross-functional' }, { as })).statusCode).toBe(422);
    expect((await press('/home/write/mail', { text, shows: 'nothing' }, { as })).statusCode).toBe(422);
  });

  it('is mailed as a test to its author alone', async () => {
    const asked: TestRequest[] = [];
    const test = async (wanted: TestRequest) => {
      asked.push(wanted);
      return { edition: 'service_test_1', shows: 'sev1-alerts_pool_r1', subject: 'Test: Pool', existed: false, subscriber: sids.author };
    };
    const { write, audit } = await anAuthor({ operator: { test } });

    const { body } = await write({ press: 'test', text, shows: 'sev1-alerts', to: 'rita@example.com' });

    expect(asked).toMatchObject([{ to: 'ada@example.com', stream: 'sev1-alerts', draft: { text, alone: true } }]);
    expect(plain(body)).toContain('on its way to ada@example.com');
    expect(await audit()).toMatchObject([{ act: 'test sent', who: sids.author }]);
  });
});

describe('publishing', () => {
  it('asks first whom it tells, publishes once, and says where it went', async () => {
    const { write, stored, open } = await anAuthor();

    const question = await write({ press: 'ask', text });
    expect(plain(question.body)).toContain('Sev-1 alerts, at once');
    expect(await stored()).toBeUndefined();
    const form = { press: 'publish', text, replaces: hidden(question.body, 'replaces') ?? '' };
    const done = await write(form);
    expect(plain(done.body)).toContain('It is published.');
    expect(plain(done.body)).toContain('It is told to: Engineering');
    expect(await stored()).toMatchObject({ revision: 1, by: sids.author });
    expect(plain((await write(form)).body)).toContain('It was published already.');
    expect((await stored())?.revision).toBe(1);

    expect(plain((await open('/home/mine', { as })).body)).toContain('You sent it');
    const one = await open('/home/mine/pool', { as });
    expect(plain(one.body)).toContain('Engineering: The weekly digest, Monday 30 November');
    const again = await open('/home/write?from=pool', { as });
    expect(again.body).toContain('# Pool ran &lt;dry&gt;');
    expect(hidden(again.body, 'base')).toBe('1');
  });

  it('stores nothing over a revision that came after the question', async () => {
    const { write, stored, theirs } = await anAuthor();
    await write({ press: 'publish', text, replaces: '0' });
    const mine = text.replace('No orders.', 'No orders for an hour.');
    const question = await write({ press: 'ask', text: mine, id: 'pool', base: '1' });
    await theirs('team: Payments\nservices: [cart]', sids.author);

    const late = await write({ press: 'publish', text: mine, id: 'pool', base: '1', replaces: hidden(question.body, 'replaces') ?? '' });

    expect(plain(late.body)).toContain('Nothing was stored.');
    expect(plain(late.body)).toContain('yours was made from revision 1, and revision 2 is stored now');
    expect((await stored())?.postmortem.summary).toBe('No orders.');
    await write({ press: 'publish', text: mine, id: 'pool', base: '1', replaces: hidden(late.body, 'replaces') ?? '' });
    expect(await stored()).toMatchObject({ revision: 3, postmortem: { summary: 'No orders for an hour.' } });
  });

  it('writes that a draft is published, and changes no other line', async () => {
    const { write, stored } = await anAuthor();
    const question = await write({ press: 'ask', text: text.replace('id: pool', 'id: pool\nstatus: draft') });
    const sent = hidden(question.body, 'text')?.replaceAll('&lt;', '<').replaceAll('&gt;', '>') ?? '';
    expect(sent).toBe(text.replace('id: pool', 'id: pool\nstatus: published'));
    await write({ press: 'publish', text: sent, replaces: '0' });
    expect(await stored()).toMatchObject({ postmortem: { status: 'published' } });
  });

  it('says that it replaces another team’s, and nothing of one that is told to nobody', async () => {
    const { write, theirs } = await anAuthor();
    await theirs('team: Identity\nservices: [login]');
    expect(plain((await write({ press: 'ask', text: text.replace('<dry>', 'wet') })).body)).toContain(
      'This replaces &quot;Pool ran &lt;dry&gt;&quot; of Identity.',
    );

    await theirs('team: Secret Squad\nrestricted: true');
    for (const press of ['check', 'ask', 'publish']) {
      const { body } = await write({ press, text, replaces: '2' });
      expect(plain(body)).toContain('Another postmortem has the id pool.');
      expect(body).not.toContain('Secret Squad');
    }
  });
});

it('shows and gives back to an author nothing of others: a page of nothing', async () => {
  const { open, theirs, clock } = await anAuthor();
  await theirs('team: Identity');
  const nothing = await open('/home/mine/gone', { as });
  for (const url of ['/home/mine/pool', '/home/write?from=pool', '/home/write?from=gone']) expect(await open(url, { as })).toEqual(nothing);
  expect((await open('/home/write?from=pool', { as: 'operator' })).statusCode).toBe(200);
  expect(plain((await open('/home/mine', { as })).body)).toContain('There is nothing.');
  clock.now = new Date('2026-11-23T10:05:00Z');
  await theirs('team: Identity\nrestricted: true\nauthors: [ada]');
  expect(plain((await open('/home/mine', { as })).body)).toContain('Restricted');
});

it('offers the template, to begin with and as a file', async () => {
  const { open } = await anAuthor();
  expect((await open('/home/template.md', { as })).body).toBe(template);
  expect((await open('/home/write?template', { as })).body).toContain('title: What broke, in one line');
  expect((await open('/home/template', { as })).statusCode).toBe(200);
});
