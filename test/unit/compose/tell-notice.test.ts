import { beforeEach, expect, it } from 'vitest';
import { NotTheApprovedMail, productsBefore, type TellNoticeDeps, tellNotice } from '../../../core/compose/tell-notice.ts';
import type { RangeRow } from '../../../core/delivery/range.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { fragmentsHash } from '../../../core/mail/fragments-hash.ts';
import type { NoticeVersion, PublicNotice, StoredMail } from '../../../core/notice/ports.ts';
import { renderNotice } from '../../../emails/render-notice.ts';
import { aLeaf, aSid, someFragments, someMade } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { noticeInputs } from '../../support/samples/notices.ts';

const { content } = noticeInputs['notice to customers'];
const { publicId } = content;
const idOf = (version: number) => `customer-notices_${publicId}_r${version}`;
const mail = (said: string) => someFragments({ subject: said });
const leaseSeconds = 900;

let now: Date;
let current: PublicNotice | undefined;
let versions: Map<number, NoticeVersion>;
let editions: Map<string, Edition>;
let contents: Map<string, EditionFragments>;
let rows: Map<string, RangeRow>;
let noted: StoredMail | undefined;
let started: [id: string, delay: number][];
let afterCreate: () => void;
let deps: TellNoticeDeps;

beforeEach(() => {
  now = new Date('2026-11-19T16:02:00Z');
  current = undefined;
  versions = new Map();
  editions = new Map();
  contents = new Map();
  rows = new Map();
  noted = undefined;
  started = [];
  afterCreate = () => {};
  const edit = (id: string, change: Partial<Edition>) => {
    const edition = editions.get(id);
    if (edition) editions.set(id, { ...edition, ...change });
  };
  deps = {
    distribution: async () => aDistribution(),
    renderNotice,
    zones: async () => [],
    registry: { slots: async () => [] },
    notices: { read: async () => current, readVersion: async (_, version) => versions.get(version) },
    withdrawals: { note: async (_publicId, _version, one) => (noted ??= one) },
    editions: {
      read: async (id) => editions.get(id),
      async create(edition) {
        if (editions.has(edition.id)) return false;
        editions.set(edition.id, edition);
        afterCreate();
        return true;
      },
      async supersede(id, by) {
        const edition = editions.get(id);
        if (!edition) return 'unknown';
        const { superseded = { by, wasPaused: edition.paused } } = edition;
        edit(id, { superseded, paused: false });
        return superseded;
      },
      async putContent(_id, fragments) {
        const hash = fragmentsHash(fragments).slice(0, 32);
        contents.set(hash, fragments);
        return { hash, parts: 1 };
      },
      begin: async () => {},
      withhold: async () => {},
      correct: async () => {},
    },
    ranges: { read: async ({ edition }) => rows.get(edition) },
    start: async ({ id }, _slots, delay) => void started.push([id, delay]),
    profileWriterSeconds: 30,
    leaseSeconds,
    now: () => now,
  };
});

/** A version becomes what customers can read, and is told. */
async function release(version: number, said: string, products: readonly string[] = ['Checkout']) {
  const fragments = mail(said);
  show(version, 'public', { content: { ...content, products: [...products] }, mailHash: fragmentsHash(fragments) });
  return tellNotice({ publicId, version, fragments }, deps);
}

async function withdraw(version: number) {
  show(version, 'withdrawn');
  return tellNotice({ publicId, version }, deps);
}

function show(version: number, standing: PublicNotice['standing'], more: Partial<NoticeVersion> = {}) {
  const at = now.toISOString().replace('.000Z', 'Z');
  versions.set(version, { version, at, ...more });
  current = { publicId, version, standing, publishedAt: at, at };
}

const sentTo = (version: number, ...readers: number[]) =>
  rows.set(
    idOf(version),
    aLeaf({
      outcomes: Object.fromEntries(readers.map((n) => [aSid(n), { kind: 'accepted', attempt: 1, messageId: `m${n}`, made: someMade() }])),
    }),
  );

it('sends the mail that was approved, under the public id alone', async () => {
  expect(await release(2, 'First')).toEqual({ edition: idOf(2) });

  const edition = editions.get(idOf(2));
  expect(edition).toMatchObject({
    incident: publicId,
    notice: { public: publicId, version: 2 },
    carries: [],
    subject: 'First',
    paused: false,
  });
  expect(contents.get(edition?.content?.hash ?? '')?.subject).toBe('First');
  expect(started).toEqual([[idOf(2), 0]]);
});

it('makes one mail, however often it is asked', async () => {
  await release(1, 'First');
  await release(1, 'First');

  expect([...editions.keys()]).toEqual([idOf(1)]);
});

it('sends nothing that differs from what was approved', async () => {
  show(1, 'public', { content, mailHash: fragmentsHash(mail('First')) });

  await expect(tellNotice({ publicId, version: 1, fragments: mail('Second') }, deps)).rejects.toThrow(NotTheApprovedMail);
  expect(editions.size).toBe(0);
});

