import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoSimilar } from '../../../adapters/dynamodb/similar-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { formProof } from '../../../core/access/session.ts';
import { givenBy } from '../../../core/intake/given-by.ts';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import type { TestRequest } from '../../../core/operator/api.ts';
import type { WantedPreview } from '../../../core/operator/preview-edition.ts';
import { readMarkdown } from '../../../core/postmortem/reading/read-markdown.ts';
import { template } from '../../../core/postmortem/template.ts';
import { runbook, runbookParts } from '../../../core/runbook/runbook.ts';
import { aHomeWorld, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aSimilar } from '../../support/similar-in-memory.ts';

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
    const read = readMarkdown(source.text, givenBy(await api.distribution(), home.clock.now));
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
    ['nothing', ' \n', 'There is nothing to check yet.'],
    ['bytes that are no text', '\u0000\u0001', 'text'],
    ['an unknown severity', '---\nseverity: huge\n---\n# A\n\nB\n', 'severity'],
    ['more than 256 KB', `# A\n\n${'x'.repeat(300_000)}`, '262144'],
  ])('of %s is not stored, and the page says why', async (_, bad, words) => {
    const { write } = await anAuthor();
    const { statusCode, body } = await write({ press: 'publish', replaces: '0', text: bad });
    expect(statusCode).toBe(422);
    expect(plain(body)).toContain(words);
    expect(body).toContain('<textarea');
  });

  it('that is refused is told its lines, and what was recognised in the others', async () => {
    const { write } = await anAuthor();
    const said = plain((await write({ press: 'check', text: text.replace('sev1', 'huge') })).body);
    for (const words of ['Some of it cannot be read. Nothing was stored.', 'line 3', 'recognised in the rest', 'Recognised Start'])
      expect(said).toContain(words);
    for (const words of ['request', 'No severity was given', 'Would help Severity']) expect(said).not.toContain(words);
  });

  it('is offered as a test of the mails alone that tell of it', async () => {
    const { write } = await anAuthor();
    const offered = async (more: string) => {
      const { body = '' } = await write({ press: 'check', text: text.replace('severity: sev1', more) });
      return [...body.matchAll(/<option value="([^"]*)"/g)].map(([, shows]) => shows);
    };
    expect(await offered('severity: sev1')).toContain('sev1-alerts');
    const ofSev2 = await offered('severity: sev2');
    expect(ofSev2).toContain('engineering-digest weekly');
    expect(ofSev2).not.toContain('sev1-alerts');
    expect(await offered('severity: sev1\nrestricted: true')).toEqual([]);
  });

  it('warns of forwarding only those who get a mail of it', async () => {
    const { write } = await anAuthor();
    expect((await write({ press: 'check', text })).body).not.toContain('do not forward');
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
    const { body } = await send(text);
    expect(body).toContain('# Pool ran &lt;dry&gt;');
    expect(plain(body)).toContain('it took the place of the text that stood here');
    expect(body).toMatch(/<textarea[^>]*readonly[^>]*>\nold<\/textarea>/);
    expect((await send('old\r\n')).body).not.toContain('took the place');
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
    const { write, stored, open, clock } = await anAuthor();

    const question = await write({ press: 'ask', text });
    expect(plain(question.body)).toContain('Sev-1 alerts, at once');
    expect(await stored()).toBeUndefined();
    const form = { press: 'publish', text, replaces: hidden(question.body, 'replaces') ?? '' };
    const pressed = async () => {
      const { statusCode, headers } = await write(form);
      expect(statusCode).toBe(303);
      return plain((await open(String(headers?.location), { as })).body);
    };
    const done = await pressed();
    expect(done).toContain('It is published.');
    expect(done).toContain('Leadership: Sev-1 alerts, at once');
    expect(await stored()).toMatchObject({ revision: 1, by: sids.author });
    expect(await pressed()).toContain('It was published already.');
    expect((await stored())?.revision).toBe(1);
    clock.now = new Date('2026-11-23T10:10:00Z');

    expect(plain((await open('/home/mine', { as })).body)).toContain('You sent it');
    const one = await open('/home/mine/pool', { as });
    expect(plain(one.body)).not.toContain('Sev-1 alerts, at once');
    expect(plain(one.body)).toContain('Who read it Until the end of 22 November, as far as it is known.');
    expect(one.body).not.toContain('/archive/leadership');
    expect(plain(one.body)).toContain('Engineering: The weekly digest, Monday 30 November');
    const again = await open('/home/write?from=pool', { as });
    expect(again.body).toContain('# Pool ran &lt;dry&gt;');
    expect(hidden(again.body, 'base')).toBe('1');
  });

  it('of a text that says draft asks which of the two is meant, and stores a draft that nobody is told of', async () => {
    const { write, stored, open } = await anAuthor();
    const draft = text.replace('id: pool', 'id: pool\nstatus: draft');

    const checked = plain((await write({ press: 'check', text: draft })).body);
    expect(checked).toContain('Not sure It says draft, line 3 To publish makes it published.');
    expect(checked).toContain('Store as a draft …');
    expect(plain((await write({ press: 'check', text })).body)).not.toContain('Store as a draft');

    const question = await write({ press: 'keep', text: draft });
    expect(plain(question.body)).toContain('Store “Pool ran &lt;dry&gt;” as a draft?');
    expect(plain(question.body)).toContain('Nobody is told of it: it is a draft.');
    expect(plain(question.body)).not.toContain('Mails that have left');
    expect(hidden(question.body, 'text')).toContain('status: draft');
    const { headers } = await write({ press: 'publish', text: draft, replaces: '0' });
    expect(await stored()).toMatchObject({ postmortem: { status: 'draft' } });
    const mine = plain((await open(String(headers?.location), { as })).body);
    for (const words of ['It is stored as a draft. Nobody is told of it.', 'Revise or publish it', 'No mail tells of it: it is a draft.'])
      expect(mine).toContain(words);
    expect(mine).not.toMatch(/To come|Who read it/);

    const published = await write({ press: 'ask', text: draft, id: 'pool', base: '1' });
    expect(plain(published.body)).toContain('Publish “Pool ran &lt;dry&gt;”?');
    expect(hidden(published.body, 'text')).toContain('status: published');
  });

  it('of what nobody is to be told of promises no mail', async () => {
    const { write, open } = await anAuthor();
    const restricted = text.replace('id: pool', 'id: pool\nrestricted: true');
    const question = plain((await write({ press: 'ask', text: restricted })).body);
    expect(question).toContain('Nobody is told of it: it is restricted.');
    for (const words of ['publish now', 'Mails that have left']) expect(question).not.toContain(words);
    await write({ press: 'publish', text: restricted, replaces: '0' });
    const mine = plain((await open('/home/mine/pool', { as })).body);
    expect(mine).toContain('No mail tells of it: it is restricted.');
    expect(mine).not.toContain('a minute or two');
  });

  it('asks nothing of a text that is stored already', async () => {
    const { write, theirs } = await anAuthor();
    await write({ press: 'publish', text, replaces: '0' });
    for (const form of [{ text }, { text, id: 'pool', base: '1' }]) {
      const { body } = await write({ press: 'ask', ...form });
      expect(plain(body)).toContain('“Pool ran &lt;dry&gt;” is published already');
      expect(body).not.toContain('value="publish"');
      expect(body).toContain('/home/mine/pool');
    }
    await theirs('team: Identity');
    const others = await write({ press: 'publish', text: text.replace('Payments', 'Identity'), replaces: '2' });
    expect(plain(others.body)).toContain('is published already');
    expect(others.body).not.toContain('/home/mine/pool');
  });

  it('stores nothing over a revision that came after the question', async () => {
    const { write, stored, theirs } = await anAuthor();
    await write({ press: 'publish', text, replaces: '0' });
    const mine = text.replace('No orders.', 'No orders for an hour.');
    const question = await write({ press: 'ask', text: mine, id: 'pool', base: '1' });
    await theirs('team: Payments\nservices: [cart]', sids.author);
    const checked = await write({ press: 'check', text: mine, id: 'pool', base: '1' });
    expect(plain(checked.body)).toContain('Draft of revision 3');
    expect(plain(checked.body)).toContain('yours was made from revision 1, and revision 2 is stored now');

    const late = await write({ press: 'publish', text: mine, id: 'pool', base: '1', replaces: hidden(question.body, 'replaces') ?? '' });

    expect(plain(late.body)).toContain('Nothing was stored.');
    expect(plain(late.body)).toContain('yours was made from revision 1, and revision 2 is stored now');
    expect(late.body).toContain('<button class="danger" name="press" value="publish" type="submit">Replace revision 2</button>');
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
    const question = await write({ press: 'ask', text: text.replace('<dry>', 'wet').replace('sev1', 'sev2') });
    expect(plain(question.body)).toContain('Replace “Pool ran &lt;dry&gt;” of Identity?');
    expect(plain(question.body)).toMatch(
      /Stored now, revision 1 Pool ran &lt;dry&gt; · Sev-1 · Identity Yours Pool ran wet · Sev-2 · Payments/,
    );
    expect(plain(question.body)).not.toContain('This replaces');
    expect(question.body).toContain('<button class="danger" name="press" value="publish"');

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

it('shows the runbook of the file in force to authors and operators, in parts, and as a file', async () => {
  const { open, deps } = await aHomeWorld(table);
  const inForce = await deps.operator.distribution.read();
  if (!inForce) throw new Error('nothing is applied');
  for (const as of ['author', 'operator'] as const) {
    const file = await open('/home/runbook.md', { as });
    expect(file.body).toBe(runbook(inForce.distribution));
    expect(file.headers?.['content-disposition']).toBe('attachment; filename="runbook.md"');
    const { body = '' } = await open('/home/runbook', { as });
    const { title, anchor } = runbookParts(inForce.distribution)[0] ?? { title: '', anchor: '' };
    expect(body).toContain(`href="#${anchor}"`);
    expect(body).toMatch(new RegExp(`<section[^>]* id="${anchor}"[^>]*><h2[^>]*>${title}</h2>`));
    expect(body).toMatch(/<td><strong>Sev-1 alerts<\/strong>, a mail<\/td>/);
    expect(body).toContain('href="mailto:ops@example.com"');
  }
});

it('lets its author say whether an earlier one tells of the same failure, and nobody else’s', async () => {
  const { publish, open, press, audit } = await anAuthor();
  await publish({ id: 'pool', title: 'Pool ran dry', publishedAt: '2026-11-20T10:00:00Z' }, { by: sids.author });
  await publish({ id: 'others', publishedAt: '2026-11-20T10:00:00Z' });
  await publish({ id: 'earlier', title: 'Pool <b> of last year', publishedAt: '2025-03-02T10:00:00Z' });
  const similar = dynamoSimilar(table);
  for (const postmortem of ['pool', 'others']) await similar.find(aSimilar({ postmortem }));
  const form = { press: 'similar', earlier: 'earlier', version: '1' };
  expect(plain((await open('/home/mine/pool', { as })).body)).toMatch(/It happened before Looks like Pool &lt;b&gt; of last year/);

  const toOutcome = async (more: Record<string, string>, id = 'pool') =>
    (await press(`/home/mine/${id}`, { ...form, ...more }, { as })).headers?.location;
  expect(await toOutcome({ says: 'dismiss', reason: 'ask ada@example.com' })).toBe('/home/mine/pool?similar=no%20reason');
  expect(await toOutcome({ says: 'confirm' }, 'others')).toBeUndefined();
  expect(await toOutcome({ says: 'confirm' })).toBe('/home/mine/pool?similar=stored');
  expect(await toOutcome({ says: 'dismiss', reason: 'Another pool.' })).toBe('/home/mine/pool?similar=changed');
  expect(plain((await open('/home/mine/pool?similar=changed', { as })).body)).toMatch(/somebody else answered.*The same failure as Pool/);
  expect(await similar.of('others')).toMatchObject([{ state: 'found' }]);
  expect((await audit()).filter(({ act }) => act !== 'postmortem stored')).toMatchObject([
    { act: 'similar confirmed', who: sids.author, facts: { postmortem: 'pool', earlier: 'earlier' } },
  ]);

  await publish({ id: 'earlier', title: 'Pool <b> of last year', restricted: true });
  expect((await open('/home/mine/pool', { as })).body).not.toContain('of last year');
  expect(await toOutcome({ says: 'dismiss', reason: 'Another pool.', version: '2' })).toBe('/home/mine/pool?similar=changed');
});
