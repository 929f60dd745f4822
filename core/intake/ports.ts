import type { EditionHolder } from '../edition/ports.ts';
import type { PromisedAction } from '../postmortem/action.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { OutboxTask, StoredPostmortem } from '../postmortem/stored-postmortem.ts';

export interface PostmortemStore {
  readCurrent(id: PostmortemId): Promise<StoredPostmortem | undefined>;
  /** Immutable; written before CURRENT, an orphan is harmless. */
  putRevision(stored: StoredPostmortem): Promise<void>;
  /**
   * The write that decides. False: somebody else stored a revision since `before` was read.
   * Editions are kept as they are.
   */
  putCurrent(stored: StoredPostmortem, before: StoredPostmortem | undefined): Promise<boolean>;
  /**
   * Takes what was paid off the list, all but `left`; does nothing once a newer revision stands
   * there.
   */
  clearOwed(stored: StoredPostmortem, left?: readonly OutboxTask[]): Promise<void>;
  /**
   * An edition that carried it left without it: it counts among those that only name it, so that a
   * later one tells it. Twice is once.
   */
  noteMissed(id: PostmortemId, edition: string): Promise<void>;
}

/** Who sent which revision, for the audit. */
export interface RevisionLog {
  /** The same revision twice is one line. */
  note(stored: StoredPostmortem): Promise<void>;
}

export interface ActionLedger {
  list(postmortem: PostmortemId): Promise<PromisedAction[]>;
  /**
   * `isTold`: whether it may show among open or closed actions; a restricted postmortem's may not.
   * `revision` is the postmortem's: what a later revision wrote stays, so that a slow writer brings
   * nothing back.
   */
  put(action: PromisedAction, revision: number, isTold: boolean): Promise<void>;
}

export interface RenditionStore {
  /** The same rendition twice is once. */
  put(audience: string, id: PostmortemId, revision: number, rendition: unknown): Promise<void>;
}

/** What taking a postmortem back needs. */
export type EditionBrake = Pick<EditionHolder, 'withhold' | 'release'>;

/** What is to be told without waiting for a schedule. */
export interface AlertQueue {
  /** Asks for the immediate mail about a postmortem; asking twice sends once. */
  alert(postmortem: PostmortemId): Promise<void>;
  /**
   * Asks for the mail to those who want each postmortem as it is published; asking twice sends
   * once.
   */
  published(postmortem: PostmortemId): Promise<void>;
}
