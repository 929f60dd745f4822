import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';

export interface PostmortemStore {
  readCurrent(id: PostmortemId): Promise<StoredPostmortem | undefined>;
  /**
   * Immutable. Written before CURRENT; a revision that no CURRENT names is harmless. `source`: the
   * document as it was sent.
   */
  putRevision(stored: StoredPostmortem, source?: SentDocument): Promise<void>;
  /**
   * The write that decides. Returns false if somebody else stored a revision since `before` was
   * read. The editions on the item are kept as they are.
   */
  putCurrent(stored: StoredPostmortem, before: StoredPostmortem | undefined): Promise<boolean>;
  /**
   * Takes tasks that are done off the list, all but `left`. Does nothing once a newer revision is
   * stored.
   */
  clearOwed(stored: StoredPostmortem, left?: readonly string[]): Promise<void>;
  /**
   * Records that an edition that carried this postmortem left without it. The edition then counts
   * as one that only names it, so that a later edition carries it. Idempotent.
   */
  noteMissed(id: PostmortemId, edition: string): Promise<void>;
}

export interface SourceReader {
  /** The document of a revision as it was sent. Undefined if none is kept. */
  readSource(id: PostmortemId, revision: number, hash: string): Promise<SentDocument | undefined>;
}

/** Who sent which revision, for the audit log. */
export interface RevisionLog {
  /** Idempotent: one line for each revision. */
  note(stored: StoredPostmortem): Promise<void>;
}

export interface RenditionStore {
  /** Idempotent. */
  put(audience: string, id: PostmortemId, revision: number, rendition: unknown): Promise<void>;
}

/** Posts in Slack, which follow each revision. */
export interface PostOutbox {
  /** Keeps what Slack should show of a revision. What a later one said stays. */
  want(stored: StoredPostmortem): Promise<void>;
  /** Has every post of a postmortem looked at. The second time nothing is left to do. */
  look(postmortem: PostmortemId): Promise<void>;
}

/** Requests for mails that do not wait for a schedule. */
export interface AlertQueue {
  /** Asks for the immediate mail about a postmortem. Asking twice sends one mail. */
  alert(postmortem: PostmortemId): Promise<void>;
  /**
   * Asks for the mail to readers who want each postmortem as it is published. Asking twice sends
   * one mail.
   */
  published(postmortem: PostmortemId): Promise<void>;
}
