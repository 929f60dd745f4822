import type { RangeLedger } from '../../core/delivery/ports.ts';
import type { Range } from '../../core/delivery/range.ts';
import { packRange, unpackRange, unpackSplit } from './range-codec.ts';
import type { Condition, Table } from './table.ts';
import { expiryFrom, rangeKey } from './table-shape.ts';

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

const keyOf = (range: Range) => rangeKey(range.edition, range.slot, range.prefix);

/** The ledger of ranges in the one table. `now` gives the rows their expiry. */
export const dynamoRangeLedger = (table: Table, now: () => Date): RangeLedger => {
  const expiry = () => expiryFrom(now());
  return {
    async read(range) {
      const item = await table.read(keyOf(range));
      return item && unpackRange(item);
    },
    create: (range, row) => table.put({ ...keyOf(range), ...packRange(row), ...expiry() }, nobodyDecided),
    replace: (range, leaf, expected) => table.put({ ...keyOf(range), ...packRange(leaf), ...expiry() }, stillAs(expected)),
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