it('ends the mail of the version before, and waits until no worker can be sending it', async () => {
  await release(1, 'First');
  await release(3, 'Second');

  expect(editions.get(idOf(1))?.superseded).toEqual({ by: idOf(3), wasPaused: false });
  expect(started.at(-1)).toEqual([idOf(3), leaseSeconds]);
});

it('begins held where an operator held the one before', async () => {
  await release(1, 'First');
  editions.set(idOf(1), { ...(editions.get(idOf(1)) as Edition), paused: true });
  await release(2, 'Second');

  expect(editions.get(idOf(2))?.paused).toBe(true);
});

it('says that a notice was withdrawn in words that are true for whoever joined since, and never its title', async () => {
  await release(1, 'First', ['Checkout', 'Exports']);
  sentTo(1, 1);
  now = new Date('2026-11-20T09:00:00Z');
  await withdraw(2);

  const edition = editions.get(idOf(2));
  expect(edition?.cutoff).toBe('2026-11-20T09:00:00Z');
  const told = JSON.stringify(contents.get(edition?.content?.hash ?? ''));
  expect(edition).toMatchObject({ subject: 'A notice was withdrawn', notice: { public: publicId, version: 2 } });
  expect(told).toContain('A notice that we published on 19 November 2026 at 17:02, Berlin time, was withdrawn.');
  expect(told).toContain('"topics":["product:checkout","product:exports"]');
  expect(told).not.toContain('unavailable');
  expect(noted?.hash.slice(0, 32)).toBe(edition?.content?.hash);
});

it('mails no withdrawal of what nobody has', async () => {
  await release(1, 'First');

  expect(await withdraw(2)).toBeUndefined();
  expect(editions.get(idOf(1))?.superseded?.by).toBe(idOf(2));
  expect(editions.has(idOf(2))).toBe(false);
});

it('counts a worker that has a part of it as somebody who may have it', async () => {
  await release(1, 'First');
  rows.set(idOf(1), aLeaf({ state: 'open', leaseEndsAt: now.getTime() + 1 }));

  expect(await withdraw(2)).toEqual({ edition: idOf(2) });
});

it('mails no second withdrawal of what one has reached everybody of', async () => {
  await release(1, 'First');
  sentTo(1, 1);
  await withdraw(2);
  editions.set(idOf(2), { ...(editions.get(idOf(2)) as Edition), completedAt: '2026-11-20T10:00:00Z' });
  await release(3, 'Again');
  expect(await withdraw(4)).toBeUndefined();
});

it('sends the withdrawal that was noted first, if it was rendered twice', async () => {
  await release(1, 'First');
  sentTo(1, 1);
  noted = { hash: 'a'.repeat(64), parts: 3 };
  await withdraw(2);

  expect(editions.get(idOf(2))?.content).toEqual({ hash: 'a'.repeat(32), parts: 3 });
});

it('starts nothing if another version counts by the time it is stored', async () => {
  afterCreate = () => show(2, 'withdrawn');
  await release(1, 'First');

  expect(started).toEqual([]);
  expect(editions.get(idOf(1))?.superseded?.by).toBe(idOf(2));
});

it('makes no mail of a version that was replaced before anybody was told', async () => {
  const fragments = mail('First');
  show(1, 'public', { content, mailHash: fragmentsHash(fragments) });
  show(2, 'withdrawn');

  expect(await tellNotice({ publicId, version: 1, fragments }, deps)).toBeUndefined();
  expect(editions.size).toBe(0);
});

it('refuses to tell what is not shown', async () => {
  versions.set(1, { version: 1, at: '2026-11-19T16:02:00Z', content, mailHash: fragmentsHash(mail('First')) });

  await expect(tellNotice({ publicId, version: 1, fragments: mail('First') }, deps)).rejects.toThrow('before it is shown');
  expect(started).toEqual([]);
});

it('knows the products of every version before', async () => {
  await release(1, 'First', ['Checkout']);
  await release(3, 'Second', ['Exports', 'Checkout']);

  expect(await productsBefore({ publicId, version: 4 }, deps)).toEqual(['Checkout', 'Exports']);
});

it('reads the versions before one side by side, and in their order', async () => {
  let [reading, most] = [0, 0];
  const readVersion: TellNoticeDeps['notices']['readVersion'] = async (_, version) => {
    reading += 1;
    most = Math.max(most, reading);
    await Promise.resolve();
    reading -= 1;
    if (version === 2) return undefined;
    return { version, at: '2026-11-17T15:00:00Z', content: { ...content, products: [`P${version}`] } };
  };

  expect(await productsBefore({ publicId, version: 5 }, { notices: { read: async () => undefined, readVersion } })).toEqual([
    'P1',
    'P3',
    'P4',
  ]);
  expect(most).toBe(4);
});
