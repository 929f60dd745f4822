import type { EditionLedger, RangeLedger } from '../delivery/ports.ts';
import { halvesOf, type Leaf, parentOf, type Range, rootOf, tallyOfSplit } from '../delivery/range.ts';
import { raiseTally, tallyOfLeaf } from '../delivery/tally.ts';
import { addCounts, type Edition } from '../edition/edition.ts';
import { begunSlots } from '../edition/waves.ts';
import type { Slot } from '../subscriber/subscriber.ts';

/** What putting work back needs. */
export interface WakingDeps {
  readonly ranges: RangeLedger;
  readonly editions: EditionLedger;
  readonly send: (edition: Edition, range: Range) => Promise<void>;
  readonly now: () => Date;
}

export interface WalkDeps extends WakingDeps {
  /**
   * Records an edition with its postmortems and checks each again. Its composer may have died
   * before that, and then no restriction has reached the edition.
   */
  readonly recordAndCheck: (edition: Edition) => Promise<void>;
}

/** Rows that may still be read in this run, or messages that may still be sent. */
export interface Budget {
  left: number;
}

/**
 * Where a walk stopped: every range before this one was looked at. Without a slot: from the first.
 */
export interface WalkPosition {
  readonly slot?: Slot | undefined;
  readonly prefix: string;
}

export interface WalkOptions {
  readonly from: WalkPosition;
  /** Whether a range of this slot that has no row has lost its message. */
  readonly laneIsQuiet: (slot: Slot) => boolean;
  readonly rows: Budget;
  readonly messages: Budget;
  /**
   * Looks for work that a probe can travel with. Leaves that settle are passed over, because most
   * of them make no call to SES.
   */
  readonly isProbe: boolean;
  /**
   * Called by a probe for a leaf in which readers were denied, instead of sending its message: to
   * ask for the same readers again says nothing about others.
   */
  readonly denied: (range: Range, leaf: Leaf) => void;
}

/**
 * Walks down an unfinished edition wherever a tally is missing, and puts unfinished ranges back to
 * work. Waves that have not begun are left alone. Answers where to go on when a budget is used up;
 * undefined: it came to the end. Idempotent.
 */
export async function walkEdition(edition: Edition, options: WalkOptions, deps: WalkDeps): Promise<WalkPosition | undefined> {
  await closeWhatIsCounted(edition, deps);
  const send: WalkDeps['send'] = async (...message) => {
    options.messages.left -= 1;
    await deps.send(...message);
  };
  const begun = new Set(begunSlots(edition));
  const first = Math.max(0, edition.slots.indexOf(options.from.slot ?? ''));
  for (const [n, slot] of edition.slots.entries()) {
    if (n < first || edition.tallies[slot] || !begun.has(slot)) continue;
    const from = n === first ? options.from.prefix : '';
    const prefix = await walk(rootOf(edition.id, slot), { ...options, from, edition, deps: { ...deps, send } });
    if (prefix !== undefined) return { slot, prefix };
  }
  return undefined;
}

/**
 * All tallies are set but the edition is still open: the worker that set the last one crashed
 * before closing it. Setting it again closes the edition.
 */
async function closeWhatIsCounted(edition: Edition, deps: WalkDeps): Promise<void> {
  const last = edition.slots.at(-1);
  const tally = last && edition.slots.every((slot) => edition.tallies[slot]) ? edition.tallies[last] : undefined;
  if (last && tally) await deps.editions.setTally(edition.id, last, tally);
}

interface Walk extends Omit<WalkOptions, 'from'> {
  /** The prefix to go on from. Empty: from the beginning. */
  readonly from: string;
  readonly edition: Edition;
  readonly deps: WalkDeps;
}

/** No worker owns it, no message for it is on its way, and its doubts have waited long enough. */
export const isAbandoned = ({ leaseEndsAt, expectedBy, settlesAt }: Leaf, now: Date) =>
  Math.max(leaseEndsAt, expectedBy, settlesAt) <= now.getTime();

/** A message may lie in a queue for this long before it counts as lost. */
const patienceMs = 10 * 60_000;

/**
 * Sends the message of a leaf and notes it in the row first, so that an outage of an hour leaves
 * one message and not sixty.
 */
export async function sendOnce(edition: Edition, range: Range, leaf: Leaf, deps: WakingDeps): Promise<void> {
  const noted: Leaf = { ...leaf, version: leaf.version + 1, expectedBy: deps.now().getTime() + patienceMs };
  const isOurs = await deps.ranges.replace(range, noted, { version: leaf.version, owner: leaf.owner });
  if (isOurs) await deps.send(edition, range);
}

/** Every range below this prefix lies before the place to go on from. */
const isBehind = (prefix: string, from: string) => prefix < from.slice(0, prefix.length);

/** Answers the prefix at which a budget was used up. */
async function walk(range: Range, context: Walk): Promise<string | undefined> {
  const { edition, from, laneIsQuiet, rows, messages, isProbe, denied, deps } = context;
  if (isBehind(range.prefix, from)) return undefined;
  if (rows.left <= 0 || messages.left <= 0) return range.prefix;
  rows.left -= 1;
  const row = await deps.ranges.read(range);
  if (!row) {
    if (!laneIsQuiet(range.slot)) return undefined;
    if (range.prefix === '') await deps.recordAndCheck(edition);
    await deps.send(edition, range);
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
