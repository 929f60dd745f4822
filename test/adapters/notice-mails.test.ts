import { beforeEach, expect, it } from 'vitest';
import { dynamoApprovals } from '../../adapters/dynamodb/approval-reader.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { partKey } from '../../adapters/dynamodb/table-shape.ts';
import { dynamoWithdrawalMails } from '../../adapters/dynamodb/withdrawal-mails.ts';
import { asContentHash, fragmentsHash } from '../../core/mail/fragments-hash.ts';
import { mailHashOf } from '../../core/notice/artefact.ts';
import type { NoticeContent } from '../../core/notice/notice-content.ts';
import { anEdition, someFragments } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const now = () => new Date('2026-11-19T16:02:00Z');
const at = '2026-11-19T16:02:00Z';
const publicId = 'k7p3wq9xzt';
const fragments = someFragments();
const mail = (digit: string, parts = 1) => ({ hash: digit.repeat(64), parts });
const content = { publicId, title: 'Slow checkout', body: 'It was slow.', products: ['Checkout'], state: 'final' } satisfies NoticeContent;

it('names the content of an edition by what its mail is approved by, and reads it back with that', async () => {
  const editions = dynamoEditionStore(table, now);
  const stored = await editions.putContent('e', fragments);

  expect(mailHashOf(fragments)).toBe(fragmentsHash(fragments));
  expect(stored.hash).toBe(asContentHash(fragmentsHash(fragments)));
  expect(await editions.readStored(anEdition({ id: 'e', content: stored }))).toEqual({ fragments, hash: fragmentsHash(fragments) });
});

it('sees a stored text that was overwritten', async () => {
  const writing = dynamoEditionStore(table, now);
  const stored = await writing.putContent('e', fragments);
  const other = await writing.putContent('other', someFragments({ subject: 'Another' }));
  const bytes = (await table.read(partKey('other', other.hash, 0)))?.bytes;
  await table.put({ ...partKey('e', stored.hash, 0), bytes });

  const read = await dynamoEditionStore(table, now).readStored(anEdition({ id: 'e', content: stored }));
  expect(read.hash).not.toBe(fragmentsHash(fragments));
});

it('knows which version counts, and the hash of the mail of another', async () => {
  const notices = dynamoPublicNotices(table);
  await notices.putVersion(publicId, { version: 1, at, content, mailHash: fragmentsHash(fragments) });
  await notices.putVersion(publicId, { version: 3, at });
  await notices.show({ publicId, version: 3, standing: 'withdrawn', publishedAt: at, at }, undefined);
  const approvals = dynamoApprovals(table);

  expect(await approvals.approved(publicId, 1)).toEqual({ current: 3, mailHash: fragmentsHash(fragments) });
  expect(await approvals.approved(publicId, 3)).toEqual({ current: 3 });
  expect(await approvals.approved(publicId, 2)).toBeUndefined();
  expect(await approvals.approved('bcdfghjkmn', 1)).toBeUndefined();
});

it('notes the mail of a withdrawal once, and that of nothing else', async () => {
  const [notices, withdrawals] = [dynamoPublicNotices(table), dynamoWithdrawalMails(table)];
  await notices.putVersion(publicId, { version: 1, at, content, mailHash: fragmentsHash(fragments) });
  await notices.putVersion(publicId, { version: 2, at });

  expect(await withdrawals.note(publicId, 2, mail('a', 2))).toEqual(mail('a', 2));
  expect(await withdrawals.note(publicId, 2, mail('b'))).toEqual(mail('a', 2));
  expect(await notices.readVersion(publicId, 2)).toMatchObject({ version: 2, at, mailHash: mail('a').hash });
  await expect(withdrawals.note(publicId, 1, mail('b'))).rejects.toThrow('no withdrawal');
  await expect(withdrawals.note(publicId, 4, mail('b'))).rejects.toThrow('no withdrawal');
  expect((await notices.readVersion(publicId, 1))?.mailHash).toBe(fragmentsHash(fragments));
});
