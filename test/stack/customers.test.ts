import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const distribution = fileURLToPath(new URL('../support/fixtures/distributions/open-to-customers.yaml', import.meta.url));
const cleo = 'cleo@elsewhere.example';
const ada = 'ada@fabrikam.example';

const channels = `slack:
  channels:
    - { channel: "#incident-pms" }
    - { channel: "#support-news", audience: cross-functional }
  drafts: { workspace: T0123456789, channels: [C0123456789] }
`;

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack({ distribution, slack: true });
  await stack.call('PUT', '/operator/configuration', readFileSync(distribution, 'utf8') + channels, { 'content-type': 'text/yaml' });
});
/** Rejects where a role denied a function anything. */
afterAll(() => stack.stop());

const visit = async (path: string, form?: Record<string, string>) => {
  const answer = await fetch(`${stack.url}${path}`, form && { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, text: await answer.text() };
};
async function newestMailTo(address: string) {
  await stack.drain();
  const [mail] = (await stack.call('GET', `/_local/inbox?to=${address}`)).body;
  const links: string[] = String(mail?.text).match(/https?:\/\/\S+\/v1\.[\w.-]+/g) ?? [];
  const path = String(links[0]).slice(stack.url.length);
  return { from: String(mail?.from), subject: String(mail?.subject), set: String(mail?.configurationSet), links, path };
}
async function signUp(address: string, page: string) {
  const shown = /name="shown" value="([^"]+)"/.exec((await visit(page)).text)?.[1] ?? '';
  await stack.call('POST', '/_local/clock', { advance: 'PT5S' });
  return visit(page, { address, shown, website: '' });
}

it('a customer signs up from another domain, chooses, leaves and comes back, all by mail of their own sender', async () => {
  expect((await signUp(cleo, '/customers/join/customer-notices')).text).toContain('Check your email');
  const confirm = await newestMailTo(cleo);
  expect(confirm).toMatchObject({ from: expect.stringContaining('status@notices.fabrikam.example'), set: 'afterword-laptop-customers' });
  expect(confirm.subject).toContain('Incident notices');
  expect(confirm.links.filter((link) => !link.startsWith(`${stack.url}/customers/`))).toEqual([]);
  expect((await visit(confirm.path, { press: 'confirm' })).text).toContain('You are subscribed');

  const welcome = await newestMailTo(cleo);
  expect(welcome.subject).toContain('Welcome');
  const preferences = await visit(welcome.path);
  expect(preferences.text).toContain('Incident notices');
  expect(preferences.text).not.toMatch(/engineering/i);
  const shown = /name="shown" value="([^"]+)"/.exec(preferences.text)?.[1]?.replaceAll('&quot;', '"') ?? '';
  const off = await visit(welcome.path, { shown, press: 'save', 'customer-notices.frequency': 'off' });
  expect(off.text).toContain('You no longer get incident notices');
  const back = await visit(welcome.path, {
    shown: shown.replace('"frequency":"on"', '"frequency":"off"'),
    press: 'save',
    'customer-notices.frequency': 'on',
  });
  expect(back.text).toContain('You get incident notices');

  expect((await visit('/customers/new-link', { address: cleo })).status).toBe(200);
  expect((await newestMailTo(cleo)).path).toMatch(/^\/customers\/p\/v1\./);
});

it('anybody reads the public pages, which hold nothing yet', async () => {
  const list = await visit('/customers/incidents');
  expect(list).toMatchObject({ status: 200, text: expect.stringContaining('No notice has been published yet.') });
  expect((await visit('/customers/feed')).status).toBe(200);
  expect(await visit('/customers/incidents/k7p3wq9xzt')).toEqual(await visit('/customers/c/nothing'));
});

