import * as z from 'zod';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { PostLink, PostLinks } from '../../core/slack/ports.ts';
import { isLinkRevoked } from '../../core/slack/slack-post.ts';
import { audiences } from '../../core/stream/audience.ts';
import type { Condition, Table } from './table.ts';
import { expiryAttribute, expiryFrom, postLinkKey, revokedLinksKey } from './table-shape.ts';

const isNew: Condition = { expression: 'attribute_not_exists(pk)' };

/** One for an audience of a later release is none here. */
const Link = z.object({
  postmortem: PostmortemId,
  audience: z.enum(audiences),
  channel: z.string(),
  channelName: z.string().optional().catch(undefined),
  after: Instant.optional(),
  expiresOn: Instant,
});

const Revocation = z.object({ at: Instant });

/**
 * A revoked link stays as a mark that opens nothing, so that a worker that puts the link late, or
 * once more, does not bring it back.
 */
export function dynamoPostLinks(table: Table, now: () => Date): PostLinks {
  const revokedAt = async (postmortem: PostmortemId) => {
    const item = await table.read(revokedLinksKey(postmortem));
    return item && Revocation.parse(item).at;
  };
  return {
    async put(hash, { expiresAt, ...link }) {
      const expiry = { [expiryAttribute]: Math.ceil(Date.parse(expiresAt) / 1000) };
      await table.put({ ...postLinkKey(hash), ...link, expiresOn: expiresAt, ...expiry }, isNew);
    },
    async read(hash) {
      const item = await table.read(postLinkKey(hash));
      const link = item && Link.safeParse(item).data;
      if (!link || Date.parse(link.expiresOn) <= now().getTime()) return undefined;
      if (isLinkRevoked({ linkAfter: link.after }, await revokedAt(link.postmortem))) return undefined;
      const { expiresOn: expiresAt, ...about } = link;
      return { ...about, expiresAt } satisfies PostLink;
    },
    async revoke(hash) {
      await table.put({ ...postLinkKey(hash), revoked: true, ...expiryFrom(now()) });
    },
    async revokeAll(postmortem, at) {
      await table.put({ ...revokedLinksKey(postmortem), at });
    },
    revokedAt,
  };
}
