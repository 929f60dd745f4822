import type { RangeLedger } from '../delivery/ports.ts';
import { halvesOf, type Range, rootOf } from '../delivery/range.ts';
import { tallyOfLeaf } from '../delivery/tally.ts';
import { countsOf, type Edition, type Tally } from '../edition/edition.ts';

/** So many rows are read at most; where none of them has an accepted mail, none counts as accepted. */
const mostRows = 100;

const isIn = ({ counts }: Tally) => (counts.accepted ?? 0) > 0;

/** Whether a mail of an edition was accepted: by its tallies, and where one is still to come by the rows of its ranges. */
export async function hasAccepted(edition: Edition, ranges: Pick<RangeLedger, 'read'>): Promise<boolean> {
  if ((countsOf(edition).accepted ?? 0) > 0) return true;
  const open: Range[] = edition.slots.filter((slot) => !edition.tallies[slot]).map((slot) => rootOf(edition.id, slot));
  for (let rows = 0; rows < mostRows; rows += 1) {
    const range = open.pop();
    if (!range) return false;
    const row = await ranges.read(range);
    if (row?.shape === 'leaf' && isIn(tallyOfLeaf(row))) return true;
    if (row?.shape !== 'split') continue;
    if (Object.values(row.tallies).some(isIn)) return true;
    const [left, right] = halvesOf(range);
    if (!row.tallies[1]) open.push(right);
    if (!row.tallies[0]) open.push(left);
  }
  return false;
}
