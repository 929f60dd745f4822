import * as z from 'zod';
import { Hash } from '../../core/approval/approval-request.ts';
import { PublicId } from '../../core/notice/external.ts';
import { NoticeContent } from '../../core/notice/notice-content.ts';
import type { NoticeVersion, PublicNotice, PublicNotices } from '../../core/notice/ports.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { Condition, Item, Table } from './table.ts';
import { inNotices, noticesPartition, noticeVersionKey, publicNoticeKey } from './table-shape.ts';

/** A standing that a later release knows shows nothing. */
const Notice = z.object({
  publicId: PublicId,
  version: z.int().positive(),
  standing: z.enum(['public', 'withdrawn', 'unseen']).catch('unseen'),
  publishedAt: Instant,
  at: Instant,
}) satisfies z.ZodType<PublicNotice>;

const Version = z.object({
  version: z.int().positive(),
  at: Instant,
  content: NoticeContent.optional(),
  mailHash: Hash.optional(),
}) satisfies z.ZodType<NoticeVersion>;

const nobodyPut: Condition = { expression: 'attribute_not_exists(pk)' };
/** Nobody wrote it since it was read, and the version rises. */
const isStill = ({ version: over }: PublicNotice, version: number): Condition => ({
  expression: '#version = :over AND #version < :version',
  names: { '#version': 'version' },
  values: { ':over': over, ':version': version },
});

export const dynamoPublicNotices = (table: Table): PublicNotices => ({
  async read(publicId) {
    const item = await table.read(publicNoticeKey(publicId));
    return item && Notice.parse(item);
  },
  async readVersion(publicId, version) {
    const item = await table.read(noticeVersionKey(publicId, version));
    return item && Version.parse(item);
  },
  async putVersion(publicId, version) {
    await table.put({ ...noticeVersionKey(publicId, version.version), ...version }, nobodyPut);
  },
  show(notice, over) {
    // Nobody is told of one that nobody could see.
    const place = notice.standing === 'unseen' ? {} : { ...inNotices(notice.publishedAt, notice.publicId), listed: notice };
    return table.put({ ...publicNoticeKey(notice.publicId), ...notice, ...place }, over ? isStill(over, notice.version) : nobodyPut);
  },
  async list(limit) {
    const { items } = await table.query(noticesPartition, { index: true, descending: true, limit });
    return items.flatMap((item: Item): PublicNotice | never[] => Notice.safeParse(item.listed).data ?? []);
  },
});
