import { dayMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import type { PostQueue, SlackPosts } from './ports.ts';
import { triedAgain } from './repost.ts';
import type { SlackChannel } from './slack-post.ts';

interface TryAgainDeps {
  readonly posts: Pick<SlackPosts, 'unsettled' | 'replace'>;
  readonly queue: PostQueue;
  readonly now: () => Date;
}

/** So many are tried at once, the oldest first, and none that has waited for longer. */
const most = 300;
const longestWait = 14 * dayMs;

/**
 * Has each post tried again that Slack refused, or that was taken out of a shared channel, once the
 * list of channels was read anew. Not where the list shows that nothing may stand there still.
 * Answers how many.
 */
export async function tryRefusedAgain(channels: readonly SlackChannel[], { posts, queue, now }: TryAgainDeps): Promise<number> {
  const byId = new Map(channels.map((one) => [one.id, one]));
  const isOpen = (id: string) => {
    const channel = byId.get(id);
    return !channel || (channel.isMember && !channel.isArchived && !channel.isShared);
  };
  const since = toInstant(new Date(now().getTime() - longestWait));
  const rows = (await posts.unsettled(most, since)).filter(({ channel, post }) => isRefused(post) && isOpen(channel));
  for (const row of rows) await posts.replace({ ...row, post: triedAgain(row.post) });
  await queue.send(
    rows.map(({ postmortem, channel }) => ({ postmortem, channel })),
    0,
  );
  return rows.length;
}

const isRefused = (post: Parameters<typeof triedAgain>[0]): boolean =>
  post.state === 'refused' || (post.state === 'posted' && post.refused !== undefined);
