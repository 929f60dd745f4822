/** What the operator's routes say of Slack, as data. See api.ts. */
import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

/**
 * Whether a channel can get posts. `not known`: the workspace's channels were not listed yet, there
 * are more than are listed, or the file names an id that is not among them.
 */
export const channelStandings = ['ready', 'not joined', 'archived', 'shared', 'missing', 'not known'] as const;
export type ChannelStanding = (typeof channelStandings)[number];

/** Until when Slack is left alone, and its word for the reason. */
const Held = z.object({ until: Instant, why: z.string() });

/**
 * GET /operator/slack/channels, scope `read`: every channel that the file in force names, each
 * once. 409 from a stack without Slack.
 *
 * POST /operator/slack/channels/refresh, scope `send`, without a body: asks Slack for the
 * workspace's channels. 202; `listedAt` moves within seconds, unless Slack is left alone.
 */
export const SlackChannelsAnswer = z.object({
  /** When the workspace's channels were last listed. Absent: never yet. */
  listedAt: Instant.optional(),
  channels: z.array(
    z.object({
      /** As the file writes it: `#payments`, or an id. */
      named: z.string(),
      /** Its id. Absent while the name is not found. */
      channel: z.string().optional(),
      /** Without the `#`, as the workspace calls it now. */
      name: z.string().optional(),
      standing: z.string(),
      members: z.int().optional(),
      isPrivate: z.boolean().optional(),
      audience: z.string(),
      /** Whether `slack.channels` has an entry for it. Else it is a team's alone. */
      isListed: z.boolean(),
      /** Of its entry. Absent: all. */
      severities: z.array(z.string()).optional(),
      /** Teams of which it gets the postmortems. */
      teams: z.array(z.string()),
    }),
  ),
  held: Held.optional(),
});
export type SlackChannelsAnswer = z.infer<typeof SlackChannelsAnswer>;
export type NamedChannel = SlackChannelsAnswer['channels'][number];
export const RefreshAnswer = z.object({ listedAt: Instant.optional() });

/** One postmortem in one channel. Its link is never told. */
export const ShownPost = z.object({
  postmortem: PostmortemId,
  /** The channel's id. */
  channel: z.string(),
  /** Without the `#`. Absent while the workspace's channels do not have it. */
  name: z.string().optional(),
  audience: z.string(),
  /** `absent posting doubtful posted refused lost unconfirmed`, or what a later release says. */
  state: z.string(),
  /** Since when, but for one that stands as it should. */
  since: Instant.optional(),
  /** Absent while nobody knows what it shows. */
  shown: z.object({ revision: z.int(), view: z.string() }).optional(),
  /** It shows, or may show, a text or title that has to go. Absent: no. */
  mustGo: z.boolean().optional(),
  /** Slack's word for what it refuses, or for why nothing is asked of it while a text has to go. */
  code: z.string().optional(),
  hasLink: z.boolean(),
  /** Whether an operator may have it posted again. */
  canRepost: z.boolean(),
});
export type ShownPost = z.infer<typeof ShownPost>;

/**
 * GET /operator/slack/posts?postmortem=, scope `read`: every post of one postmortem, or, without
 * one, those that wait for somebody: all that have to go, first, and others of the last two weeks.
 * 409 from a stack without Slack.
 */
export const SlackPostsAnswer = z.object({
  posts: z.array(ShownPost),
  /** What Slack should show of that postmortem. Absent: it never came by. */
  wanted: z.object({ revision: z.int(), standing: z.string() }).optional(),
  /** Channels in which it is to begin by itself, of one postmortem. Absent: none. */
  toCome: z.array(z.object({ channel: z.string(), name: z.string().optional(), audience: z.string() })).optional(),
  /** Absent: Slack is not left alone. */
  held: Held.optional(),
});
export type SlackPostsAnswer = z.infer<typeof SlackPostsAnswer>;

/**
 * POST /operator/slack/{postmortem}/repost, scope `send`: has it posted in a channel where there is
 * no post, or where the post is lost, refused or unconfirmed. `channel`: an id, or a name with or
 * without its `#`. 202; the second time, until it is posted, nothing changes. 409 where it
 * stands already or is under way, and where nothing of it may be told.
 */
export const RepostRequest = z.strictObject({ channel: z.string().trim().min(1).max(81) });
export const RepostAnswer = z.object({
  postmortem: PostmortemId,
  channel: z.string(),
  name: z.string().optional(),
  /** As whom its readers see it: of a channel that the file does not name, engineering. */
  audience: z.string().optional(),
});
export type RepostAnswer = z.infer<typeof RepostAnswer>;

/**
 * DELETE /operator/slack/{postmortem}/links, scope `send`: its capability links open nothing any
 * more when it answers, and posts that begin later have none. `revoked`: how many opened something;
 * the second time 0. 404 for an unknown postmortem.
 */
export const RevokeAnswer = z.object({
  postmortem: PostmortemId,
  revoked: z.int(),
  /** Whether the posts are edited to a text without a link. False from a stack without Slack. */
  edits: z.boolean(),
});
export type RevokeAnswer = z.infer<typeof RevokeAnswer>;

/** What of Slack waits for somebody. */
export const SlackWaits = z.object({ held: Held.optional(), posts: z.array(ShownPost) });
export type SlackWaits = z.infer<typeof SlackWaits>;
