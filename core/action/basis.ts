import { canonicalHash } from '../shared/canonical-hash.ts';
import type { ActionRow } from './action.ts';
import { statusOf } from './status.ts';

/**
 * Names what somebody decides on, as it was shown: title, owner, cost and consequence. A decision
 * that was made on another text is not taken.
 */
export const basisOf = (row: ActionRow, now: Date): string => {
  const { title, cost, consequence } = row.reported;
  return canonicalHash({ title, owner: statusOf(row, now).owner, cost, consequence }).slice(0, 32);
};
