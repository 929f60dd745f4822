import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { dynamoSlotStore } from '../../adapters/dynamodb/slot-store.ts';
import { parseEditionId } from '../../core/edition/edition-id.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { type Audience, audiences } from '../../core/stream/audience.ts';
import { audienceOf, definitionOf, type StreamName, scheduledStreams, streams } from '../../core/stream/stream.ts';
import { readerHash } from '../../core/subscriber/subscriber-id.ts';
import { sessionCookie } from '../../lambdas/shared/pages/current-session.ts';
import { begunSession } from '../support/begun-session.ts';
import { canariesIn, seenBy, withCanaries } from '../support/canaries.ts';
import { aProfile, aSid } from '../support/delivery.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

/** A text that a reader gets, or that is kept of their mail, and where it stands. */
interface Told {
  readonly where: string;
  readonly audience: Audience;
  readonly text: string;
}
interface Mail {
  readonly id: string;
  readonly subject: string;
  readonly headers: Record<string, string>;
  readonly tags: { readonly edition: string; readonly subscriber: string };
}

const logs: string[] = [];
const told: Told[] = [];
const editions = new Map<string, Audience>();
let configured: StreamName[];
let stack: TestStack;

/** By which a program names the owner of the action. No reader sees it, nor its hash. */
const assignee = 'zqassignee@example.com';
const hashOfAssignee = readerHash(assignee) ?? '';
// One that was merged into another is not told.
const planted = withCanaries((path) => path !== 'mergedInto');
const document = { ...planted, actionItems: planted.actionItems.map((action) => ({ ...action, assignee })) };
const changed = {
  ...document,
  rootCauses: [...document.rootCauses, 'Another cause'],
  customerImpact: { ...document.customerImpact, customersAffected: 5 },
};

/** The second of them is on no list, so that the action is nobody's. */
const owners = [assignee, 'zqassignee.gone@example.com'];
const reviewer = 'katharina.vogel@example.com';

/** A postmortem that is reviewed, with actions that are due, and the reminders of the day after it. */
async function askAbout(id: string): Promise<void> {
  await stack.importPeople([reviewer, assignee].map((address) => ({ address, role: 'none' })));
  const tomorrow = new Date(stack.now().getTime() + dayMs).toISOString();
  const actionItems = owners.map((owner, n) => ({ title: `Renew it, ${n}`, assignee: owner, due: tomorrow.slice(0, 10), cost: 'A week' }));
  const asked = { title: 'An asked one', severity: 'sev2', publishedAt: stack.now().toISOString(), actionItems };
  expect((await stack.call('PUT', `/postmortems/${id}`, asked)).status).toBe(201);
  // Eight o'clock passes, and with it the run of that day.
  await stack.call('POST', '/_local/clock', { advance: 'P1D' });
  await stack.drain();
}

/** A digest, a brief and a summary, each of the time that has the incident or its correction. */
const due = {
  first: ['2026-12-14T08:00:00Z', '2027-01-01T07:00:00Z', '2026-12-11T13:00:00Z'],
  second: ['2026-12-21T08:00:00Z', '2027-02-01T07:00:00Z', '2026-12-18T13:00:00Z'],
};
async function runSchedules(dates: readonly string[]): Promise<void> {
  for (const stream of scheduledStreams) for (const at of dates) await stack.runSchedule(stream, at);
  await stack.drain();
}

