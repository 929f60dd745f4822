import type { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import type { Instant, Moment } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';

/** The id of a channel, `C0123456789`. A renamed channel keeps it. */
export type ChannelId = string;

/**
 * `full`: the audience's rendition. `struck`: the title struck through, because the postmortem was
 * retracted. `emptied`: nothing of the postmortem.
 */
export const postViews = ['full', 'struck', 'emptied'] as const;
export type PostView = (typeof postViews)[number];

/** What a post shows. `hash`: of its content, empty if nobody knows what it shows. */
export interface Shown {
  /** Of its text or title; of a post that was emptied, the one that emptied it. 0: not known. */
  readonly revision: number;
  readonly view: PostView;
  readonly hash: string;
}

/**
 * One postmortem in one channel: where its message stands. `since`: when it was begun, from when on
 * the channel's history is looked at. docs/adr/059-posts.md says how one state follows another.
 */
export type SlackPost =
  /** It is not in the channel. `doubts`: how many calls that posted it left nobody knowing. */
  | { readonly state: 'absent'; readonly since: Instant; readonly doubts: 0 | 1 }
  /** The mark before the call. After the lease nobody knows whether Slack took it. */
  | { readonly state: 'posting'; readonly owner: string; readonly leaseEndsAt: Instant; readonly since: Instant; readonly attempt: 1 | 2 }
  /** The channel's history is looked at until the message is found, or is certainly not there. */
  | {
      readonly state: 'doubtful';
      readonly since: Instant;
      readonly attempt: 1 | 2;
      readonly looks: 0 | 1 | 2;
      readonly lookAt: Instant;
      /** Since when the history cannot be read. */
      readonly unreadableSince?: Instant | undefined;
    }
  /** `ts`: Slack's name of the message. `lease`: somebody is editing it. */
  | {
      readonly state: 'posted';
      readonly ts: string;
      readonly shown: Shown;
      readonly lease?: { readonly owner: string; readonly endsAt: Instant } | undefined;
      /**
       * It was called for twice. At `lookAt` the other message is looked for, and removed. `other`:
       * its name, once it was seen, because a later look need not show it.
       */
      readonly twice?: { readonly since: Instant; readonly lookAt: Instant; readonly other?: string | undefined } | undefined;
      /** Slack refused to show the content with this hash. */
      readonly refused?: { readonly code: string; readonly hash: string; readonly since: Instant } | undefined;
      /** Since when its text or title has to go. Until it is known to be gone. */
      readonly hidesSince?: Instant | undefined;
    }
  /** Slack said no. `code`: its word. Tried again once `hash` is another one, or by an operator. */
  | { readonly state: 'refused'; readonly code: string; readonly hash: string; readonly since: Instant }
  /** Somebody deleted it. Never posted again, unless an operator asks for it. */
  | { readonly state: 'lost'; readonly since: Instant }
  /** Nobody can tell whether it was posted. Never posted again, unless an operator asks for it. */
  | { readonly state: 'unconfirmed'; readonly since: Instant };

/** Since when a post waits for somebody: it is not posted, or shows what it should not. */
export const waitsSince = ({ post }: Pick<SlackPostRow, 'post'>): Instant | undefined => {
  if (post.state === 'posted') return post.hidesSince ?? post.refused?.since;
  return post.state === 'absent' || post.state === 'posting' ? undefined : post.since;
};

/**
 * Whether it shows, or may show, a text or title that has to go. `standing`: of what is wanted,
 * where it is known.
 */
export function mustGo({ post }: Pick<SlackPostRow, 'post'>, standing?: WantedPost['standing']): boolean {
  const isTaken = standing !== undefined && standing !== 'told';
  switch (post.state) {
    case 'posting':
    case 'doubtful':
    case 'unconfirmed':
      return isTaken;
    case 'posted': {
      const { view, hash } = post.shown;
      if (post.hidesSince !== undefined || (view !== 'full' && hash === '')) return true;
      return isTaken && view !== 'emptied' && (view === 'full' || standing === 'hidden');
    }
    case 'absent':
    case 'refused':
    case 'lost':
      return false;
    default:
      return post satisfies never;
  }
}

/** Whether there is a link that may open something. `revokedAt`: of all of its postmortem. */
export const hasLink = ({ link, linkAfter, post }: SlackPostRow, revokedAt: Instant | undefined): boolean => {
  const isOver = post.state === 'posted' && (post.hidesSince !== undefined || post.shown.view !== 'full');
  return link !== undefined && !isOver && !isLinkRevoked({ linkAfter }, revokedAt);
};
/** A revocation ends each link that nobody asked for after it. */
export const isLinkRevoked = ({ linkAfter }: Pick<SlackPostRow, 'linkAfter'>, revokedAt: Instant | undefined): boolean =>
  revokedAt !== undefined && linkAfter !== revokedAt;

export interface SlackPostRow {
  readonly postmortem: PostmortemId;
  readonly channel: ChannelId;
  readonly audience: Audience;
  /** Random. It stands in the message, so that the message is found again. */
  readonly key: string;
  /**
   * The secret of its link, in full, because each edit prints it. Absent: none, or revoked. It ends
   * with the text: then this is another, which opens nothing until a text is posted with it.
   */
  readonly link?: string | undefined;
  /** The revocation of all links of the postmortem after which an operator asked for this one. */
  readonly linkAfter?: Instant | undefined;
  /** An operator asked for it: it is posted even if it is old or the file names no such channel. */
  readonly asked?: boolean | undefined;
  readonly post: SlackPost;
  /** Counts up with each change. */
  readonly version: number;
}

/**
 * What Slack should show of a postmortem now: one item, which the outbox replaces with each
 * revision. Workers read it and never the postmortem.
 */
export interface WantedPost {
  readonly postmortem: PostmortemId;
  readonly revision: number;
  /** When this revision came. */
  readonly updatedAt: Instant;
  /** `told`: it may be shown. `retracted`: it was taken back. `hidden`: nothing may be shown. */
  readonly standing: 'told' | 'retracted' | 'hidden';
  /** The rest only if it may be told. */
  readonly told?:
    | {
        readonly severity: Severity;
        readonly services: readonly string[];
        readonly team?: string | undefined;
        /** By which it is news, see newsDateOf. Absent: it is history, and no post begins. */
        readonly newsDate?: Moment | undefined;
      }
    | undefined;
}

/** A channel of the workspace as Slack describes it. */
export interface SlackChannel {
  readonly id: ChannelId;
  /** Without the `#`. */
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  /** Shared with another company (Slack Connect), or about to be. */
  readonly isShared: boolean;
  readonly isPrivate: boolean;
  readonly members?: number | undefined;
}
