import * as z from 'zod';
import { Hash } from '../../core/approval/approval-request.ts';
import type { StoredMail, WithdrawalMails } from '../../core/notice/ports.ts';
import type { Condition, Item, Table } from './table.ts';
import { noticeVersionKey } from './table-shape.ts';

/** `content`: it is no withdrawal, and its mail was approved. */
const noMail: Condition = {
  expression: 'attribute_exists(pk) AND attribute_not_exists(mailHash) AND attribute_not_exists(#content)',
  names: { '#content': 'content' },
};
const Noted = z.object({ mailHash: Hash, mailParts: z.int().positive() });

const notedIn = (item: Item | undefined): StoredMail | undefined => {
  const { mailHash, mailParts } = Noted.safeParse(item).data ?? {};
  return mailHash !== undefined && mailParts !== undefined ? { hash: mailHash, parts: mailParts } : undefined;
};

export const dynamoWithdrawalMails = (table: Table): WithdrawalMails => ({
  async note(publicId, version, { hash, parts }) {
    const key = noticeVersionKey(publicId, version);
    const before = await table.read(key);
    const noted = notedIn(before);
    if (noted) return noted;
    if (before && (await table.put({ ...before, ...key, mailHash: hash, mailParts: parts }, noMail))) return { hash, parts };
    const first = notedIn(await table.read(key));
    if (!first) throw new Error(`notice ${publicId}: version ${version} is no withdrawal that a mail could be noted of`);
    return first;
  },
});
