import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { ActionRow } from './action.ts';

export interface ActionLedger {
  /** Consistent. */
  read(postmortem: PostmortemId, aid: string): Promise<ActionRow | undefined>;
  /** Those of a postmortem. Consistent. */
  list(postmortem: PostmortemId): Promise<ActionRow[]>;
  /**
   * Puts the row with its `version` counted up, in the list where it belongs at an instant. False
   * if somebody else wrote it since it was read: nothing changed.
   */
  put(row: ActionRow, at: Instant): Promise<boolean>;
}
