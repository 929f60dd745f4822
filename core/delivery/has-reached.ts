import { type Counts, countsOf, type Edition, type Tally } from '../edition/edition.ts';
import type { RangeLedger } from './ports.ts';
import { halvesOf, type Leaf, type Range, rootOf } from './range.ts';
import { countOutcomes, mayHaveMails } from './tally.ts';

/** At most this many rows of an edition are read. */
const mostRows = 100;

type Rows = Pick<RangeLedger, 'read'>;

/** Whether a mail was accepted. False if none of the rows that may be read has one. */
export const hasAccepted = (edition: Edition, ranges: Rows): Promise<boolean> =>
  holds(edition, ranges, {
    inCounts: ({ accepted = 0 }) => accepted > 0,
    inLeaf: () => false,
    isLast: () => true,
    ifMany: false,
  });

/**
 * Whether somebody may have a mail of it by now: accepted, in doubt, unconfirmed, or being
 * submitted. True if there are too many rows to say so.
 */
export const mayHaveReached = (edition: Edition, ranges: Rows): Promise<boolean> => reaches(edition, ranges, () => false);

/**
 * The same of an edition that was superseded just now: a worker that has a leaf may have read it
 * before.
 */
export const mayHaveReachedBy = (now: Date, edition: Edition, ranges: Rows): Promise<boolean> =>
  reaches(edition, ranges, ({ leaseEndsAt, state }) => state !== 'done' && leaseEndsAt > now.getTime());

const reaches = (edition: Edition, ranges: Rows, isWorkedOn: (leaf: Leaf) => boolean): Promise<boolean> =>
  holds(edition, ranges, {
    inCounts: mayHaveMails,
    inLeaf: (leaf) => Object.keys(leaf.submitting).length > 0 || isWorkedOn(leaf),
    // Readers who were skipped while it was withheld may be sent to again (docs/adr/028).
    isLast: ({ counts }) => edition.withheld.length > 0 || !counts['skipped: withheld'],
    ifMany: true,
  });

interface Wanted {
  readonly inCounts: (counts: Counts) => boolean;
  readonly inLeaf: (leaf: Leaf) => boolean;
  /** Whether the rows below a tally have nothing more to say. */
  readonly isLast: (tally: Tally) => boolean;
  /** The answer if there are more rows than may be read. */
  readonly ifMany: boolean;
}

/** By the tallies of an edition, or, where there is none yet, by the rows of its ranges. */
async function holds(edition: Edition, ranges: Rows, { inCounts, inLeaf, isLast, ifMany }: Wanted): Promise<boolean> {
  if (inCounts(countsOf(edition))) return true;
  const isOpen = (tally: Tally | undefined) => !tally || !isLast(tally);
  const open: Range[] = edition.slots.filter((slot) => isOpen(edition.tallies[slot])).map((slot) => rootOf(edition.id, slot));
  for (let rows = 0; rows < mostRows; rows += 1) {
    const range = open.pop();
    if (!range) return false;
    const row = await ranges.read(range);
    if (row?.shape === 'leaf' && (inCounts(countOutcomes(row.outcomes)) || inLeaf(row))) return true;
    if (row?.shape !== 'split') continue;
    if (Object.values(row.tallies).some(({ counts }) => inCounts(counts))) return true;
    const [left, right] = halvesOf(range);
    if (isOpen(row.tallies[1])) open.push(right);
    if (isOpen(row.tallies[0])) open.push(left);
  }
  return open.length > 0 && ifMany;
}
