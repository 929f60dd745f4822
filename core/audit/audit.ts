import * as z from 'zod';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

/**
 * What an operator's key, or a reader on a page, did. It holds counts and names of things, and
 * never an address.
 */
export interface AuditLine {
  readonly at: Instant;
  /**
   * Id of the key, `reader` for a change on a reader's own page, or the sid of the stream's owner
   * who let somebody in.
   */
  readonly who: string;
  readonly act:
    | 'people imported'
    | 'people suspended'
    | 'person changed'
    | 'person suspended'
    | 'person unsuspended'
    | 'suppression lifted'
    | 'tracking changed'
    | 'subscription changed'
    | 'directory user changed'
    | 'directory group changed'
    | 'directory braked'
    | 'person exported'
    | 'person erased'
    | 'person moved'
    | 'key created'
    | 'key removed'
    | 'configuration applied'
    | 'catalogue imported'
    | 'edition sent'
    | 'test sent'
    | 'edition paused'
    | 'edition resumed'
    | 'edition recalled'
    | 'deliveries resent'
    | 'lane paused'
    | 'lane resumed'
    | 'dead letters moved'
    | 'restore settled'
    | 'postmortem restricted'
    | 'postmortem retracted'
    | 'postmortem released'
    | 'feed made'
    | 'feed ended'
    | 'post repeated'
    | 'links revoked'
    | 'action decided'
    | 'decision undone'
    | 'action done'
    | 'action reopened'
    | 'action rescheduled'
    | 'action handed over'
    | 'action answered'
    | 'action taken back'
    | 'action reattached'
    | 'actions imported'
    | 'similar confirmed'
    | 'similar dismissed'
    | 'review signed'
    | 'review waived'
    | 'held released'
    | 'held ignored'
    | 'held mapped'
    | 'held undone'
    | 'reminders run'
    | 'notice asked'
    | 'notice approved'
    | 'notice sent back'
    | 'notice stopped'
    | 'notice released'
    | 'notice withdrawn'
    | 'notice lapsed'
    | 'postmortem rebuilt'
    | 'postmortem stored'
    | 'signed in'
    | 'sessions ended';
  /** `action` is the key of an action, as lists show it. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface AuditLog {
  /** `id`: recorded again with the same, it is the same line. */
  record(line: AuditLine, id?: string): Promise<void>;
}

/**
 * A line as it is read back. Another release may have written it, so unknown acts and facts are
 * shown as they are.
 */
export const AuditedAct = z.object({
  at: Instant,
  /** Id of a key, `reader` for a change on a reader's own page, or the sid of a stream's owner. */
  who: z.string(),
  act: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AuditedAct = z.infer<typeof AuditedAct>;

export interface WantedActs {
  /** Included. */
  readonly since: Date;
  /** Not included. */
  readonly until: Date;
  /** Only what was done with this postmortem, its actions and its review. */
  readonly postmortem?: PostmortemId;
  /** Only the acts of this key, or of another `who` of a line. */
  readonly who?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface AuditReader {
  /** Latest first. Pass the `cursor` of one page to get the next. */
  list(wanted: WantedActs): Promise<{ acts: AuditedAct[]; cursor?: string }>;
}
