import * as z from 'zod';
import type { ApprovalReader } from '../../core/delivery/ports.ts';
import type { Table } from './table.ts';
import { noticeVersionKey, publicNoticeKey } from './table-shape.ts';

const Current = z.object({ version: z.int() });
const Version = z.object({ mailHash: z.string().optional() });

/** All that sending knows of a public notice: which version counts, and the hash of a mail. */
export const dynamoApprovals = (table: Table): ApprovalReader => ({
  async approved(publicId, version) {
    const [current, wanted] = await Promise.all([table.read(publicNoticeKey(publicId)), table.read(noticeVersionKey(publicId, version))]);
    if (!current || !wanted) return undefined;
    const { mailHash } = Version.parse(wanted);
    return { current: Current.parse(current).version, ...(mailHash !== undefined && { mailHash }) };
  },
});
