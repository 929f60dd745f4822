import type { Readings } from '../../core/readership/ports.ts';
import { Reading } from '../../core/readership/reading.ts';
import { dayMs } from '../../core/shared/duration.ts';
import type { Table } from './table.ts';
import { expiryAttribute, readingKey, readingsPartition } from './table-shape.ts';

const keptMs = 400 * dayMs;

/** One item for each reader of a postmortem. */
export const dynamoReadings = (table: Table): Readings => ({
  async put(reading) {
    const key = readingKey(reading.postmortem, reading.blinded);
    const isView = reading.how === 'page';
    const before = isView ? undefined : readable(await table.read(key))[0];
    const first = before && { on: before.on, team: before.team };
    const expiry = { [expiryAttribute]: Math.ceil((Date.parse(reading.on) + keptMs) / 1000) };
    await table.put({ ...reading, ...first, ...key, ...expiry }, isView ? { expression: 'attribute_not_exists(pk)' } : undefined);
  },
  async remove({ postmortem, blinded, how }) {
    const isSame = { expression: '#how = :how', names: { '#how': 'how' }, values: { ':how': how } };
    await table.remove(readingKey(postmortem, blinded), isSame);
  },
  async read(postmortem, blinded) {
    return readable(await table.read(readingKey(postmortem, blinded)))[0];
  },
  async of(postmortem) {
    const readings: Reading[] = [];
    for await (const item of table.queryAll(readingsPartition(postmortem), { consistent: true })) readings.push(...readable(item));
    return readings;
  },
});

function readable(item: unknown): Reading[] {
  const read = Reading.safeParse(item);
  return read.success ? [read.data] : [];
}
