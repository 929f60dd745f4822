import { expect, it } from 'vitest';
import { approvedFragments } from '../../../core/delivery/approved-fragments.ts';
import type { ApprovalReader } from '../../../core/delivery/ports.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { asContentHash, fragmentsHash } from '../../../core/mail/fragments-hash.ts';
import { anEdition, someFragments } from '../../support/delivery.ts';
import { aWorld } from '../../support/delivery-fixture.ts';

const approved = someFragments({ subject: 'Checkout was unavailable' });
const mailHash = fragmentsHash(approved);

const aNotice = (change: Partial<Edition> = {}) =>
  anEdition({
    id: 'customer-notices_k7p3wq9xzt_r1',
    stream: 'customer-notices',
    notice: { public: 'k7p3wq9xzt', version: 1 },
    content: { hash: asContentHash(mailHash), parts: 1 },
    ...change,
  });

/** What deliver reads of a notice whose version 1 was approved and counts. */
function reading(change: { stored?: EditionFragments; approved?: Awaited<ReturnType<ApprovalReader['approved']>> } = {}) {
  const stored = change.stored ?? approved;
  const refused: string[] = [];
  const asked: string[] = [];
  const reader = approvedFragments(
    { readStored: async () => ({ fragments: stored, hash: fragmentsHash(stored) }) },
    {
      async approved(publicId, version) {
        asked.push(`${publicId} ${version}`);
        return 'approved' in change ? change.approved : { current: 1, mailHash };
      },
    },
    ({ id }) => refused.push(id),
  );
  return { read: (edition: Edition = aNotice()) => reader.readFragments(edition), refused, asked };
}

const notApproved = { unsendable: 'not approved' };

it('lets out what was approved', async () => {
  const { read, asked, refused } = reading();

  expect(await read()).toBe(approved);
  expect(asked).toEqual(['k7p3wq9xzt 1']);
  expect(refused).toEqual([]);
});

it('lets nothing out any more once it was withdrawn, in a container that sent before', async () => {
  let current = 1;
  const stored = { readStored: async () => ({ fragments: approved, hash: mailHash }) };
  const reader = approvedFragments(stored, { approved: async () => ({ current, mailHash }) }, () => expect.unreachable());

  expect(await reader.readFragments(aNotice())).toBe(approved);
  current = 2;
  expect(await reader.readFragments(aNotice())).toEqual({ unsendable: 'replaced' });
});

it.each([
  ['one letter differs', { stored: someFragments({ subject: 'Checkout was unavailable.' }) }, aNotice()],
  ['there is no such notice', { approved: undefined }, aNotice()],
  ['the version has no mail', { approved: { current: 1 } }, aNotice()],
  ['META names no version', {}, aNotice({ notice: undefined })],
  [
    'META names a version that nobody could see yet',
    { approved: { current: 1, mailHash } },
    aNotice({ notice: { public: 'k7p3wq9xzt', version: 2 } }),
  ],
  ['META names another content', {}, aNotice({ content: { hash: 'f'.repeat(32), parts: 1 } })],
] as const)('lets nothing out if %s, and says so once', async (_, change, edition) => {
  const { read, refused } = reading(change);

  expect([await read(edition), await read(edition)]).toEqual([notApproved, notApproved]);
  expect(refused).toEqual([edition.id]);
});

it('lets nothing out of a version that a later one replaced, and rings nobody for it', async () => {
  const { read, refused } = reading({ approved: { current: 2, mailHash } });

  expect(await read()).toEqual({ unsendable: 'replaced' });
  expect(refused).toEqual([]);
});

const sid = 'a'.repeat(32);
const anAnswer = (change: Partial<Edition> = {}) =>
  anEdition({
    id: `service-customers_confirm_${sid}_customer-notices_1s4ac`,
    stream: 'service',
    realm: 'customers',
    service: { kind: 'confirm', about: 'customer-notices' },
    audience: { kind: 'list', subscribers: [sid] },
    ...change,
  });

it('asks nothing for an answer to a customer', async () => {
  const { read, asked } = reading();

  expect(await read(anAnswer())).toBe(approved);
  expect(asked).toEqual([]);
});

it.each([
  ['has the id of a notice', anAnswer({ id: 'customer-notices_k7p3wq9xzt_r9' })],
  [
    'has the id of a notice and names its version',
    anAnswer({ id: 'customer-notices_k7p3wq9xzt_r1', notice: { public: 'k7p3wq9xzt', version: 1 } }),
  ],
  ['has the id of an answer to somebody else', anAnswer({ audience: { kind: 'list', subscribers: ['b'.repeat(32)] } })],
  ['is for two', anAnswer({ audience: { kind: 'list', subscribers: [sid, 'b'.repeat(32)] } })],
  ['is for nobody', anAnswer({ audience: { kind: 'list', subscribers: [] } })],
  ['is for all', anAnswer({ audience: { kind: 'stream' } })],
  ['is of a kind for staff', anAnswer({ id: `service-customers_sign-in_${sid}_1s4ac`, service: { kind: 'sign-in', about: '' } })],
  ['is of no kind', anAnswer({ service: undefined })],
  ['is of another realm', anAnswer({ realm: 'staff' })],
  ['names an incident', anAnswer({ incident: 'checkout-down' })],
  ['is of a stream that asks nobody', anAnswer({ id: 'engineering-digest_2026-W47', stream: 'engineering-digest', service: undefined })],
  ['says that it is a digest', anAnswer({ stream: 'engineering-digest' })],
  ['is a notice under another id', aNotice({ id: 'customer-notices_k7p3wq9xzt_r9' })],
])('lets nothing out that %s', async (_, edition) => {
  const { read, refused } = reading();

  expect(await read(edition)).toEqual(notApproved);
  expect(refused).toEqual([edition.id]);
});

it('asks again after it could not read', async () => {
  let fails = true;
  const reader = approvedFragments(
    { readStored: async () => ({ fragments: approved, hash: mailHash }) },
    {
      async approved() {
        if (fails) throw new Error('no answer');
        return { current: 1, mailHash };
      },
    },
    () => {},
  );

  await expect(reader.readFragments(aNotice())).rejects.toThrow('no answer');
  fails = false;
  expect(await reader.readFragments(aNotice())).toBe(approved);
});

it.each([
  ['not approved', { kind: 'refused', attempt: 1, code: 'NotApproved' }],
  ['replaced', { kind: 'skipped', reason: 'superseded' }],
] as const)('gives every reader an outcome, and no call to SES, where a mail is %s', async (unsendable, outcome) => {
  const world = aWorld(3);
  world.deps = { ...world.deps, fragments: { readFragments: async () => ({ unsendable }) } };

  await world.deliver();

  const [row] = [...world.rows.values()];
  expect(row?.shape === 'leaf' && Object.values(row.outcomes)).toEqual([outcome, outcome, outcome]);
  expect(world.calls).toEqual([]);
});
