import type { LeafFinder, RangeLedger } from '../../core/delivery/ports.ts';
import type { Leaf, Range, RangeRow } from '../../core/delivery/range.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import type { Slot, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { packRange, unpackRange, unpackSplit } from './range-codec.ts';
import type { Condition, Item, Table } from './table.ts';
import { expiryFrom, inOpen, rangeKey } from './table-shape.ts';

const nobodyDecided: Condition = { expression: 'attribute_not_exists(pk)' };
const stillAs = (expected: { version: number; owner: string }): Condition => ({
  expression: '#version = :version AND #owner = :owner',
  names: { '#version': 'version', '#owner': 'owner' },
  values: { ':version': expected.version, ':owner': expected.owner },
});
const newerThanThere = (attribute: string, version: number): Condition => ({
  expression: 'attribute_exists(pk) AND (attribute_not_exists(#tally) OR #tally.#version < :version)',
  names: { '#tally': attribute, '#version': 'version' },
  values: { ':version': version },
});

/**
 * A leaf that waits for evidence is open work, due when it may be settled. So is a leaf that was
 * reopened.
 */
const listing = (range: Range, row: RangeRow) =>
  row.shape === 'leaf' && row.state !== 'done' && row.settlesAt > 0
    ? { ...inOpen('leaf', new Date(row.settlesAt).toISOString(), `${range.edition}#${range.slot}#${range.prefix}`), listed: range }
    : {};

const keyOf = (range: Range) => rangeKey(range.edition, range.slot, range.prefix);

/** Keeps the ranges in the one table. `now` gives the rows their expiry. */
export const dynamoRangeLedger = (table: Table, now: () => Date): RangeLedger => {
  const expiry = () => expiryFrom(now());
  return {
    async read(range) {
      const item = await table.read(keyOf(range));
      return item && unpackRange(item);
    },
    create: (range, row) => table.put({ ...keyOf(range), ...packRange(row), ...listing(range, row), ...expiry() }, nobodyDecided),
    replace: (range, leaf, expected) =>
      table.put({ ...keyOf(range), ...packRange(leaf), ...listing(range, leaf), ...expiry() }, stillAs(expected)),
    async setTally(range, half, tally) {
      const attribute = `tally${half}`;
      const key = keyOf(range);
      const after =
        (await table.update(key, { set: { [attribute]: tally }, add: { version: 1 } }, newerThanThere(attribute, tally.version))) ??
        (await table.read(key));
      return after && unpackSplit(after);
    },
  };
};

/**
 * The most bits by which ranges are split before a leaf is found. A million subscribers need far
 * fewer.
 */
const deepest = 40;
const bitsOf = (sid: SubscriberId) =>
  [...sid.slice(0, deepest / 4)].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');

/** Ranges this deep hold fifty thousand readers of a slot, so deeper ones are rarely read. */
const usuallyDeepest = 10;

/**
 * Reads the ranges that may contain a person: the upper ones in one BatchGet, and where all of them
 * are split, the others in a second.
 */
export const dynamoLeafFinder = (table: Table): LeafFinder => ({
  async find(edition: EditionId, slot: Slot, subscriber: SubscriberId) {
    const bits = bitsOf(subscriber);
    const ranges = Array.from({ length: deepest + 1 }, (_, n): Range => ({ edition, slot, prefix: bits.slice(0, n) }));
    const upper = ranges.slice(0, usuallyDeepest + 1);
    let items = await table.readMany(upper.map(keyOf));
    if (items.length === upper.length && !items.some(isLeaf)) items = await table.readMany(ranges.slice(upper.length).map(keyOf));
    const item = items.find(isLeaf);
    const row = item && unpackRange(item);
    const range = item && ranges.find((one) => keyOf(one).sk === item.sk && keyOf(one).pk === item.pk);
    return row?.shape === 'leaf' && range ? { range, leaf: row satisfies Leaf } : undefined;
  },
});
const isLeaf = ({ shape }: Item) => shape === 'leaf';
