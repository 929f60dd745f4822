import type { EditionLedger, RangeLedger } from '../delivery/ports.ts';
import { halvesOf, type Leaf, parentOf, type Range, rootOf, tallyOfSplit } from '../delivery/range.ts';
import { raiseTally, tallyOfLeaf } from '../delivery/tally.ts';
import { addCounts, type Edition } from '../edition/edition.ts';
import { begunSlots } from '../edition/waves.ts';
import type { Slot } from '../subscriber/subscriber.ts';

export interface WalkDeps {
  readonly ranges: RangeLedger;
  readonly editions: EditionLedger;
  readonly send: (edition: Edition, range: Range) => Promise<void>;
  readonly now: () => Date;
}

/** Rows that may still be read in this run, or messages that may still be sent. */
export interface Budget {
  left: number;
}

/** Where a walk stopped: everything before this range of this slot was looked at. Without a slot: from the first one. */
export interface Place {
  readonly slot?: Slot | undefined;
  readonly prefix: string;
}

export interface Way {
  readonly from: Place;
  /** The lane's queue has reported nothing in two runs, so a range of this slot without a row has lost its message. */
  readonly laneIsQuiet: (slot: Slot) => boolean;
  readonly budget: Budget;
  readonly messages: Budget;
  /** Looks for work that a probe can travel with: leaves that settle are passed over, because most of them make no call. */
  readonly isProbe: boolean;
  /** Told of a leaf in which readers were denied, in place of a message to it: a probe that asks for them once more tells nothing of others. */
  readonly denied: (range: Range, leaf: Leaf) => void;
}

/**
 * Walks down an unfinished edition where a tally is missing and puts its unfinished ranges back to work. Everything it does can be done again.
 * A wave that is not begun is left alone. Stops when a budget is used up and answers where to go on in the next run; undefined: it came to the end.
 */
export async function walkEdition(edition: Edition, way: Way, deps: WalkDeps): Promise<Place | undefined> {
  await closeWhatIsCounted(edition, deps);
  const send: WalkDeps['send'] = async (...message) => {
    way.messages.left -= 1;
    await deps.send(...message);
  };
  const begun = new Set(begunSlots(edition));
  const first = Math.max(0, edition.slots.indexOf(way.from.slot ?? ''));
  for (const [n, slot] of edition.slots.entries()) {
    if (n < first || edition.tallies[slot] || !begun.has(slot)) continue;
    const from = n === first ? way.from.prefix : '';
    const prefix = await walk(rootOf(edition.id, slot), { ...way, from, edition, deps: { ...deps, send } });
    if (prefix !== undefined) return { slot, prefix };
  }
  return undefined;
}

/** It has every tally and yet is open: whoever set the last one died before closing it. Setting it again closes it. */
async function closeWhatIsCounted(edition: Edition, deps: WalkDeps): Promise<void> {
  const last = edition.slots.at(-1);
  const tally = last && edition.slots.every((slot) => edition.tallies[slot]) ? edition.tallies[last] : undefined;
  if (last && tally) await deps.editions.setTally(edition.id, last, tally);
}

interface Walk extends Omit<Way, 'from'> {
  /** The prefix to go on from; empty: from the beginning. */
  readonly from: string;
  readonly edition: Edition;
  readonly deps: WalkDeps;
}

/** Nobody works on it, no message for it is on its way, and its doubts have waited long enough. */
export const isAbandoned = ({ leaseEndsAt, expectedBy, settlesAt }: Leaf, now: Date) =>
  Math.max(leaseEndsAt, expectedBy, settlesAt) <= now.getTime();

/** How long a message may lie in a queue before it is believed lost. */
const patienceMs = 10 * 60_000;

/** Notes in the row that a message is on its way, so that an outage of an hour leaves one message and not sixty. */
export async function sendOnce(edition: Edition, range: Range, leaf: Leaf, deps: WalkDeps): Promise<void> {
  const noted: Leaf = { ...leaf, version: leaf.version + 1, expectedBy: deps.now().getTime() + patienceMs };
  const isOurs = await deps.ranges.replace(range, noted, { version: leaf.version, owner: leaf.owner });
  if (isOurs) await deps.send(edition, range);
}

/** Everything below these bits lies before the place to go on from. */
const isBehind = (prefix: string, from: string) => prefix < from.slice(0, prefix.length);

async function walk(range: Range, context: Walk): Promise<string | undefined> {
  const { edition, from, laneIsQuiet, budget, messages, isProbe, denied, deps } = context;
  if (isBehind(range.prefix, from)) return undefined;
  if (budget.left <= 0 || messages.left <= 0) return range.prefix;
  budget.left -= 1;
  const row = await deps.ranges.read(range);
  if (!row) {
    if (laneIsQuiet(range.slot)) await deps.send(edition, range);
    return undefined;
  }
  if (row.shape === 'leaf') {
    if (row.state === 'done') await raiseTally(range, tallyOfLeaf(row), deps.ranges, deps.editions);
    else if ((isProbe && row.state === 'settling') || !isAbandoned(row, deps.now())) return undefined;
    else if (isProbe && Object.keys(row.denied).length > 0) denied(range, row);
    else await sendOnce(edition, range, row, deps);
    return undefined;
  }
  const sum = tallyOfSplit(row, addCounts);
  if (sum) {
    await raiseTally(range, sum, deps.ranges, deps.editions);
    return undefined;
  }
  for (const half of halvesOf(range)) {
    const which = parentOf(half)?.half;
    if (which && row.tallies[which]) continue;
    const stoppedAt = await walk(half, context);
    if (stoppedAt !== undefined) return stoppedAt;
  }
  return undefined;
}
