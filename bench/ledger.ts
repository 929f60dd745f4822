/**
 * The calls of the table that a delivery makes, and their units, by a leaf and by a reader; and what
 * a small mail costs the sender in all. npm run bench:ledger -- [readers=2000]
 */
import { rangePartitions } from '../adapters/dynamodb/table-shape.ts';
import { withChanges } from '../test/faults/changed-sources.ts';
import { startSender } from './recipient/sender.ts';
import { seedReaders } from './recipient/world.ts';

const readers = Number(process.argv[2] ?? 2000);
/** A busy machine is late for its places and books others. What is counted here must not say so. */
const neverLate = withChanges([{ file: 'core/delivery/send-chunk.ts', from: 'const lateMs = 250;', to: 'const lateMs = 250_000;' }]);
const { world, table, mails, bytesOf, deliverEdition, stop } = await startSender([neverLate]);
const { fragments } = mails.digestOf(1, (made) => bytesOf(made).length);
const counted = 'engineering-digest_counted';

await seedReaders(world, 'warm', 100);
await seedReaders(world, 'all', readers);
await deliverEdition('engineering-digest_warm', 'warm', fragments);
const before = (await world.used()).units.operations;
const start = process.cpuUsage();
await deliverEdition(counted, 'all', fragments);
const { user, system } = process.cpuUsage(start);
const { operations } = (await world.used()).units;

let leaves = 0;
for (const partition of rangePartitions(counted, 'all'))
  for await (const { shape } of table.queryAll(partition)) leaves += shape === 'leaf' ? 1 : 0;

const used = operations.map((line) => {
  const earlier = before.find(({ operation }) => operation === line.operation);
  return {
    operation: line.operation,
    calls: line.calls - (earlier?.calls ?? 0),
    read: line.readUnits - (earlier?.readUnits ?? 0),
    write: line.writeUnits - (earlier?.writeUnits ?? 0),
  };
});
const sum = (of: 'calls' | 'read' | 'write') => used.reduce((total, line) => total + line[of], 0);
const all = { operation: 'all', calls: sum('calls'), read: sum('read'), write: sum('write') };
const round = (value: number) => Number(value.toFixed(3));
process.stdout.write(
  `${readers} readers, ${leaves} leaves, ${round((user + system) / 1000 / readers)} ms of processor time a small mail\n`,
);
console.table(
  [...used, all].map(({ operation, calls, read, write }) => ({
    operation,
    'calls a leaf': round(calls / leaves),
    'calls a reader': round(calls / readers),
    'read units a reader': round(read / readers),
    'write units a reader': round(write / readers),
  })),
);
await stop();
process.exit(0);
