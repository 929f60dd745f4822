import type { ActionRow } from '../action/action.ts';
import { type PostContent, type PostSettings, postContent } from '../content/post-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { leftBy } from '../intake/keep-actions.ts';
import { namedChannels, shownPost } from '../operator/show-slack.ts';
import type { ShownPost } from '../operator/slack-api.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { channelsFor, isPostNews } from '../slack/channels-for.ts';
import type { SlackChannel, SlackPostRow } from '../slack/slack-post.ts';
import { wantedPostOf } from '../slack/wanted-post.ts';
import { type Audience, audiences } from '../stream/audience.ts';
import { renditionFor } from './cards.ts';

/** A channel of Slack that has a postmortem, or is to get it. */
export interface ChannelOutlook {
  /** `#incident-pms`, or an id. */
  readonly name: string;
  readonly members?: number | undefined;
  /** Why it gets none, by the words of `channelStandings`. Absent: nothing is known to be wrong. */
  readonly standing?: string | undefined;
  /** What stands there. Absent: there is none yet. */
  readonly post?: ShownPost | undefined;
}

/** What the channels of one audience get of a postmortem. */
export interface PostOutlook {
  readonly audience: Audience;
  readonly channels: readonly ChannelOutlook[];
  /** What a post shows, without its link. Absent: nothing of the postmortem. */
  readonly content?: PostContent | undefined;
}

interface Known {
  /** The workspace's channels. Undefined: nobody listed them yet. */
  readonly channels: readonly SlackChannel[] | undefined;
  /** Its posts, if it has any. */
  readonly rows: readonly SlackPostRow[];
  /** The rows of its actions. They may be those before the revision. */
  readonly actions: readonly ActionRow[];
  readonly now: Date;
}

/**
 * The channels that get a revision or have one of its posts, by audience, with what they show. An
 * audience without any channel is left out.
 */
export function slackOutlook(stored: StoredPostmortem, distribution: Distribution, known: Known): PostOutlook[] {
  const { channels, rows, now } = known;
  const named = namedChannels(distribution, channels);
  // Without a list a channel goes by its name.
  const list = channels ?? named.map((one) => unlisted(one.named));
  const wanted = wantedPostOf(stored);
  const begins = isPostNews(wanted, distribution.slack) ? channelsFor(wanted, distribution, list) : [];
  const targets = [
    ...rows.map(({ channel, audience }) => ({ channel, audience })),
    ...begins.filter(({ channel }) => !rows.some((row) => row.channel === channel)),
  ];
  const actions = { rows: leftBy(stored, known.actions), at: now };
  const settings = { labels: labelsOf(distribution), zone: distribution.organisation.zone, actions };
  return audiences.flatMap((audience): PostOutlook[] => {
    const own = targets.filter((one) => one.audience === audience);
    if (own.length === 0) return [];
    const content = wanted.standing === 'told' ? contentFor(audience, stored.postmortem, settings) : undefined;
    const isPosted = ({ channel }: { channel: string }) => rows.some((row) => row.channel === channel);
    // Nothing begins for an audience that has nothing to see.
    const shown = content ? own : own.filter(isPosted);
    if (shown.length === 0) return [];
    return [{ audience, content, channels: shown.map(({ channel }) => channelOutlook(channel)) }];
  });

  function channelOutlook(id: string): ChannelOutlook {
    const found = list.find((one) => one.id === id);
    const standing = named.find((one) => (one.channel ?? one.named) === id)?.standing;
    const row = rows.find(({ channel }) => channel === id);
    return {
      name: found ? `#${found.name}` : id,
      ...(found?.members !== undefined && { members: found.members }),
      ...(standing !== undefined && standing !== 'ready' && standing !== 'not known' && { standing }),
      ...(row && { post: shownPost(row, { channels: list, file: distribution, standing: wanted.standing }) }),
    };
  }
}

const unlisted = (named: string): SlackChannel => ({
  ...{ id: named, name: named.replace(/^#/, '') },
  ...{ isMember: true, isArchived: false, isShared: false, isPrivate: false },
});

function contentFor<A extends Audience>(audience: A, postmortem: Postmortem, settings: PostSettings): PostContent | undefined {
  const rendition = renditionFor(audience, postmortem);
  return rendition && postContent(audience, rendition, settings);
}