beforeAll(async () => {
  stack = await aRunningStack({ print: (line) => void logs.push(line) });
  const { products, streams: settings, ...file } = parse(await readFile('samples/distribution.yaml', 'utf8'));
  configured = streams.filter((stream) => stream in settings && audienceOf(stream) !== undefined);
  // What customers get is looked at in test/lambdas/customers-canary.test.ts, so nobody is asked here.
  const staffs = { ...settings, 'customer-notices': { signUp: 'none' } };
  // The document names a product by a canary, and a product that is unknown is refused.
  const known = [...products, ...(planted.external?.products ?? []).map((name) => ({ name, services: ['of-no-team'] }))];
  // A team to which it matters, because it runs what another team's postmortem is about.
  const teams = [...file.teams, { name: 'Elsewhere', services: planted.services }];
  const distribution = stringify({ ...file, teams, streams: staffs, products: known });
  expect((await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' })).status).toBe(200);
  await stack.importPeople(['engineering', 'leadership', 'support'].map((role) => ({ address: `${role}@example.com`, name: 'Jo', role })));
  await stack.importPeople([{ address: 'elsewhere@example.com', role: 'none', team: 'Elsewhere', streams: 'relevant-incidents' }]);
  await joinAtEveryFrequency();
  expect((await stack.call('PUT', '/postmortems/a-canary', document)).status).toBe(201);
  await stack.drain();
  await runSchedules(due.first);
  expect((await stack.call('PUT', '/postmortems/a-canary', changed)).status).toBe(200);
  await stack.call('POST', '/_local/clock', { advance: 'PT1H' });
  await runSchedules(due.second);
  const { body: mails }: { body: Mail[] } = await stack.call('GET', '/_local/inbox?limit=1000');
  for (const mail of mails) await collect(mail);
  for (const [edition, audience] of editions) await collectStored(edition, audience);
});
afterAll(() => stack.stop());

/** One reader for each frequency besides the usual one, whom no import makes. */
async function joinAtEveryFrequency(): Promise<void> {
  const people = dynamoPeopleStore(stack.table);
  const since = '2026-12-01T00:00:00Z';
  const choices = streams.flatMap((stream) => definitionOf(stream).frequencies.map((slot) => ({ stream, slot })));
  for (const [n, { stream, slot }] of choices.filter(({ stream, slot }) => slot !== definitionOf(stream).usual).entries()) {
    const sid = aSid(n + 1);
    await dynamoSlotStore(stack.table).putSlot(stream, slot, since);
    await people.putSubscription(stream, slot, sid, since);
    await people.writeProfile(aProfile({ sid, streams: { [stream]: { on: true, since, slots: [{ slot, at: since }] } } }), 0);
  }
}

/** All of a mail, what its links say, and the pages and the feed that it leads to. */
async function collect({ id, subject, headers, tags }: Mail): Promise<void> {
  const { stream } = parseEditionId(tags.edition);
  const audience = stream && audienceOf(stream);
  if (!audience) return;
  editions.set(tags.edition, audience);
  const note = (what: string, text: string) => void told.push({ where: `${what} of ${tags.edition}`, audience, text });
  const { body: raw } = await stack.call('GET', `/_local/inbox/${id}/raw`);
  const { text = '', html, attachments } = await simpleParser(raw);
  expect(attachments).toEqual([]);
  note('the headers and tags', inspect([subject, headers, tags]));
  note('the bytes', raw);
  note('the text', text);
  note('the HTML', html || '');
  for (const [token] of raw.concat(text, html).matchAll(/v1\.[A-Za-z0-9]+\.[\w-]+\.[\w-]+/g)) note('a link', payloadOf(token));
  const paths = new Set(
    [...text.concat(html || '').matchAll(/https?:\/\/localhost:\d+(\/(?:r|view)\/[^\s"<>]+)/g)].map(([, path = '']) => path),
  );
  for (const path of paths) {
    const page = await stack.call('GET', path);
    if (page.status === 200) note(`the page ${path.replace(/v1[^/]*/, '…')}`, String(page.body));
  }
  const session = await begin(tags.subscriber, 'session');
  for (const path of [`/archive/${audience}`, `/archive/${audience}?q=canary`, `/archive/${audience}/a-canary`]) {
    const page = await stack.call('GET', path, undefined, { cookie: `${sessionCookie}=${session}` });
    expect(page.status, path).toBe(200);
    note('the archive', String(page.body));
  }
  const feed = await stack.call('GET', `/feed/f1.${await begin(tags.subscriber, 'feed')}?audience=${audience}`);
  expect(feed.status).toBe(200);
  note('the feed', String(feed.body));
}

/** The text of a session or a feed of theirs. */
async function begin(sid: string, kind: 'session' | 'feed'): Promise<string> {
  const [profile = { sid }] = await dynamoPeopleStore(stack.table).readProfiles([{ realm: 'staff', sid }]);
  return begunSession(dynamoSessionStore(stack.table), profile, stack.now(), { kind });
}
const payloadOf = (token: string): string => Buffer.from(token.split('.')[2] ?? '', 'base64url').toString();

/** What the table keeps of an edition, without its parts: they are the mails. */
async function collectStored(edition: string, audience: Audience): Promise<void> {
  const { items } = await stack.table.query(`ED#${edition}`);
  const meta = items.filter(({ sk }) => sk === 'META');
  expect(meta).toHaveLength(1);
  told.push({ where: `META of ${edition}`, audience, text: inspect(meta, { depth: null, maxStringLength: null }) });
  const updates = (await stack.table.query('UPDATES#a-canary')).items.filter(({ sk }) => sk === parseEditionId(edition).stream);
  told.push({ where: `the updates of ${edition}`, audience, text: inspect(updates, { depth: null, maxStringLength: null }) });
}

describe('what a postmortem says', () => {
  it.each(audiences)('gets to %s where they may see it, and nowhere else', (audience) => {
    const leaks = told
      .filter((one) => one.audience === audience)
      .flatMap(({ where, text }) =>
        canariesIn(text)
          .filter((path) => !seenBy[audience].includes(path))
          .map((path) => `${path} in ${where}`),
      );

    expect(leaks).toEqual([]);
  });

  it('was looked for in mails of every stream and frequency, and in updates, in their pages, archives and feeds', () => {
    const kinds = [...editions.keys()].map((edition) => {
      const { stream, frequency } = parseEditionId(edition);
      return `${stream} ${edition.endsWith('_r2') ? 'update' : frequency}`;
    });
    const wanted = configured.flatMap((stream) => {
      const { frequencies, usual, hasUpdates } = definitionOf(stream);
      return [...new Set([...frequencies, usual, ...(hasUpdates ? ['update'] : [])])].map((kind) => `${stream} ${kind}`);
    });
    expect([...new Set(kinds)].toSorted()).toEqual(wanted.toSorted());
    for (const audience of new Set(editions.values())) {
      const places = told.filter((one) => one.audience === audience && canariesIn(one.text).includes('title'));
      const found = places.map(({ where }) => where.split(' of ')[0]?.replace(/^(the page \/\w+).*/, '$1'));
      expect(found).toEqual(
        expect.arrayContaining(['the bytes', 'the text', 'the HTML', 'the headers and tags', 'the page /r', 'the page /view']),
      );
      expect(found).toEqual(expect.arrayContaining(['the archive', 'the feed', 'META']));
    }
  });

  it('names no owner by their address, in nothing that is mailed, shown, listed or logged', async () => {
    const row = (await stack.table.query('ACT#a-canary')).items[0];
    expect(inspect(row, { depth: null })).toContain(hashOfAssignee);
    const routes = [
      '/postmortems/a-canary',
      '/postmortems?since=2026-11-01T00:00:00Z',
      '/operator/actions',
      '/operator/actions?postmortem=a-canary',
    ];
    const answers = await Promise.all(
      routes.map(async (path) => ({ where: path, text: inspect(await stack.call('GET', path), { depth: null }) })),
    );
    expect(answers.filter(({ text }) => text.includes('a-canary'))).toHaveLength(routes.length);
    const texts = [...told, ...answers, ...logs.map((text) => ({ where: 'a log', text }))];
    expect(texts.filter(({ text }) => text.includes('zqassignee') || text.includes(hashOfAssignee)).map(({ where }) => where)).toEqual([]);
  });

  it('names no owner by their address to those who remind, review and operate, nor the hash to themselves', async () => {
    await askAbout('an-asked-one');
    const said: { readonly where: string; readonly text: string }[] = [];
    const look = async (path: string, headers: Record<string, string> = {}) => {
      const { status, body } = await stack.call('GET', path, undefined, headers);
      expect(status, path).toBe(200);
      said.push({ where: path.replace(/v1[^/]*/, '…'), text: inspect(body, { depth: null, maxStringLength: null }) });
    };

    const mails: (Mail & { readonly to: string })[] = (await stack.call('GET', '/_local/inbox?limit=1000')).body;
    const ofService = mails.filter(({ tags }) => tags.edition.startsWith('service_'));
    expect(new Set(ofService.map(({ to }) => to))).toEqual(new Set([assignee, reviewer]));
    for (const { id, to } of ofService) {
      const { body: raw } = await stack.call('GET', `/_local/inbox/${id}/raw`);
      const { text = '', html } = await simpleParser(raw);
      const own = (told: string) => (to === assignee ? told.replaceAll(assignee, '') : told);
      said.push(...[raw, text, html || ''].map((told) => ({ where: `a mail to ${to}`, text: own(told) })));
      for (const [, path = ''] of text.matchAll(/https?:\/\/localhost:\d+(\/(?:decisions|reminders)\/[^\s"<>]+)/g)) await look(path);
    }
    const { body } = await stack.call('GET', '/operator/actions?postmortem=an-asked-one');
    const actions: string[] = body.actions.map(({ id }: { id: string }) => `actions/${id}`);
    expect(actions).toHaveLength(owners.length);
    for (const route of ['reviews', 'reviews/an-asked-one', 'drift', 'reminders', 'runbook', 'audit', ...actions])
      await look(`/operator/${route}`);
    const [{ tags } = { tags: { subscriber: '' } }] = ofService.filter(({ to }) => to === reviewer);
    const cookie = `${sessionCookie}=${await begin(tags.subscriber, 'session')}`;
    for (const page of ['reviews', 'postmortems/an-asked-one', 'drift', 'audit', 'actions', ...actions])
      await look(`/home/${page}`, { cookie, authorization: '' });

    expect(said.filter(({ text }) => text.includes('An asked one')).map(({ where }) => where)).toEqual(
      expect.arrayContaining(['/decisions/…/an-asked-one', '/reminders/…', '/operator/reviews', '/home/reviews']),
    );
    const secrets = [...owners, ...owners.map((address) => readerHash(address) ?? '')];
    expect(said.filter(({ text }) => secrets.some((one) => text.includes(one))).map(({ where }) => where)).toEqual([]);
    expect(logs.filter((line) => secrets.some((one) => line.includes(one)))).toEqual([]);
  });

  it('is in no line of a log', () => {
    expect(logs.length).toBeGreaterThan(50);
    expect(logs.flatMap((line) => canariesIn(line).map((path) => `${path} in ${line}`))).toEqual([]);
  });
});
