import type * as z from 'zod';
import type { LaneState } from '../delivery/lane.ts';
import type { Resent } from '../delivery/resend.ts';
import type { EditionId } from '../edition/edition.ts';
import type { Reach } from '../feedback/reach.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { SettleWish, Settling } from '../restore/settle-copy.ts';
import type { Instant } from '../shared/instant.ts';
import type { Lane } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type {
  AuditAnswer,
  EditionAnswer,
  EditionsAnswer,
  PreviewAnswer,
  PreviewRequest,
  SendAnswer,
  SendRequest,
  TestAnswer,
  TestRequest,
} from './api.ts';

export interface EditionsReader {
  /** Latest first, unfinished ones among them; `cursor` of the page before leads on. News, or the answers to single people. */
  list(limit: number, cursor?: string, of?: 'news' | 'service'): Promise<EditionsAnswer>;
  read(edition: string): Promise<EditionAnswer | undefined>;
}

export interface ReachReader {
  /** Counted when asked. Undefined for an edition that is not there. */
  read(edition: EditionId): Promise<Reach | undefined>;
}

export interface Sender {
  /** Has the edition composed that was due at an instant. Twice is once. Throws Refused, and `TooOld` where `evenIfOld` is missing. */
  send(wanted: SendRequest): Promise<SendAnswer>;
}

export interface Previewer {
  /** What would be sent. Stores and sends nothing. Throws Refused where there is nothing to preview. */
  preview(request: z.infer<typeof PreviewRequest>): Promise<PreviewAnswer>;
}

export interface Tester {
  /** Has a test mail composed for one person. Twice in a minute is once. Throws Refused where they get no mail, or there is nothing to show. */
  test(request: TestRequest): Promise<TestAnswer & { readonly subscriber: SubscriberId }>;
}

/** What a brake did to an edition: 'complete' and 'recalled' ones take no brake any more. */
export type Braked = 'changed' | 'unchanged' | 'complete' | 'recalled' | 'unknown';

/** Each holds from the next chunk of every worker on. Twice is once. */
export interface EditionBrakes {
  pause(edition: EditionId): Promise<Braked>;
  resume(edition: EditionId): Promise<Braked>;
  /** Whoever has no mail yet gets none. It cannot be undone, and takes back no mail that has left. */
  recall(edition: EditionId): Promise<Braked>;
}

/** Each holds from the next chunk of every worker on. Twice is once: false says that nothing had to be changed. */
export interface LaneBrakes {
  /** Consistent. */
  read(): Promise<Record<Lane, LaneState>>;
  pause(lane: Lane, by: { readonly at: Instant; readonly by: string }): Promise<boolean>;
  /** Ends a pause, and what stopped the lane counts as mended. */
  resume(lane: Lane): Promise<boolean>;
}

export interface Resender {
  /** Has deliveries sent once more that are unconfirmed. Throws UnknownEdition. 'recalled': nothing of it is sent any more. */
  resend(edition: EditionId, subscribers: readonly SubscriberId[]): Promise<Resent | 'recalled'>;
}

/** See settleCopy. */
export interface Settler {
  settle(how: 'look' | 'act', wish: SettleWish): Promise<Settling>;
}

export interface WantedActs {
  /** Included. */
  readonly since: Date;
  /** Not included. */
  readonly until: Date;
  /** Revisions of this one alone. */
  readonly postmortem?: PostmortemId;
  /** Acts of this key, or whoever else, alone. */
  readonly who?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface AuditReader {
  /** Latest first; `cursor` of the page before leads on. Acts and facts that this release does not know are told as they are. */
  list(wanted: WantedActs): Promise<AuditAnswer>;
}
