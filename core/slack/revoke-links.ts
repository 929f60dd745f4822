import type { PostmortemId } from '../postmortem/postmortem.ts';
import { toInstant } from '../shared/instant.ts';
import { linkHash } from './capability-link.ts';
import type { PostLinks, SlackPosts } from './ports.ts';
import { type ChannelId, hasLink } from './slack-post.ts';

interface RevokeDeps {
  readonly posts: Pick<SlackPosts, 'list' | 'read' | 'replace'>;
  readonly links: Pick<PostLinks, 'revoke' | 'revokeAll' | 'revokedAt'>;
  readonly now: () => Date;
}

/** Each time somebody else changed the row first. */
const tries = 10;

/**
 * Ends every capability link of a postmortem, also of posts that are just being made, and answers
 * how many opened something. Posts that begin later get none, unless an operator asks for one. All
 * of them open nothing before the first row is changed, so that a call that dies in between leaves
 * posts whose links are dead, and the next call finishes it.
 */
export async function revokeLinks(postmortem: PostmortemId, { posts, links, now }: RevokeDeps): Promise<number> {
  const before = await links.revokedAt(postmortem);
  await links.revokeAll(postmortem, toInstant(now()));
  const rows = await posts.list(postmortem);
  const linked = rows.flatMap(({ channel, link }) => (link === undefined ? [] : [{ channel, link }]));
  await Promise.all(linked.map(({ link }) => links.revoke(linkHash(link))));
  for (const { channel } of linked) await forget(postmortem, channel, { posts, links });
  return rows.filter((row) => hasLink(row, before)).length;
}

/** A row may have got another link since it was listed. */
async function forget(postmortem: PostmortemId, channel: ChannelId, { posts, links }: Omit<RevokeDeps, 'now'>): Promise<void> {
  for (let i = 0; i < tries; i += 1) {
    const row = await posts.read(postmortem, channel);
    if (row?.link === undefined) return;
    await links.revoke(linkHash(row.link));
    if (await posts.replace({ ...row, link: undefined })) return;
  }
  throw new Error('others kept changing a post');
}
