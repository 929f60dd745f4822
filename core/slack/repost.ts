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
  /** It stands. The next message tries again what Slack refused. */
  | 'looked at'
  /** It is under way. */
  | 'under way'
  /** Nothing of the postmortem may be told. */
  | 'not to be told'
  /** Somebody changed the post meanwhile. */
  | 'changed';

/**
 * Has a postmortem posted on purpose: where its post was lost, refused or could not be confirmed,
 * and where there is none yet. `audience`: of the channel, for a new post. The history is looked at
 * before one that could not be confirmed is posted again. It has a link, also after all links of
 * the postmortem were revoked. One that stands is looked at again, and gets no other link.
 */
export async function repost(postmortem: PostmortemId, channel: ChannelId, audience: Audience, deps: RepostDeps): Promise<Reposted> {
  const [wanted, row, revokedAt] = await Promise.all([
    deps.wanted.read(postmortem),
    deps.posts.read(postmortem, channel),
    deps.links.revokedAt(postmortem),
  ]);
  if (wanted?.standing !== 'told') return 'not to be told';
  const post = askedFor(row?.post, deps.now());
  if (!post) return 'under way';
  const link = { link: deps.newLink(), ...(revokedAt !== undefined && { linkAfter: revokedAt }) };
  const isWithout = row?.link === undefined || isLinkRevoked(row, revokedAt);
  const anew = { asked: true, ...(isWithout && link) };
  const isStored = row
    ? await deps.posts.replace({ ...row, ...(post.state !== 'posted' && anew), post })
    : await deps.posts.create({ ...newRow(postmortem, channel, audience, deps), ...link, post });
  if (!isStored) return 'changed';
  await deps.queue.send([{ postmortem, channel }], 0);
  return post.state === 'posted' ? 'looked at' : 'asked for';
}

const newRow = (postmortem: PostmortemId, channel: ChannelId, audience: Audience, deps: RepostDeps): Omit<SlackPostRow, 'post'> => ({
  postmortem,
  channel,
  audience,
  key: deps.newKey(),
  asked: true,
  version: 1,
});

/** A post once an operator asked for it. Undefined: it is under way. */
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
      return undefined;
    case 'posted':
      return triedAgain(post);
    default:
      return post satisfies never;
  }
}

/** A post of which Slack's last refusal counts no more. Since when it waits stays. */
export function triedAgain<P extends SlackPost>(post: P): P {
  if (post.state === 'refused') return { ...post, hash: '' };
  return post.state === 'posted' && post.refused ? { ...post, refused: { ...post.refused, hash: '' } } : post;
}