it('each realm’s links open the pages of that realm and no others', async () => {
  await signUp(ada, '/join/engineering-digest');
  const staffs = await newestMailTo(ada);
  const theirs = await newestMailTo(cleo);
  expect(staffs.path).toMatch(/^\/c\//);
  expect((await visit(staffs.path)).status).toBe(200);
  expect((await visit(theirs.path)).status).toBe(200);

  const nothing = await visit('/customers/c/nothing');
  expect(await visit(`/customers${staffs.path}`)).toEqual(nothing);
  expect(await visit(`/customers${staffs.path}`, { press: 'confirm' })).toEqual(nothing);
  expect(await visit(theirs.path.replace('/customers', ''))).toEqual(await visit('/p/nothing'));
});

it('a customer downloads everything, mails and acts, stops everything and erases themselves', async () => {
  const { path } = await newestMailTo(cleo);
  const told = JSON.parse((await visit(`${path}/data`)).text);
  expect(told.profile).toMatchObject({ address: cleo, realm: 'customers' });
  expect(told.mails.map(({ edition }: { edition: string }) => edition.split('_')[1])).toEqual(['confirm', 'welcome', 'new-link']);
  expect(told.acts.map(({ facts }: { facts: { after: string } }) => facts.after)).toEqual(['on', 'off', 'on']);

  await visit(path, { press: 'stop' });
  expect((await stack.call('GET', '/operator/people')).body.people).toMatchObject([{ address: cleo, streams: [] }]);
  expect((await visit(`${path}/erase`, { press: 'erase' })).text).toContain('You are erased');
  const { sid } = told.profile;
  for (let n = 0; n < 3; n += 1) {
    await stack.call('POST', '/_local/clock', { advance: n === 1 ? 'P15D' : 'PT2H' });
    await stack.call('POST', '/_local/schedules/sweep/run', {});
    await stack.drain();
  }
  expect((await stack.table.query('OPEN#erasure', { index: true })).items).toEqual([]);
  expect((await stack.table.query('SERVICE#customers', { index: true })).items).toEqual([]);
  expect((await stack.table.query(`ED#${told.mails[0].edition}#D#${sid[0]}`)).items).toEqual([]);
});

it('a publication is posted once in each channel, follows its revision, is struck when it is taken back, and emptied when it is restricted', async () => {
  const publish = (summary: string) =>
    stack.call('PUT', '/postmortems/cards', {
      title: 'Checkout refused cards',
      severity: 'sev2',
      summary,
      customerImpact: { text: 'Some payments failed.' },
      publishedAt: new Date(stack.now().getTime() - 3_600_000).toISOString(),
    });
  const hold = (act: string) => stack.call('POST', `/postmortems/cards/${act}`, { reason: 'It named a customer.' });
  const standing = async (): Promise<Record<string, string>> => {
    const { body } = await stack.call('GET', '/_local/slack');
    expect(body.filter(({ deleted }: { deleted: unknown }) => deleted !== null)).toEqual([]);
    expect(body.length).toBeLessThanOrEqual(2);
    return Object.fromEntries(body.map(({ name, blocks, text }: Record<string, unknown>) => [name, JSON.stringify([text, blocks])]));
  };
  const shows = (engineering: RegExp, support: RegExp) =>
    expect.poll(standing).toEqual({ 'incident-pms': expect.stringMatching(engineering), 'support-news': expect.stringMatching(support) });

  expect((await publish('A certificate had expired.')).status).toBe(201);
  await shows(/Checkout refused cards.*certificate had expired/, /Internal.*Some payments failed/);
  expect((await standing())['support-news']).not.toContain('certificate');
  const link = /\/s\/[\w-]{27}/.exec((await standing())['incident-pms'] ?? '')?.[0] ?? expect.unreachable();
  expect((await visit(link)).text).toContain('A certificate had expired.');

  await publish('A certificate had expired on Sunday.');
  await shows(/expired on Sunday/, /Some payments failed/);
  await hold('retract');
  await shows(/^(?!.*certificate).*Checkout refused cards.*Taken back/, /^(?!.*payments failed).*Taken back/);
  await hold('restrict');
  await shows(/^(?!.*(Checkout|certificate)).*withdrawn/, /^(?!.*(Checkout|payments)).*withdrawn/);
  expect((await visit(link)).status).toBe(404);
});

it('a message becomes a draft that nobody is sent, an operator finds it and publishes it, and the digest carries it', async () => {
  const text = '*SEV-2: Search was slow*\nServices: search\n*Root cause*\nAn index was rebuilt at noon.';
  const press = (how: object) => stack.call('POST', '/_local/slack/shortcut', { channel: 'C0123456789', ...how });
  const first = (await press({ text })).body;
  const second = (await press({ ts: first.ts })).body;
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(JSON.stringify(first.message)).toContain('Draft stored: SEV-2: Search was slow');
  expect(JSON.stringify(second.message)).toContain('This draft stands already');
  expect((await stack.call('POST', '/_local/slack/command', { channel: 'C9999999999', text })).body).toMatchObject({ status: 200 });
  const nowhere = await stack.call('POST', '/_local/slack/command', { channel: '#nowhere', text });
  expect([nowhere.status, nowhere.body.message]).toEqual([400, expect.stringMatching(/^channel: .*"#nowhere".*#incident-pms/)]);

  await stack.call('POST', '/_local/schedules/sweep/run', {});
  await stack.drain();
  const { postmortems } = (await stack.call('GET', '/postmortems?status=draft')).body;
  expect(postmortems.map(({ title }: { title: string }) => title)).toEqual(['SEV-2: Search was slow']);
  const { id } = postmortems[0];
  expect((await stack.call('GET', `/postmortems/${id}/revisions`)).body.revisions).toMatchObject([
    { revision: 1, by: 'slack:U0000000001' },
  ]);

  const { status, revision } = (await stack.call('PUT', `/postmortems/${id}`, text.replaceAll('*', '**'))).body;
  expect({ status, revision }).toEqual({ status: 'published', revision: 2 });
  expect(JSON.stringify((await press({ ts: first.ts })).body.message)).toContain('Nothing was stored');
  await stack.importPeople([{ address: 'grace@fabrikam.example', role: 'none', streams: 'engineering-digest' }]);
  await stack.runDigest(new Date(stack.now().getTime() + 7 * 86_400_000).toISOString());
  await stack.drain();
  const [digest] = (await stack.call('GET', '/_local/inbox?to=grace@fabrikam.example')).body;
  expect(digest.text).toContain('Search was slow');
});
