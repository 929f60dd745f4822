import type { ActionItem } from '../postmortem/postmortem.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import { isAfter } from '../shared/instant.ts';
import type { Decision } from './event.ts';
import { type StatusFacts, statusOf } from './status.ts';

interface Decidable extends StatusFacts {
  readonly reported: Pick<ActionItem, 'title' | 'cost' | 'consequence' | 'status' | 'due' | 'owner'>;
}

/**
 * Names what somebody decides on, as it was shown: title, owner, cost and consequence. A decision
 * that was made on another text is not taken.
 */
export const basisOf = (row: Decidable, now: Date): string => {
  const { title, cost, consequence } = row.reported;
  return canonicalHash({ title, owner: statusOf(row, now).owner, cost, consequence }).slice(0, 32);
};

/**
 * Whether the document says something else now than what was decided on. That a person handed it
 * over since does not count.
 */
export function isChangedSince({ basis, at }: Pick<Decision, 'basis' | 'at'>, row: Decidable, now: Date): boolean {
  if (basisOf(row, now) === basis) return false;
  const before = row.events.filter((event) => !isAfter(Object(event).at ?? at, at));
  return basisOf({ ...row, events: before }, now) !== basis;
}
