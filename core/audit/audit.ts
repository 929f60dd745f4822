import type { Instant } from '../shared/instant.ts';

/** What a key, or a reader on a page, did. Counts and names of things, never an address. */
export interface AuditLine {
  readonly at: Instant;
  /** Id of the key; `reader` for whoever pressed on a page of their own; who let somebody in, by their id. */
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
