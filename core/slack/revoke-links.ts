import type { PostmortemId } from '../postmortem/postmortem.ts';
import { linkHash } from './capability-link.ts';
import type { PostLinks, SlackPosts } from './ports.ts';
import type { ChannelId } from './slack-post.ts';

interface RevokeDeps {
  readonly posts: Pick<SlackPosts, 'list' | 'read' | 'replace'>;
  readonly links: Pick<PostLinks, 'revoke'>;
}

/** Each time somebody else changed the row first. */
const tries = 10;

/**
 * Ends every capability link of a postmortem, and answers how many. All of them open nothing before
 * the first row is changed, so that a call that dies in between leaves posts whose links are dead,
 * and the next call finishes it.
 */
export async function revokeLinks(postmortem: PostmortemId, { posts, links }: RevokeDeps): Promise<number> {
  const linked = (await posts.list(postmortem)).flatMap(({ channel, link }) => (link === undefined ? [] : [{ channel, link }]));
  await Promise.all(linked.map(({ link }) => links.revoke(linkHash(link))));
  for (const { channel } of linked) await forget(postmortem, channel, { posts, links });
  return linked.length;
}

/** A row may have got another link since it was listed. */
async function forget(postmortem: PostmortemId, channel: ChannelId, { posts, links }: RevokeDeps): Promise<void> {
  for (let i = 0; i < tries; i += 1) {
    const row = await posts.read(postmortem, channel);
    if (row?.link === undefined) return;
    await links.revoke(linkHash(row.link));
    if (await posts.replace({ ...row, link: undefined })) return;
  }
  throw new Error('others kept changing a post');
}
