import type { PostContent } from '../content/post-content.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import type { ChannelId, SlackChannel, SlackPostRow, WantedPost } from './slack-post.ts';

/** What a call of Slack led to. The port never throws. */
export type SlackAnswer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** Slack said no, for a reason that concerns this post or its channel. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Certainly not done. To be tried again after so many seconds. */
  | { readonly kind: 'later'; readonly seconds: number; readonly code: string }
  /** Slack takes nothing of us: the token is not valid, or may not do this. */
  | { readonly kind: 'stopped'; readonly code: string }
  /** Nobody knows whether it was done. */
  | { readonly kind: 'in doubt'; readonly code: string };

export interface FoundMessage {
  readonly ts: string;
}

/** The messenger. One attempt for each call. What only reads is never in doubt. */
export interface Slack {
  /** Posts. `key` stands in the message unseen. Answers the name of the message. */
  post(channel: ChannelId, key: string, content: PostContent): Promise<SlackAnswer<{ readonly ts: string }>>;
  /** Replaces the whole message. Repeatable. `message_not_found` if somebody deleted it. */
  update(channel: ChannelId, ts: string, key: string, content: PostContent): Promise<SlackAnswer<void>>;
  /** A message that is gone already counts as removed. */
  remove(channel: ChannelId, ts: string): Promise<SlackAnswer<void>>;
  /**
   * Our messages with this key since an instant and a minute before it, oldest first. Reads every
   * page, or answers `later`.
   */
  find(channel: ChannelId, key: string, since: Instant): Promise<SlackAnswer<readonly FoundMessage[]>>;
  /** `channel_not_found` if we may not see it. */
  channel(channel: ChannelId): Promise<SlackAnswer<SlackChannel>>;
  /** Every channel that we may see: at most 1,000. */
  channels(): Promise<SlackAnswer<readonly SlackChannel[]>>;
}

export interface SlackPosts {
  /** Consistent. */
  read(postmortem: PostmortemId, channel: ChannelId): Promise<SlackPostRow | undefined>;
  /** Consistent. Every post of a postmortem. */
  list(postmortem: PostmortemId): Promise<SlackPostRow[]>;
  /** False: there is one already. */
  create(row: SlackPostRow): Promise<boolean>;
  /** Puts `row` with the next version. False: it has changed since `row.version` was read. */
  replace(row: SlackPostRow): Promise<boolean>;
  /**
   * Those that wait for somebody: first what has to go, then the oldest. With `since`, of the
   * others only those that began to wait then or later. May lag by a second.
   */
  unsettled(limit: number, since?: Instant): Promise<SlackPostRow[]>;
}

export interface WantedPosts {
  /** Consistent. */
  read(postmortem: PostmortemId): Promise<WantedPost | undefined>;
  /** What a later revision wrote stays. Idempotent. */
  put(wanted: WantedPost): Promise<void>;
}

/** A link that opens one postmortem as one audience sees it. */
export interface PostLink {
  readonly postmortem: PostmortemId;
  readonly audience: Audience;
  readonly channel: ChannelId;
  /**
   * Without the `#`, as it was called then: the page says where its link came from. Absent for a
   * private channel, of which nobody outside learns the name.
   */
  readonly channelName?: string | undefined;
  /** The revocation after which an operator asked for it. Absent: none. */
  readonly after?: Instant | undefined;
  readonly expiresAt: Instant;
}

export interface PostLinks {
  /** `hash`: see linkHash. Idempotent: what was put, or revoked, before stays. */
  put(hash: string, link: PostLink): Promise<void>;
  /**
   * Consistent. Undefined for one that is revoked, by itself or with its postmortem, expired or was
   * never made.
   */
  read(hash: string): Promise<PostLink | undefined>;
  /** Idempotent. A put of the same link later does not bring it back. */
  revoke(hash: string): Promise<void>;
  /** Revokes all links of a postmortem, also those that are put later: see `PostLink.after`. */
  revokeAll(postmortem: PostmortemId, at: Instant): Promise<void>;
  /** Consistent. When all links of a postmortem were revoked last. It does not end. */
  revokedAt(postmortem: PostmortemId): Promise<Instant | undefined>;
}

export interface ChannelList {
  read(): Promise<{ readonly at: Instant; readonly channels: readonly SlackChannel[] } | undefined>;
  put(list: { readonly at: Instant; readonly channels: readonly SlackChannel[] }): Promise<void>;
}

/** A post to be looked at, or every post of a postmortem. */
export interface PostMessage {
  readonly postmortem: PostmortemId;
  readonly channel?: ChannelId | undefined;
}

export interface PostQueue {
  /** `delay` in seconds, at most 900. */
  send(messages: readonly PostMessage[], delay: number): Promise<void>;
}

/** A place that is further ahead is not booked: the message comes again. */
export const bookedWithinMs = 3000;

/** One call a second and channel, and none while Slack wants to be left alone. */
export interface SlackPace {
  /**
   * Books the next place of a channel. Answers the milliseconds until then. More than
   * `bookedWithinMs`: nothing is booked, and that is when to ask again. Each who asks is told
   * another time, a second apart.
   */
  book(channel: ChannelId): Promise<number>;
  /**
   * Of one channel, or of all. A later instant that stands stays. Never for more than an hour, so
   * that nothing that Slack or a clock says stops it for good.
   */
  holdUntil(until: Instant, why: string, channel?: ChannelId): Promise<void>;
  /** The instant until which every call waits. */
  heldUntil(): Promise<{ readonly until: Instant; readonly why: string } | undefined>;
}
