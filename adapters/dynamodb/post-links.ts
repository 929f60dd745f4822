import * as z from 'zod';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { PostLink, PostLinks } from '../../core/slack/ports.ts';
import { audiences } from '../../core/stream/audience.ts';
import type { Condition, Table } from './table.ts';
import { expiryAttribute, expiryFrom, postLinkKey } from './table-shape.ts';

const isNew: Condition = { expression: 'attribute_not_exists(pk)' };

/** One for an audience of a later release is none here. */
const Link = z.object({
  postmortem: PostmortemId,
  audience: z.enum(audiences),
  channel: z.string(),
  channelName: z.string().optional().catch(undefined),
  expiresOn: Instant,
});

/**
 * A revoked link stays as a mark that opens nothing, so that a worker that puts the link late, or
 * once more, does not bring it back.
 */
export const dynamoPostLinks = (table: Table, now: () => Date): PostLinks => ({
  async put(hash, { expiresAt, ...link }) {
    const expiry = { [expiryAttribute]: Math.ceil(Date.parse(expiresAt) / 1000) };
    await table.put({ ...postLinkKey(hash), ...link, expiresOn: expiresAt, ...expiry }, isNew);
  },
  async read(hash) {
    const item = await table.read(postLinkKey(hash));
    const link = item && Link.safeParse(item).data;
    if (!link || Date.parse(link.expiresOn) <= now().getTime()) return undefined;
    const { expiresOn: expiresAt, ...about } = link;
    return { ...about, expiresAt } satisfies PostLink;
  },
  async revoke(hash) {
    await table.put({ ...postLinkKey(hash), revoked: true, ...expiryFrom(now()) });
  },
});
