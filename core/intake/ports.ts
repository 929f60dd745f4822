import type { PromisedAction } from '../action/action.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';

export interface PostmortemStore {
  readCurrent(id: PostmortemId): Promise<StoredPostmortem | undefined>;
  /** Immutable; written before CURRENT, an orphan is harmless. */
  putRevision(stored: StoredPostmortem): Promise<void>;
  /** The write that decides. False: somebody else stored a revision since `before` was read. Editions are kept as they are. */
  putCurrent(stored: StoredPostmortem, before: StoredPostmortem | undefined): Promise<boolean>;
  /** Takes what was paid off the list; does nothing once a newer revision stands there. */
  clearOwed(stored: StoredPostmortem): Promise<void>;
}

export interface ActionLedger {
  list(postmortem: PostmortemId): Promise<PromisedAction[]>;
  /** `isTold`: whether it may show among open actions; a restricted postmortem's may not. */
  put(action: PromisedAction, isTold: boolean): Promise<void>;
  remove(postmortem: PostmortemId, aid: string): Promise<void>;
}

export interface RenditionStore {
  /** The same rendition twice is once. */
  put(audience: string, id: PostmortemId, revision: number, rendition: unknown): Promise<void>;
}

export interface EditionBrake {
  /** Ids of the editions that are still being sent. */
  unfinished(): Promise<string[]>;
  /** No further mail of this edition carries the postmortem. Nothing happens where the edition is not there. */
  withhold(edition: string, postmortem: PostmortemId): Promise<void>;
}

export interface AlertQueue {
  /** Asks for the immediate mail about a postmortem; asking twice sends once. */
  alert(postmortem: PostmortemId): Promise<void>;
}
