import { expect, it } from 'vitest';
import { composeNotice } from '../../core/compose/compose-notice.ts';
import { type TellNoticeDeps, tellNotice } from '../../core/compose/tell-notice.ts';
import { approvedFragments } from '../../core/delivery/approved-fragments.ts';
import { deliverRange } from '../../core/delivery/deliver-range.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import type { RangeLedger } from '../../core/delivery/ports.ts';
import { type Range, type RangeRow, rootOf } from '../../core/delivery/range.ts';
import { countOutcomes } from '../../core/delivery/tally.ts';
import { addCounts, type Counts, type Edition } from '../../core/edition/edition.ts';
import { noticeEditionId } from '../../core/edition/edition-id.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import { asContentHash, fragmentsHash } from '../../core/mail/fragments-hash.ts';
import type { NoticeVersion, PublicNotice, StoredMail } from '../../core/notice/ports.ts';
import type { Profile, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { renderNotice } from '../../emails/render-notice.ts';
import { aProfile, aSid } from '../support/delivery.ts';
import { aWorld, type World } from '../support/delivery-fixture.ts';
import { aDistribution } from '../support/distribution.ts';
import { noticeInputs } from '../support/samples/notices.ts';

/**
 * 20,000 customers on a clock that is moved on: everything of composing and delivering is real but
 * the table, the queue and SES. `CUSTOMERS=500 npm run test:faults -- notices` for fewer.
 */
const customers = Number(process.env.CUSTOMERS ?? 20_000);
const rate = 14;
const leaseSeconds = 60;
const stream = 'customer-notices';
const { content } = noticeInputs['notice to customers'];
const { publicId } = content;
const began = Date.parse('2026-11-19T16:02:00Z');
const since = '2026-05-03T10:00:00Z';

/** Of three customers one chose the product, one chose another, and one hears about all. */
const choices = [['product:checkout'], ['product:exports'], undefined] as const;
const chosenBy = (n: number) => choices[n % choices.length];

interface Sent {
  readonly edition: string;
  readonly at: number;
}

function aCustomersWorld() {
  const editions = new Map<string, Edition>();
  const contents = new Map<string, EditionFragments>();
  const versions = new Map<number, NoticeVersion>();
  const rows = new Map<string, RangeRow>();
  const inbox = new Map<SubscriberId, Sent[]>();
  const queue: { range: Range; at: number }[] = [];
  let current: PublicNotice | undefined;
  let noted: StoredMail | undefined;
  let nextPlace = began;
  let agenda: { at: number; happens: () => Promise<void> }[] = [];
  const world: World = aWorld(0, { now: began, maxSendRate: rate, mayMail: ['*'] });
  const people = new Map<SubscriberId, Profile>(
    Array.from({ length: customers }, (_, n) => {
      const follow = chosenBy(n);
      const settings = { on: true, since, slots: [{ slot: 'default', at: since }], ...(follow && { follow: [...follow] }) };
      const sid = aSid(n);
      return [sid, aProfile({ sid, realm: 'customers', address: `c${n}@customer.example`, streams: { [stream]: settings } })];
    }),
  );
  const sorted = [...people.keys()].toSorted();
  const iso = (at = world.now) => new Date(at).toISOString().replace('.000Z', 'Z');
  const change = (id: string, by: Partial<Edition>) => {
    const edition = editions.get(id);
    if (edition) editions.set(id, { ...edition, ...by });
  };
  const bitsOf = (sid: string) => [...sid].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const prefixes = new Map(sorted.map((sid) => [sid, bitsOf(sid.slice(0, 8))]));
  const keyOf = ({ edition, slot, prefix }: Range) => `${edition} ${slot} ${prefix || '-'}`;

  const ledger: RangeLedger = {
    read: async (range) => rows.get(keyOf(range)),
    async create(range, row) {
      if (rows.has(keyOf(range))) return false;
      rows.set(keyOf(range), row);
      return true;
    },
    async replace(range, leaf, expected) {
      const row = rows.get(keyOf(range));
      if (row?.shape !== 'leaf' || row.version !== expected.version || row.owner !== expected.owner) return false;
      rows.set(keyOf(range), leaf);
      return true;
    },
    async setTally(range, half, tally) {
      const row = rows.get(keyOf(range));
      if (row?.shape !== 'split') return undefined;
      const after = { ...row, tallies: { ...row.tallies, [half]: tally } };
      rows.set(keyOf(range), after);
      return after;
    },
  };

  const stores = {
    read: async (id: string) => editions.get(id),
    async create(edition: Edition) {
      if (editions.has(edition.id)) return false;
      editions.set(edition.id, edition);
      return true;
    },
    async supersede(id: string, by: string) {
      const edition = editions.get(id);
      if (!edition) return 'unknown' as const;
      const superseded = edition.superseded ?? { by, wasPaused: edition.paused };
      change(id, { superseded });
      return superseded;
    },
    async putContent(_id: string, fragments: EditionFragments) {
      const hash = asContentHash(fragmentsHash(fragments));
      contents.set(hash, fragments);
      return { hash, parts: 1 };
    },
    begin: async () => {},
    withhold: async () => {},
    correct: async () => {},
  };
  const telling: TellNoticeDeps = {
    distribution: async () => aDistribution({ streams: { [stream]: { signUp: 'open' } } }),
    renderNotice,
    zones: async () => [],
    registry: { slots: async () => [] },
    notices: { read: async () => current, readVersion: async (_, version) => versions.get(version) },
    withdrawals: { note: async (_publicId, _version, mail) => (noted ??= mail) },
    editions: stores,
    ranges: ledger,
    start: async ({ id }, slots, delay) =>
      void queue.push(...slots.map((slot) => ({ range: rootOf(id, slot), at: world.now + delay * 1000 }))),
    profileWriterSeconds: 30,
    leaseSeconds,
    now: () => new Date(world.now),
  };

  /** What is due happens while somebody waits, in the middle of a chunk too. */
  const reach = async (instant: number) => {
    for (const one of agenda.filter(({ at }) => at <= instant)) {
      agenda = agenda.filter((other) => other !== one);
      world.now = Math.max(world.now, one.at);
      await one.happens();
    }
    world.now = Math.max(world.now, instant);
  };
  const refused: string[] = [];
  const approvals = {
    approved: async (_id: string, version: number) => {
      const mailHash = versions.get(version)?.mailHash ?? (versions.has(version) ? noted?.hash : undefined);
      return current && { current: current.version, ...(mailHash !== undefined && { mailHash }) };
    },
  };
  world.deps = {
    ...world.deps,
    audience: {
      async first(_edition, { prefix }, limit) {
        return sorted.filter((sid) => prefixes.get(sid)?.startsWith(prefix)).slice(0, limit);
      },
    },
    editions: { read: stores.read, setTally: async (id, slot, tally) => change(id, { tallies: { [slot]: tally }, completedAt: iso() }) },
    fragments: approvedFragments(
      {
        async readStored({ content: stored }) {
          const fragments = contents.get(stored?.hash ?? '');
          if (!fragments) throw new Error('not stored');
          return { fragments, hash: fragmentsHash(fragments) };
        },
      },
      approvals,
      ({ id }) => refused.push(id),
    ),
    ranges: ledger,
    reader: {
      async read({ id }, chunk) {
        const { superseded, paused = false, recalled = false } = editions.get(id) ?? {};
        const profiles = new Map(chunk.flatMap((sid) => (people.has(sid) ? [[sid, people.get(sid) as Profile] as const] : [])));
        const none = { withheld: new Set<string>(), corrected: new Set<string>() };
        return { profiles, paused, recalled, superseded: superseded !== undefined, lane: {}, maxSendRate: rate, ...none };
      },
      async outlook({ id }) {
        return { recalled: false, superseded: editions.get(id)?.superseded !== undefined, lane: {}, maxSendRate: rate };
      },
    },
    pacer: {
      async book({ places }) {
        const at = Math.max(nextPlace, world.now);
        nextPlace = at + (places * 1000) / rate;
        return { kind: 'booked', at, booked: 0 };
      },
    },
    mailer: {
      async send({ tags: { subscriber, edition } }) {
        inbox.set(subscriber, [...(inbox.get(subscriber) ?? []), { edition, at: world.now }]);
        return { kind: 'accepted', messageId: `m-${subscriber}` };
      },
    },
    makeMail: mailMaker({
      publicUrl: 'https://lessons.example.com/customers',
      sender: { name: 'Northwind status', address: 'status@notices.example.com' },
      keys: { kid: 'k1', key: 'x'.repeat(32) },
    }),
    queue: { send: async (ranges, delay = 0) => void queue.push(...ranges.map((range) => ({ range, at: world.now + delay * 1000 }))) },
    waitUntil: reach,
  };

  return {
    inbox,
    refused,
    editions,
    seconds: () => (world.now - began) / 1000,
    sids: Array.from({ length: customers }, (_, n) => aSid(n)),
    later: (seconds: number, happens: () => Promise<void>) => void agenda.push({ at: began + seconds * 1000, happens }),
    async release(version: number) {
      const fragments = await composeNotice(content, { isUpdate: false, productsBefore: [] }, aDistribution(), telling);
      versions.set(version, { version, at: iso(), content, mailHash: fragmentsHash(fragments) });
      current = { publicId, version, standing: 'public', publishedAt: iso(), at: iso() };
      await tellNotice({ publicId, version, fragments }, telling);
    },
    async withdraw(version: number) {
      versions.set(version, { version, at: iso() });
      current = { publicId, version, standing: 'withdrawn', publishedAt: iso(began), at: iso() };
      await tellNotice({ publicId, version }, telling);
    },
    async drain() {
      for (;;) {
        queue.sort((a, b) => a.at - b.at);
        const next = queue.shift();
        if (!next) return;
        await reach(next.at);
        await deliverRange(next.range, world.deps);
      }
    },
    countsOf: (id: string): Counts =>
      [...rows].reduce<Counts>(
        (sum, [key, row]) => (key.startsWith(`${id} `) && row.shape === 'leaf' ? addCounts(sum, countOutcomes(row.outcomes)) : sum),
        {},
      ),
  };
}

it('tells everybody who may have a notice that it was withdrawn, and nobody its text after that', async () => {
  const world = aCustomersWorld();
  const [text, withdrawal] = [noticeEditionId(stream, publicId, 1), noticeEditionId(stream, publicId, 2)];
  const readers = world.sids.filter((_, n) => chosenBy(n)?.[0] !== 'product:exports').length;
  // Skipped readers book places as well, so all of them take this long.
  const middle = customers / rate / 2;
  let withdrawnAt = Number.POSITIVE_INFINITY;
  world.later(middle, async () => {
    withdrawnAt = began + middle * 1000;
    await world.withdraw(2);
  });

  await world.release(1);
  await world.drain();

  const got = world.sids.map((sid) => world.inbox.get(sid) ?? []);
  const of = (id: string) => got.flat().filter(({ edition }) => edition === id);
  const textsAfter = of(text).filter(({ at }) => at > withdrawnAt);
  const figures = {
    customers,
    'chose the product, or none': readers,
    'got the text': of(text).length,
    'of these after the withdrawal was decided, in the chunk under way': textsAfter.length,
    'last of them, seconds after it': Math.max(0, ...textsAfter.map(({ at }) => (at - withdrawnAt) / 1000)),
    'got the withdrawal': of(withdrawal).length,
    'first withdrawal, seconds after it': Math.round((Math.min(...of(withdrawal).map(({ at }) => at)) - withdrawnAt) / 1000),
    'all over after, seconds': Math.round(world.seconds()),
  };
  console.table(figures);
  console.table({ text: world.countsOf(text), withdrawal: world.countsOf(withdrawal) });

  const orders = new Set(got.map((mails) => mails.map(({ edition }) => (edition === text ? 'text' : 'withdrawal')).join(', ')));
  expect([...orders].toSorted()).toEqual(['', 'text, withdrawal', 'withdrawal']);
  expect(Math.max(...of(text).map(({ at }) => at))).toBeLessThan(Math.min(...of(withdrawal).map(({ at }) => at)));
  // Nobody who chose another product has either mail.
  world.sids.forEach((_, n) => {
    if (chosenBy(n)?.[0] === 'product:exports') expect(got[n]).toEqual([]);
  });
  expect(of(withdrawal)).toHaveLength(readers);
  expect(world.refused).toEqual([]);
  for (const id of [text, withdrawal]) expect(Object.values(world.countsOf(id)).reduce((sum, n) => sum + n, 0)).toBe(customers);
});
