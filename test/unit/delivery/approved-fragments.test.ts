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

it('lets out what was approved, and asks once for the same content', async () => {
  const { read, asked, refused } = reading();

  expect(await read()).toBe(approved);
  expect(await read()).toBe(approved);
  expect(asked).toEqual(['k7p3wq9xzt 1']);
  expect(refused).toEqual([]);
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

it('asks nothing for what needs no approval', async () => {
  const { read, asked } = reading();

  expect(await read(anEdition({ stream: 'service', realm: 'customers', service: { kind: 'confirm', about: 'x' } }))).toBe(approved);
  expect(await read(anEdition())).toBe(approved);
  expect(asked).toEqual([]);
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
