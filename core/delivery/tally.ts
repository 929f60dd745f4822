import { addCounts, type Counts, type Tally } from '../edition/edition.ts';
import { mayBeGot, type Outcome, type Outcomes } from './outcome.ts';
import type { EditionLedger, RangeLedger } from './ports.ts';
import { type Leaf, parentOf, type Range, tallyOfSplit } from './range.ts';

const nameOf = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'skipped':
      return `skipped: ${outcome.reason}`;
    case 'refused':
      return `refused: ${outcome.code}`;
    default:
      return outcome.kind;
  }
};

export const countOutcomes = (outcomes: Outcomes): Counts => {
  const counts: Counts = {};
  for (const outcome of Object.values(outcomes)) counts[nameOf(outcome)] = (counts[nameOf(outcome)] ?? 0) + 1;
  return counts;
};

/** Whether some of these readers may have the mail. */
export const mayHaveMails = (counts: Counts): boolean => mayBeGot.some((outcome) => (counts[outcome] ?? 0) > 0);

export const tallyOfLeaf = (leaf: Leaf): Tally => ({ version: leaf.version, counts: countOutcomes(leaf.outcomes) });

/**
 * Carries a tally up while both halves are known, and at last into the edition. Only a newer tally
 * replaces one. Goes on even if the parent had it already, so that running it again repairs a crash
 * half way up.
 */
export async function raiseTally(range: Range, tally: Tally, ranges: RangeLedger, editions: EditionLedger): Promise<void> {
  const up = parentOf(range);
  if (!up) return editions.setTally(range.edition, range.slot, tally);
  const parent = await ranges.setTally(up.parent, up.half, tally);
  const sum = parent && tallyOfSplit(parent, addCounts);
  if (sum) await raiseTally(up.parent, sum, ranges, editions);
}
