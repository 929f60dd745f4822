import type { PostmortemId } from '../postmortem/postmortem.ts';
import { toInstant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import type { PostLinks, PostQueue, SlackPosts, WantedPosts } from './ports.ts';
import { type ChannelId, isLinkRevoked, type SlackPost, type SlackPostRow } from './slack-post.ts';

export interface RepostDeps {
  readonly posts: Pick<SlackPosts, 'read' | 'create' | 'replace'>;
  readonly wanted: Pick<WantedPosts, 'read'>;
  readonly links: Pick<PostLinks, 'revokedAt'>;
  readonly queue: PostQueue;
  readonly now: () => Date;
  readonly newKey: () => string;
  readonly newLink: () => string;
}

export type Reposted =
  /** It is posted by the next message, however old it is. */
  | 'asked for'
  /** It stands already, or is under way. */
  | 'stands'
  /** Nothing of the postmortem may be told. */
  | 'not to be told'
  /** Somebody changed the post meanwhile. */
  | 'changed';

/**
 * Has a postmortem posted on purpose: where its post was lost, refused or could not be confirmed,
 * and where there is none yet. `audience`: of the channel, for a new post. The history is looked at
 * before one that could not be confirmed is posted again. It has a link, also after all links of
 * the postmortem were revoked.
 */
export async function repost(postmortem: PostmortemId, channel: ChannelId, audience: Audience, deps: RepostDeps): Promise<Reposted> {
  const [wanted, row, revokedAt] = await Promise.all([
    deps.wanted.read(postmortem),
    deps.posts.read(postmortem, channel),
    deps.links.revokedAt(postmortem),
  ]);
  if (wanted?.standing !== 'told') return 'not to be told';
  const post = askedFor(row?.post, deps.now());
  if (!post) return 'stands';
  const link = { link: deps.newLink(), ...(revokedAt !== undefined && { linkAfter: revokedAt }) };
  const isWithout = row?.link === undefined || isLinkRevoked(row, revokedAt);
  const isStored = row
    ? await deps.posts.replace({ ...row, ...(isWithout && link), asked: true, post })
    : await deps.posts.create({ ...newRow(postmortem, channel, audience, deps), ...link, post });
  if (!isStored) return 'changed';
  await deps.queue.send([{ postmortem, channel }], 0);
  return 'asked for';
}

const newRow = (postmortem: PostmortemId, channel: ChannelId, audience: Audience, deps: RepostDeps): Omit<SlackPostRow, 'post'> => ({
  postmortem,
  channel,
  audience,
  key: deps.newKey(),
  asked: true,
  version: 1,
});

/** A post once an operator asked for it. Undefined: it stands, or is under way. */
export function askedFor(post: SlackPost | undefined, now: Date): SlackPost | undefined {
  const since = toInstant(now);
  switch (post?.state) {
    case undefined:
    case 'refused':
    case 'lost':
      return { state: 'absent', since, doubts: 0 };
    case 'absent':
      return post;
    case 'unconfirmed':
      return { state: 'absent', since: post.since, doubts: 1 };
    case 'posting':
    case 'doubtful':
    case 'posted':
      return undefined;
    default:
      return post satisfies never;
  }
}
