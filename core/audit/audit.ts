import * as z from 'zod';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

/** What a key, or a reader on a page, did. Counts and names of things, never an address. */
export interface AuditLine {
  readonly at: Instant;
  /**
   * Id of the key; `reader` for whoever pressed on a page of their own; who let somebody in, by
   * their id.
   */
  readonly who: string;
  readonly act:
    | 'people imported'
    | 'people suspended'
    | 'suppression lifted'
    | 'tracking changed'
    | 'subscription changed'
    | 'person exported'
    | 'person erased'
    | 'person moved'
    | 'key created'
    | 'key removed'
    | 'configuration applied'
    | 'edition sent'
    | 'test sent'
    | 'edition paused'
    | 'edition resumed'
    | 'edition recalled'
    | 'deliveries resent'
    | 'lane paused'
    | 'lane resumed'
    | 'restore settled'
    | 'postmortem stored';
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface AuditLog {
  record(line: AuditLine): Promise<void>;
}

/**
 * A line as it is read back. Another release may have written it: acts and facts that are not known
 * are told as they are.
 */
export const AuditedAct = z.object({
  at: Instant,
  /**
   * Id of a key, `reader` for a press on a page of their own, or the subscriber id of a stream's
   * owner.
   */
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
  /** Revisions of this one alone. */
  readonly postmortem?: PostmortemId;
  /** Acts of this key alone, or of another `who` of a line. */
  readonly who?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface AuditReader {
  /** Latest first; `cursor` of the page before leads on. */
  list(wanted: WantedActs): Promise<{ acts: AuditedAct[]; cursor?: string }>;
}
