import { addCounts, type Edition } from '../edition/edition.ts';
import { UnknownEdition } from '../shared/errors.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { decideShape } from './decide-shape.ts';
import { claimLeaf, doubtsOf, newLeaf } from './leaf.ts';
import { type LeafWork, secondsUntil } from './leaf-step.ts';
import { halvesOf, type Leaf, type Range, type RangeRow, tallyOfSplit } from './range.ts';
import { settleDoubts } from './settle-leaf.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';
import { type DeliverDeps, type Handled, workLeaf } from './work-leaf.ts';

/**
 * Handles one range message: decides its shape once, then splits it down to its first leaf and
 * sends to the readers of that. Idempotent.
 * A paused edition is split all the same, so that `sweep` finds each of its ranges by a row when it
 * is resumed. Evidence is looked for while it is paused, too.
 */
export async function deliverRange(message: Range, deps: DeliverDeps): Promise<Handled> {
  const edition = await deps.editions.read(message.edition);
  if (!edition) throw new UnknownEdition(message.edition);
  const { range, row, people } = await decideShape(edition, message, deps);
  if (row) return atRow({ edition, range, row, people }, deps);
  const leaf = newLeaf(deps.newOwner(), deps.now().getTime() + deps.leaseMs);
  const handled = await workLeaf({ edition, range, leaf, unrecorded: {}, people: people ?? [], again: new Map() }, deps);
  if (handled.kind !== 'lost') return handled;
  // Somebody else wrote the leaf down first, or has it now.
  const theirs = await deps.ranges.read(range);
  return theirs ? atRow({ edition, range, row: theirs, people }, deps) : handled;
}

interface Found {
  readonly edition: Edition;
  readonly range: Range;
  readonly row: RangeRow;
  readonly people: readonly SubscriberId[] | undefined;
}

/** Goes on with a range whose shape was decided before. */
async function atRow({ edition, range, row, people }: Found, deps: DeliverDeps): Promise<Handled> {
  if (row.shape === 'split') {
    await deps.queue.send(halvesOf(range));
    const sum = tallyOfSplit(row, addCounts);
    if (sum) await raiseTally(range, sum, deps.ranges, deps.editions);
    return { kind: 'split' };
  }
  if (edition.paused && row.state !== 'settling') return { kind: 'paused' };

  const now = deps.now().getTime();
  const claim = await claimLeaf(deps.ranges, range, row, { owner: deps.newOwner(), now, leaseEndsAt: now + deps.leaseMs });
  if (claim.answer === 'done') {
    await raiseTally(range, tallyOfLeaf(claim.leaf), deps.ranges, deps.editions);
    return { kind: 'done already' };
  }
  if (claim.answer === 'held') {
    await deps.queue.send([range], secondsUntil(claim.until, now));
    return { kind: 'held' };
  }
  if (claim.answer === 'settling') return { kind: 'settling' };
  return workLeaf(await workIn(edition, range, claim.leaf, people, deps), deps);
}

/** What is to be done in a leaf that we own: settle its doubts, or send to everybody in it. */
async function workIn(
  edition: Edition,
  range: Range,
  leaf: Leaf,
  known: readonly SubscriberId[] | undefined,
  deps: DeliverDeps,
): Promise<LeafWork> {
  // A worker before us fell silent while it sent to these.
  const unrecorded = doubtsOf(leaf);
  deps.counted?.(unrecorded, []);
  if (leaf.state === 'settling') return settleDoubts(edition, range, leaf, deps);
  const people = known ?? (await deps.audience.first(edition, range, Number.POSITIVE_INFINITY));
  return { edition, range, leaf, unrecorded, people, again: new Map() };
}
