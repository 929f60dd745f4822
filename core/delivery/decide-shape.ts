import type { Edition } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { boundsOf, halvesOf, type Range, type RangeRow } from './range.ts';
import { leafSizeAt } from './send-rate.ts';
import type { DeliverDeps } from './work-leaf.ts';

/** What a message comes to. Its range, or the first leaf of it. */
export interface Shaped {
  readonly range: Range;
  /** Undefined: a leaf that nobody has written down yet. */
  readonly row: RangeRow | undefined;
  /** Everybody in a leaf. Undefined: they were not all read. */
  readonly people: readonly SubscriberId[] | undefined;
}

type Deps = Pick<DeliverDeps, 'audience' | 'ranges' | 'queue' | 'reader' | 'throttle' | 'now'>;

/**
 * Decides the shape of a range from one query. Where too many are in it, it becomes a split, and so
 * does its first half, down to the first leaf, which is left to the caller. The other halves get
 * messages. A range of which somebody has decided the shape is left as it is.
 *
 * Each split is written before its half is looked at, and a half gets its message after its split
 * was written: nobody may be in two leaves. A worker that dies in between leaves a split, and its
 * message, which comes again, brings both halves.
 */
export async function decideShape(edition: Edition, range: Range, deps: Deps): Promise<Shaped> {
  const { maxSendRate } = await deps.reader.outlook(edition);
  const leafSize = leafSizeAt(deps.throttle.pace(maxSendRate, deps.now().getTime()));
  const others: Range[] = [];
  let people = await deps.audience.first(edition, range, leafSize + 1);
  let at = range;
  let row = people.length > leafSize ? undefined : await deps.ranges.read(at);
  while (!row && people.length > leafSize) {
    row = await splitOrRow(at, deps);
    if (row) break;
    const [half, other] = halvesOf(at);
    others.push(other);
    const { last } = boundsOf(half.prefix);
    people = people.filter((sid) => sid <= last);
    at = half;
  }
  // The largest first.
  if (others.length > 0) await deps.queue.send(others);
  return { range: at, row, people: people.length > leafSize ? undefined : people };
}

/** Makes a range a split. Answers the row that stands there, if somebody was first. */
async function splitOrRow(range: Range, { ranges }: Deps): Promise<RangeRow | undefined> {
  if (await ranges.create(range, { shape: 'split', tallies: {} })) return undefined;
  const row = await ranges.read(range);
  if (!row) throw new Error(`range ${range.edition} ${range.slot} ${range.prefix || '-'}: neither created nor there`);
  return row;
}
