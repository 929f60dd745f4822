import { randomBytes, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { simpleParser } from 'mailparser';
import { beforeAll, expect, it } from 'vitest';
import { dynamoApprovals } from '../../adapters/dynamodb/approval-reader.ts';
import { dynamoCustomersCopy, dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoArtefacts, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { partitionPatterns, realmPatterns } from '../../adapters/dynamodb/table-shape.ts';
import { approvalFileOf } from '../../core/approval/approval-file.ts';
import { approvedFragments } from '../../core/delivery/approved-fragments.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import { keepCustomersCopy } from '../../core/distribution/for-customers.ts';
import { noticeRulesOf } from '../../core/distribution/notice-rules.ts';
import { noticeEditionId } from '../../core/edition/edition-id.ts';
import { type MailText, mimeBytes } from '../../core/mail/mail-text.ts';
import type { NoticePress } from '../../core/notice/after-press.ts';
import { usualPace } from '../../core/notice/due.ts';
import type { External } from '../../core/notice/external.ts';
import { lookAtNotice } from '../../core/notice/look.ts';
import { pressNotice } from '../../core/notice/press-notice.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import { hourMs } from '../../core/shared/duration.ts';
import { wireNotices } from '../../lambdas/compose/notices.ts';
import { wireComposing } from '../../lambdas/shared/composing.ts';
import { keptNotices } from '../../lambdas/web/published-notices.ts';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { canariesIn, withCanaries } from '../support/canaries.ts';
import { aLeaf, aProfile, aSid, someMade } from '../support/delivery.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { publish } from '../support/published.ts';
import { aPageEvent, aWebWorld, customersKeys } from '../support/web.ts';

/** Everything that is not for customers is marked so, or has a canary of its own. */
const mark = (what: string): string => `zqstaff-${what}`;
const at = (what: string): string => `${mark(what)}@example.com`;

const planted = withCanaries((path) => path !== 'mergedInto');
const postmortem = mark('incident');
const external = { title: '', body: '', ...planted.external, products: ['Checkout'] };
const document: Postmortem = { ...planted, id: postmortem, external };
const changed: Postmortem = { ...document, external: { ...external, body: `${external.body}, and it is over` } };
/** What customers may see: the external version, and when the incident was. */
const forCustomers = ['external.title', 'external.body', 'external.change', 'startedAt', 'resolvedAt'];

const digest = { schedule: { every: 'week', on: 'monday', at: '09:00' }, subscribe: [mark('role')] };
const approvers = [at('approver.one'), at('approver.two'), at('approver.three')];
const distribution = aDistribution({
  senders: {
    internal: { name: mark('sender'), address: at('sender') },
    customers: { name: 'Example status', address: 'status@notices.example.com' },
  },
  brand: { name: mark('brand'), replyTo: at('replies'), footer: mark('footer') },
  products: [{ name: 'Checkout', services: [mark('service')] }],
  teams: [
    {
      name: mark('team'),
      services: [mark('service')],
      leads: [at('lead')],
      deputies: [at('deputy')],
      channels: { slack: `#${mark('of-team')}` },
    },
  ],
  operators: { people: [at('operator')], roles: [mark('operators')] },
  authors: { people: [at('author')], roles: [mark('authors')] },
  reviews: { reviewers: [{ address: at('reviewer'), as: mark('office') }], escalateTo: [{ address: at('chief'), as: mark('chief') }] },
  slack: { channels: [{ channel: `#${mark('channel')}` }] },
  severities: { sev1: { label: 'Grave', aliases: [mark('alias')] } },
  streams: {
    'engineering-digest': digest,
    'sev1-alerts': { severities: ['sev1'], subscribe: [mark('role')] },
    'customer-impact': { severities: ['sev1'], schedule: digest.schedule, contact: mark('desk'), subscribe: [mark('role')] },
    'leadership-brief': { ...digest, signUp: 'approval', owner: at('owner') },
    'customer-notices': {
      signUp: 'open',
      approvers: approvers.map((address) => ({ address, also: [address.replace('@', '.also@')] })),
      escalate: [at('escalated')],
      contact: 'https://example.com/support',
      mustNotLeave: { names: [mark('project')], customers: [mark('customer')], domains: ['zqstaff.example.com'] },
    },
  },
});
const sids = Object.fromEntries(approvers.map((address, n) => [address, aSid(n + 10)]));

const streams = { 'customer-notices': { on: true, since: '2026-11-01T00:00:00Z', slots: [] } };
const readers = ['html', 'text'].map((format, n) =>
  aProfile({
    sid: aSid(n + 1),
    realm: 'customers',
    address: `reader${n}@bakery.example.net`,
    streams,
    ...(format === 'text' && { format }),
  }),
);

interface Told {
  readonly where: string;
  readonly text: string;
}
/** A text that customers or their roles read, with the canaries in it. */
interface Searched extends Told {
  readonly canaries: readonly string[];
}
const told: Searched[] = [];
/** What the house keeps and says to itself: lines of logs and of the audit, messages in queues. */
const inside: Told[] = [];
function note(where: string, what: unknown): void {
  const text = typeof what === 'string' ? what : inspect(what, { depth: null, maxStringLength: null });
  told.push({ where, text, canaries: canariesIn(text) });
}

const publicId = 'bcdfghjkmn';
const freshTable = oneEngine();
let clock = Date.parse('2026-12-08T10:00:00Z');
const now = () => new Date(clock);

beforeAll(async () => {
  const written = new Map<string, { pk: string; sk: string }>();
  const table = noting(await freshTable(), ({ pk, sk }) => void written.set(`${pk} ${sk}`, { pk, sk }));
  await dynamoDistributionStore(table).write({ distribution, hash: 'h', sids }, undefined, '2026-12-01T00:00:00Z');
  await keepCustomersCopy(dynamoCustomersCopy(table), async () => distribution);
  const web = await aWebWorld(table, { distribution, realm: 'customers', people: readers });
  const notices = dynamoPublicNotices(table);
  const editions = dynamoEditionStore(table, now);

  const sent: unknown[] = [];
  const queue = { send: async (messages: readonly unknown[]) => void sent.push(...messages), isEmpty: async () => true };
  const composing = wireComposing(table, now);
  const starting = {
    ...composing,
    start: async () => {},
    lookAgain: async () => {},
    profileWriterSeconds: 30,
    leaseSeconds: 900,
    pace: { windowMs: 0, settlingMs: 0 },
  };
  const deps = {
    ...wireNotices(table, queue, starting, { ...usualPace, newId: randomUUID, random: randomBytes }),
    newPublicId: () => publicId,
  };
  const look = () => lookAtNotice(postmortem, deps);
  const press = async (n: number, how: (asked: Asked) => NoticePress) => {
    const rules = noticeRulesOf(distribution);
    const stores = { externals: dynamoExternals(table, now), artefacts: dynamoArtefacts(table, now) };
    const row = await stores.externals.read(postmortem);
    if (!row || row === 'unknown') throw new Error('nobody is asked');
    const artefact =
      row.request && 'artefact' in row.request ? await stores.artefacts.read(postmortem, row.request.artefact ?? '') : undefined;
    const given = {
      ...stores,
      file: async () => rules && approvalFileOf(rules, sids),
      namesOf: async () => [],
      audit: deps.audit,
      look: async () => {},
      pace: usualPace,
      now,
    };
    const ticked = artefact?.remarks.map(({ id }) => id) ?? [];
    expect(
      await pressNotice(postmortem, how({ row, ticked }), { sid: aSid(n + 10), name: mark(['ada', 'bo', 'cy'][n] ?? '') }, given),
    ).toMatchObject({
      kind: 'stored',
    });
  };

  async function release(stored: Postmortem): Promise<void> {
    await publish(table, { ...stored }, distribution);
    await look();
    clock += hourMs;
    await look();
    for (const n of [0, 1]) await press(n, approving);
    clock += hourMs;
    await look();
  }

  async function collect(what: string): Promise<void> {
    const version = (await notices.read(publicId))?.version ?? 0;
    const edition = await editions.read(noticeEditionId('customer-notices', publicId, version));
    if (!edition) throw new Error(`${what} has no mail`);
    const fragments = await approvedFragments(editions, dynamoApprovals(table), () => {}).readFragments(edition);
    if ('unsendable' in fragments) throw new Error(`${what} may not be sent: ${fragments.unsendable}`);
    const make = mailMaker({
      publicUrl: web.deps.publicUrl,
      sender: { name: 'Example status', address: 'status@notices.example.com' },
      keys: customersKeys,
    });
    for (const reader of readers) {
      const mail = make(edition, fragments, reader, { withheld: new Set(), attempt: 1, issuedAt: Math.floor(clock / 1000) });
      if (mail.kind !== 'mail') throw new Error(`${what}: ${mail.kind}`);
      await collectMail(what, mail);
    }
    const leaf = aLeaf({ state: 'done', outcomes: { [aSid(1)]: { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade() } } });
    await dynamoRangeLedger(table, now).create({ edition: edition.id, slot: 'default', prefix: '' }, leaf);
    const ask = web.serve(pageRoutes({ ...web.deps, notices: keptNotices(notices, now) }));
    const preferences = web.token({ scope: 'preferences', subscriber: aSid(1) });
    for (const path of [
      '/incidents',
      `/incidents/${publicId}`,
      '/feed',
      `/p/${preferences}`,
      `/p/${preferences}/data`,
      '/join',
      '/join/customer-notices',
    ]) {
      const { statusCode, headers, body } = await ask(aPageEvent('GET', `/customers${path}`));
      note(`${what}: the page ${path.replace(preferences, '…')} (${statusCode})`, `${inspect(headers)} ${body}`);
    }
  }

  await release(document);
  await collect('first');
  await release(changed);
  await collect('update');
  await press(2, ({ row }) => ({ act: 'withdraw', version: row.shown?.n ?? 0, reason: mark('reason') }));
  await look();
  await collect('withdrawal');

  for (const key of written.values()) {
    const item = await table.read(key);
    if (item && isReadByCustomersRoles(key.pk)) note(`the row ${key.pk} ${key.sk}`, item);
    if (key.pk.startsWith('AUDIT#')) inside.push({ where: `the line ${key.sk}`, text: inspect(item) });
  }
  inside.push(
    { where: 'the queues', text: inspect(sent, { depth: null }) },
    { where: 'the logs', text: inspect(web.logged, { depth: null }) },
  );
});

interface Asked {
  readonly row: External;
  /** Everything that an approver ticks. */
  readonly ticked: readonly string[];
}
function approving({ row: { request }, ticked }: Asked): NoticePress {
  if (request?.state !== 'open') throw new Error(`nobody is asked: ${inspect(request)}`);
  return { act: 'approve', n: request.n, content: request.content, ticked };
}

/** Says of every item that is written where it lies. */
const noting = (table: Table, wrote: (key: { readonly pk: string; readonly sk: string }) => void): Table => ({
  ...table,
  put: (item, condition) => {
    wrote(item);
    return table.put(item, condition);
  },
  update: (key, change, condition) => {
    wrote(key);
    return table.update(key, change, condition);
  },
});

/** By the patterns that the roles of customers' pages and of their sender are made from. */
const readable = [...Object.values(realmPatterns.customers).flat(), partitionPatterns.customerRenditions];
const isReadByCustomersRoles = (pk: string): boolean =>
  readable.some((pattern) => (pattern.endsWith('*') ? pk.startsWith(pattern.slice(0, -1)) : pk === pattern));

async function collectMail(what: string, { mime, tags }: { readonly mime: MailText; readonly tags?: unknown }): Promise<void> {
  const bytes = mimeBytes(mime);
  const { text = '', html, headers, attachments } = await simpleParser(bytes);
  expect(attachments).toEqual([]);
  note(`${what}: the bytes`, bytes.toString('latin1'));
  note(`${what}: the headers and tags`, inspect([headers, tags], { depth: null }));
  note(`${what}: the text`, text);
  note(`${what}: the HTML`, html || '');
  const tokens = [...`${text} ${html}`.matchAll(/v1\.[A-Za-z0-9]+\.[\w-]+\.[\w-]+/g)];
  expect(tokens.length).toBeGreaterThan(0);
  for (const [token] of tokens) note(`${what}: a link`, Buffer.from(token.split('.')[2] ?? '', 'base64url').toString());
}

const placesOf = (path: string): string[] => told.filter(({ canaries }) => canaries.includes(path)).map(({ where }) => where);

it('gets to customers in no mail, header, tag, link, page, feed or row that serves them, unless it is for them', () => {
  const leaks = told.flatMap(({ where, text, canaries }) => [
    ...canaries.filter((path) => !forCustomers.includes(path)).map((path) => `${path} in ${where}`),
    ...[...text.matchAll(/zqstaff[\w.@-]*/gi)].map(([found]) => `${found} in ${where}`),
  ]);

  expect(leaks).toEqual([]);
});

it('was looked for where the external version is told: in each mail and its parts, pages, the feed, and rows', () => {
  const places = placesOf('external.body');

  expect(places).toEqual(
    expect.arrayContaining([
      ...['first', 'update'].flatMap((what) => ['the text', 'the HTML', 'the page /feed (200)'].map((part) => `${what}: ${part}`)),
      'first: the page /incidents (200)',
    ]),
  );
  expect(placesOf('external.title')).toEqual(expect.arrayContaining(['first: the headers and tags', 'update: the headers and tags']));
  expect(placesOf('external.title').some((where) => /^the row ED#customer-notices_\w+ META/.test(where))).toBe(true);
  expect(placesOf('external.title').some((where) => where.startsWith('the row REND#customers#'))).toBe(true);
  expect(placesOf('external.change').some((where) => where.startsWith('update: the text'))).toBe(true);
  expect(told.filter(({ where }) => /^withdrawal: the (text|HTML|page)/.test(where)).map(({ where }) => where)).toEqual(
    expect.arrayContaining(['withdrawal: the text', 'withdrawal: the HTML', 'withdrawal: the page /incidents (200)']),
  );
});

it('is in nothing that a withdrawal mails or leaves on a page', () => {
  const left = told.filter(
    ({ where, canaries }) => where.startsWith('withdrawal: ') && canaries.some((path) => path.startsWith('external.')),
  );

  expect(left.map(({ where }) => where)).toEqual([]);
});

it('is in no line of a log or the audit, and in no message of a queue, where the text for customers is not either', () => {
  expect(inside.length).toBeGreaterThan(5);
  expect(inside.flatMap(({ where, text }) => canariesIn(text).map((path) => `${path} in ${where}`))).toEqual([]);
});
