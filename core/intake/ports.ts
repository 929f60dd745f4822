import type { PromisedAction } from '../action/action.ts';
import type { Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';

/**
 * What is still owed for the current revision; kept with it in one write, so that a crash forgets nothing.
 * `projections`: actions and renditions. `alert`: an immediate mail. `withhold`: take it out of editions under way.
 */
export const owedTasks = ['projections', 'withhold', 'alert'] as const;
export type OwedTask = (typeof owedTasks)[number];

export interface StoredPostmortem {
  readonly postmortem: Postmortem;
  /** Counts up from 1 with each change of content. */
  readonly revision: number;
  readonly hash: string;
  readonly updatedAt: Instant;
  readonly owed: readonly OwedTask[];
  /** Ids of the editions that carried it. */
  readonly editions: readonly string[];
}

export interface ListedPostmortem {
  readonly id: PostmortemId;
  readonly revision: number;
  readonly title: string;
  readonly severity: Postmortem['severity'];
  readonly status: Postmortem['status'];
  readonly restricted: boolean;
  readonly publishedAt?: Instant;
  readonly updatedAt: Instant;
}

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
  /** No further mail of this edition carries the postmortem. Nothing happens where the edition is not there. */
  withhold(edition: string, postmortem: PostmortemId): Promise<void>;
}

export interface AlertQueue {
  /** Asks for the immediate mail about a postmortem; asking twice sends once. */
  alert(postmortem: PostmortemId): Promise<void>;
}
