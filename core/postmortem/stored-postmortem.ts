import type { Instant } from '../shared/instant.ts';
import type { Postmortem, PostmortemId } from './postmortem.ts';

/**
 * What is still owed for the current revision; kept with it in one write, so that a crash forgets
 * nothing. `projections`: actions and renditions. `alert`: an immediate mail. `published`: the mail
 * for those who want each as it is published. `withhold`: take it out of editions under way. `tell
 * again`: tell it to those who missed it while it could not be told; `sweep` does that.
 */
export const owedTasks = ['projections', 'withhold', 'alert', 'published', 'tell again'] as const;
export type OutboxTask = (typeof owedTasks)[number];

export interface StoredPostmortem {
  readonly postmortem: Postmortem;
  /** Counts up from 1 with each change of content. */
  readonly revision: number;
  readonly hash: string;
  readonly updatedAt: Instant;
  /** Id of the key that sent this revision; absent in rows of earlier releases. */
  readonly by?: string;
  readonly owed: readonly OutboxTask[];
  /** Ids of the editions that told it. */
  readonly editions: readonly string[];
  /**
   * Ids of the editions that only named it, among the promises, or that carried it and left without
   * it: both have to be told of a restriction.
   */
  readonly namedIn: readonly string[];
}

export interface ListedPostmortem {
  readonly id: PostmortemId;
  readonly revision: number;
  readonly title: string;
  readonly severity: Postmortem['severity'];
  readonly status: Postmortem['status'];
  readonly restricted: boolean;
  readonly publishedAt?: Instant;
  /** From its start to the end of the harm; absent where the document does not tell both. */
  readonly minutesToMitigate?: number;
  readonly updatedAt: Instant;
}
