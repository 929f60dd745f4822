import type { DistributionStore } from '../distribution/apply-distribution.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { isConcerned } from '../rendition/renditions.ts';
import { dayMs, minuteMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { audienceIn, channelFinder, channelResolver, channelsFor, channelsIn, isPostNews, isWholeList } from '../slack/channels-for.ts';
import type { ChannelList, PostLinks, SlackPace, SlackPosts, WantedPosts } from '../slack/ports.ts';
import { askedFor } from '../slack/repost.ts';
import { hasLink, mustGo, type SlackChannel, type SlackPostRow, type WantedPost, waitsSince } from '../slack/slack-post.ts';
import type { ChannelStanding, NamedChannel, ShownPost, SlackChannelsAnswer, SlackPostsAnswer, SlackWaits } from './slack-api.ts';

export interface ShowSlackDeps {
  /** Whether the stack has Slack. Rows of a stack that had it stay. */
  readonly isDeployed: boolean;
  readonly posts: Pick<SlackPosts, 'list' | 'unsettled'>;
  readonly wanted: Pick<WantedPosts, 'read'>;
  readonly links: Pick<PostLinks, 'revokedAt'>;
  readonly channels: Pick<ChannelList, 'read'>;
  readonly pace: Pick<SlackPace, 'heldUntil'>;
  readonly file: Pick<DistributionStore, 'read'>;
  /** The current revision of a postmortem. */
  readonly stored: (id: PostmortemId) => Promise<StoredPostmortem | undefined>;
  readonly now: () => Date;
}

/** What is older is settled by hand or not at all. */
const lookBackMs = 14 * dayMs;
/** How long looking for a post may take before somebody should know. */
const lookedForMs = 30 * minuteMs;
const mostWaiting = 100;

/** The channels that the file in force names, with what the workspace knows of them. */
export async function showChannels({ file, channels, pace }: ShowSlackDeps): Promise<SlackChannelsAnswer> {
  const [applied, list, held] = await Promise.all([file.read(), channels.read(), pace.heldUntil()]);
  return {
    ...(list && { listedAt: list.at }),
    channels: applied ? namedChannels(applied.distribution, list?.channels) : [],
    ...(held && { held }),
  };
}

/**
 * The channels that a file names, those of `slack.channels` first. A channel that is named twice,
 * by its name and by its id too, stands once. `listed` undefined: nobody listed them yet.
 */
export function namedChannels(file: Pick<Distribution, 'slack' | 'teams'>, listed: readonly SlackChannel[] | undefined): NamedChannel[] {
  const find = channelFinder(listed ?? []);
  const idOf = channelResolver(listed ?? []);
  const keyOf = (named: string) => idOf(named) ?? named;
  const places = channelsIn(file);
  const all = places.map(({ named }) => named);
  const once = all.filter((named, at) => all.findIndex((one) => keyOf(one) === keyOf(named)) === at);
  return once.map((named) => {
    const id = idOf(named);
    const found = find(named);
    const entry = file.slack?.channels.find(({ channel }) => keyOf(channel) === keyOf(named));
    return {
      named,
      ...(id !== undefined && { channel: id }),
      ...(found && { name: found.name, isPrivate: found.isPrivate, ...(found.members !== undefined && { members: found.members }) }),
      standing: standingOf(named, found, listed),
      audience: entry?.audience ?? 'engineering',
      isListed: entry !== undefined,
      ...(entry?.severities && { severities: entry.severities }),
      teams: places.flatMap((one) => (one.team !== undefined && keyOf(one.named) === keyOf(named) ? [one.team] : [])),
    };
  });
}

function standingOf(named: string, found: SlackChannel | undefined, listed: readonly SlackChannel[] | undefined): ChannelStanding {
  if (!listed) return 'not known';
  if (!found) return named.startsWith('#') && isWholeList(listed) ? 'missing' : 'not known';
  if (found.isArchived) return 'archived';
  if (found.isShared) return 'shared';
  return found.isMember ? 'ready' : 'not joined';
}

/** Every post of a postmortem, or of all postmortems those that wait for somebody. */
export async function showPosts(postmortem: PostmortemId | undefined, deps: ShowSlackDeps): Promise<SlackPostsAnswer> {
  const { posts, wanted, links, channels, file, pace } = deps;
  const [listed, applied, held] = await Promise.all([channels.read(), file.read(), pace.heldUntil()]);
  const shown = (row: SlackPostRow, standing: Standing, revokedAt?: Instant) =>
    shownPost(row, { channels: listed?.channels ?? [], file: applied?.distribution, standing, heldBy: held?.why, revokedAt });
  if (postmortem === undefined) return { posts: (await waitingRows(deps)).map(({ row, standing }) => shown(row, standing)) };
  const [rows, wants, revokedAt] = await Promise.all([posts.list(postmortem), wanted.read(postmortem), links.revokedAt(postmortem)]);
  const known = { file: applied?.distribution, channels: listed?.channels ?? [] };
  const toCome = wants && known.file ? await postsToCome(wants, rows, { ...known, file: known.file }, deps) : [];
  return {
    posts: urgentFirst(rows.map((row) => shown(row, wants?.standing, revokedAt))),
    ...(wants && { wanted: { revision: wants.revision, standing: wants.standing } }),
    ...(toCome.length > 0 && { toCome }),
    ...(held && { held }),
  };
}

/** Where a postmortem is to begin by itself, and nothing says yet that it does. */
async function postsToCome(
  wanted: WantedPost,
  rows: readonly SlackPostRow[],
  { file, channels }: Pick<Beside, 'channels'> & { readonly file: Distribution },
  { stored }: Pick<ShowSlackDeps, 'stored'>,
): Promise<NonNullable<SlackPostsAnswer['toCome']>> {
  if (!isPostNews(wanted, file.slack)) return [];
  const others = channelsFor(wanted, file, channels).filter(({ channel }) => !rows.some((row) => row.channel === channel));
  const current = others.length > 0 ? await stored(wanted.postmortem) : undefined;
  return others.flatMap(({ channel, audience }) => {
    if (!current || !isConcerned(audience, current.postmortem)) return [];
    const name = channels.find(({ id }) => id === channel)?.name;
    return [{ channel, audience, ...(name !== undefined && { name }) }];
  });
}

/** What of Slack waits for somebody. Undefined: nothing, or the stack has no Slack. */
export async function slackWaits(deps: ShowSlackDeps): Promise<SlackWaits | undefined> {
  if (!deps.isDeployed) return undefined;
  const [held, { posts }] = await Promise.all([deps.pace.heldUntil(), showPosts(undefined, deps)]);
  return held || posts.length > 0 ? { ...(held && { held }), posts } : undefined;
}

type Standing = WantedPost['standing'] | undefined;
const urgentFirst = <T extends { readonly mustGo?: boolean | undefined }>(posts: readonly T[]): T[] =>
  posts.toSorted((a, b) => Number(b.mustGo ?? false) - Number(a.mustGo ?? false));

/**
 * What has to go, first. Of the others, a post that somebody deleted waits for nobody, and neither
 * does one that is still looked for. One that Slack refuses, or that was taken out of a shared
 * channel, matters as long as the file names its channel.
 */
async function waitingRows({ posts, wanted, channels, file, now }: ShowSlackDeps): Promise<{ row: SlackPostRow; standing: Standing }[]> {
  const [rows, applied, list] = await Promise.all([
    posts.unsettled(mostWaiting, toInstant(new Date(now().getTime() - lookBackMs))),
    file.read(),
    channels.read(),
  ]);
  const isNamed = ({ channel }: SlackPostRow) => audienceIn(channel, applied?.distribution, list?.channels ?? []) !== undefined;
  // A row says by itself what it must not show any more, unless nobody knows whether it stands.
  const isUnsure = ({ post }: SlackPostRow) => post.state === 'doubtful' || post.state === 'unconfirmed';
  const unsure = [...new Set(rows.filter(isUnsure).map(({ postmortem }) => postmortem))];
  const standings = new Map(await Promise.all(unsure.map(async (id) => [id, (await wanted.read(id))?.standing] as const)));
  const all = rows.map((row) => {
    const standing = standings.get(row.postmortem);
    return { row, standing, mustGo: mustGo(row, standing) };
  });
  return urgentFirst(all).filter(({ row, mustGo: isUrgent }) => {
    if (isUrgent) return true;
    switch (row.post.state) {
      case 'doubtful':
        return now().getTime() - Date.parse(row.post.since) > lookedForMs;
      case 'refused':
        return isNamed(row);
      case 'lost':
        return false;
      case 'posted':
        return row.post.shown.view !== 'emptied' || row.post.shown.hash === '' || isNamed(row);
      default:
        return true;
    }
  });
}

const epoch = new Date(0);

/** What is known beside the row of a post. */
interface Beside {
  readonly channels: readonly SlackChannel[];
  /** Where its posts link to the archive, none has a link that opens it. */
  readonly file: Pick<Distribution, 'slack'> | undefined;
  /** Of what is wanted, where it is known. */
  readonly standing: Standing;
  /** Why Slack is left alone for now. */
  readonly heldBy?: string | undefined;
  /** When all links of the postmortem were revoked. */
  readonly revokedAt?: Instant | undefined;
}

export function shownPost(row: SlackPostRow, { channels, file, standing, heldBy, revokedAt }: Beside): ShownPost {
  const { postmortem, channel, audience, post } = row;
  const isInOrder = post.state === 'absent' || (post.state === 'posted' && !post.refused);
  const canRepost = !isInOrder && askedFor(post, epoch) !== undefined;
  const name = channels.find(({ id }) => id === channel)?.name;
  const since = waitsSince(row);
  const isUrgent = mustGo(row, standing);
  const refused = post.state === 'refused' ? post.code : post.state === 'posted' ? post.refused?.code : undefined;
  const code = refused ?? (isUrgent ? heldBy : undefined);
  return {
    ...{
      postmortem,
      channel,
      audience,
      state: post.state,
      hasLink: hasLink(row, revokedAt) && file?.slack?.links !== 'sign-in',
      canRepost,
    },
    ...(name !== undefined && { name }),
    ...(since !== undefined && { since }),
    // Without a hash it says what it is to show, and not what it does.
    ...(post.state === 'posted' && post.shown.hash !== '' && { shown: { revision: post.shown.revision, view: post.shown.view } }),
    ...(isUrgent && { mustGo: true }),
    ...(code !== undefined && { code }),
  };
}
