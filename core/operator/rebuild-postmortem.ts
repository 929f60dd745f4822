import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';

export interface Rebuilds {
  /** Consistent. */
  read(id: PostmortemId): Promise<StoredPostmortem | undefined>;
  /**
   * Puts the task `projections` into the outbox of a revision, and what lists show of it anew.
   * False if another revision is stored by now.
   */
  owe(stored: StoredPostmortem): Promise<boolean>;
}

/**
 * Has everything that is derived from a postmortem made anew by `sweep`: renditions, archives,
 * action items, its review, what lists show. No mail is sent, and nothing is posted. `under way`:
 * it is owed already, for example by a new revision. Undefined if there is no such postmortem.
 */
export async function rebuildPostmortem(id: PostmortemId, rebuilds: Rebuilds): Promise<'asked' | 'under way' | undefined> {
  for (;;) {
    const stored = await rebuilds.read(id);
    if (!stored) return undefined;
    if (stored.owed.includes('projections')) return 'under way';
    if (await rebuilds.owe(stored)) return 'asked';
  }
}
