import type { Distribution } from '../distribution/distribution.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { dayMs, minuteMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import { linkHash } from './capability-link.ts';
import { channelsFor, isPostNews, unknownChannels } from './channels-for.ts';
import type { ChannelList, PostLinks, PostQueue, Slack, SlackPosts, WantedPosts } from './ports.ts';
import type { SlackChannel, SlackPostRow } from './slack-post.ts';
import { tryRefusedAgain } from './try-again.ts';

export interface FanOutDeps {
  readonly posts: Pick<SlackPosts, 'list' | 'unsettled' | 'replace'>;
  readonly links: Pick<PostLinks, 'revoke'>;
  readonly wanted: Pick<WantedPosts, 'read'>;
  readonly list: ChannelList;
  readonly slack: Pick<Slack, 'channels'>;
  readonly queue: PostQueue;
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly now: () => Date;
}

export interface FannedOut {
  readonly kind: 'fanned out';
  /** How many posts are looked at. */
  readonly posts: number;
  /** Names in the file that the workspace does not have, or that the app may not see. */
  readonly unknown: readonly string[];
}

/** In seconds. Without a list of channels nothing can be posted, so it is asked for again. */
const listDelay = 60;
/** How old a list may be in which a name is missing. */
const lackingMs = 5 * minuteMs;
/** How old a list may be in which none is missing. */
const wholeMs = dayMs;

/**
 * Has each post of a postmortem looked at: where it stands or is under way, and where it should
 * begin. Said twice, each is looked at twice, which does no harm.
 */
export async function fanOut(postmortem: PostmortemId, deps: FanOutDeps): Promise<FannedOut> {
  const [wanted, rows, file] = await Promise.all([deps.wanted.read(postmortem), deps.posts.list(postmortem), deps.distribution()]);
  if (wanted && wanted.standing !== 'told') await endLinksOfLost(rows, deps);
  const begins = wanted !== undefined && isPostNews(wanted, file?.slack);
  const channels = begins ? await channelsNaming(file, deps) : [];
  const targets = begins ? channelsFor(wanted, file, channels ?? []) : [];
  const ids = [...new Set([...rows.map(({ channel }) => channel), ...targets.map(({ channel }) => channel)])];
  if (ids.length > 0)
    await deps.queue.send(
      ids.map((channel) => ({ postmortem, channel })),
      0,
    );
  if (!channels) await deps.queue.send([{ postmortem }], listDelay);
  return { kind: 'fanned out', posts: ids.length, unknown: channels && begins ? unknownChannels(file, channels) : [] };
}

type EndingDeps = Pick<FanOutDeps, 'posts' | 'links'>;

/** Of posts that somebody deleted, which no worker touches: the link ends as those of others do. */
async function endLinksOfLost(rows: readonly SlackPostRow[], { posts, links }: EndingDeps): Promise<void> {
  for (const row of rows) {
    if (row.post.state !== 'lost' || row.link === undefined) continue;
    await links.revoke(linkHash(row.link));
    await posts.replace({ ...row, link: undefined });
  }
}

/**
 * The workspace's channels. Reads them anew if the file names one that is not among them, at most
 * every five minutes, and after a day. Undefined: nobody knows them, and Slack does not say.
 */
async function channelsNaming(file: Distribution | undefined, deps: FanOutDeps): Promise<readonly SlackChannel[] | undefined> {
  const known = await deps.list.read();
  const age = known ? deps.now().getTime() - Date.parse(known.at) : wholeMs;
  if (age >= wholeMs) return (await refreshChannels(deps)) ?? known?.channels;
  if (!known || age < lackingMs || unknownChannels(file, known.channels).length === 0) return known?.channels;
  return (await readAnew(deps)) ?? known.channels;
}

/**
 * Reads the workspace's channels anew and keeps them, and has posts that were refused tried again.
 * Undefined: Slack does not say.
 */
export async function refreshChannels(deps: Omit<FanOutDeps, 'wanted' | 'distribution'>): Promise<readonly SlackChannel[] | undefined> {
  const channels = await readAnew(deps);
  if (channels) await tryRefusedAgain(channels, deps);
  return channels;
}

async function readAnew({ list, slack, now }: Pick<FanOutDeps, 'list' | 'slack' | 'now'>): Promise<readonly SlackChannel[] | undefined> {
  const answer = await slack.channels();
  if (answer.kind !== 'ok') return undefined;
  await list.put({ at: toInstant(now()), channels: answer.value });
  return answer.value;
}
