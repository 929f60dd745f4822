import { addCounts, type Edition } from '../edition/edition.ts';
import { UnknownEdition } from '../shared/errors.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { changeLeaf, claimLeaf, doubtsOf, newLeaf } from './leaf.ts';
import { type LeafWork, secondsUntil } from './leaf-step.ts';
import { halvesOf, type Leaf, leafSize, type Range, type RangeRow, tallyOfSplit } from './range.ts';
import { settleDoubts } from './settle-leaf.ts';
import { raiseTally, tallyOfLeaf } from './tally.ts';
import { type DeliverDeps, type Handled, workLeaf } from './work-leaf.ts';

/**
 * Handles one range message: decides its shape once, then splits it or sends to its readers.
 * Idempotent.
 * A paused edition is split all the same, so that `sweep` finds each of its ranges by a row when it
 * is resumed. Evidence is looked for while it is paused, too.
 */
export async function deliverRange(range: Range, deps: DeliverDeps): Promise<Handled> {
  const edition = await deps.editions.read(range.edition);
  if (!edition) throw new UnknownEdition(range.edition);
  const { row, people, ours } = await decideShape(edition, range, deps);
  if (row.shape === 'split') {
    await deps.queue.send(halvesOf(range));
    const sum = tallyOfSplit(row, addCounts);
    if (sum) await raiseTally(range, sum, deps.ranges, deps.editions);
    return { kind: 'split' };
  }
  if (edition.paused && row.state !== 'settling') {
    if (ours) await changeLeaf(deps.ranges, range, row, { outcomes: {}, release: { as: 'open', expectedBy: 0 } });
    return { kind: 'paused' };
  }
  if (ours) return workLeaf(await workIn(edition, range, row, people, deps), deps);

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
  return workLeaf(await workIn(edition, range, claim.leaf, undefined, deps), deps);
}

interface Shaped {
  readonly row: RangeRow;
  /** Everybody in a leaf that we have just created. */
  readonly people?: readonly SubscriberId[];
  readonly ours: boolean;
}

async function decideShape(edition: Edition, range: Range, deps: DeliverDeps): Promise<Shaped> {
  const seen = await deps.ranges.read(range);
  if (seen) return { row: seen, ours: false };
  const people = await deps.audience.first(edition, range, leafSize + 1);
  const leaf = newLeaf(deps.newOwner(), deps.now().getTime() + deps.leaseMs);
  const row: RangeRow = people.length > leafSize ? { shape: 'split', tallies: {} } : leaf;
  if (await deps.ranges.create(range, row)) return { row, people, ours: row.shape === 'leaf' };
  const now = await deps.ranges.read(range);
  if (!now) throw new Error(`range ${range.edition} ${range.slot} ${range.prefix || '-'}: neither created nor there`);
  const landed = now.shape === 'leaf' && now.owner === leaf.owner && now.step === 0;
  return landed ? { row: now, people, ours: true } : { row: now, ours: false };
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
