/**
 * The calls of the table that a delivery makes, and their units, by a leaf and by a reader. npm run
 * bench:ledger -- [readers=2000]
 */
import { rangePartitions } from '../adapters/dynamodb/table-shape.ts';
import { startSender } from './recipient/sender.ts';
import { seedReaders } from './recipient/world.ts';

const readers = Number(process.argv[2] ?? 2000);
const { world, table, mails, bytesOf, deliverEdition, stop } = await startSender();
const { fragments } = mails.digestOf(1, (made) => bytesOf(made).length);
const counted = 'engineering-digest_counted';

await seedReaders(world, 'warm', 100);
await seedReaders(world, 'all', readers);
await deliverEdition('engineering-digest_warm', 'warm', fragments);
const before = (await world.used()).units.operations;
await deliverEdition(counted, 'all', fragments);
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
const all = used.reduce(
  (sum, { calls, read, write }) => ({ ...sum, calls: sum.calls + calls, read: sum.read + read, write: sum.write + write }),
  { operation: 'all', calls: 0, read: 0, write: 0 },
);
const round = (value: number) => Number(value.toFixed(3));
process.stdout.write(`${readers} readers, ${leaves} leaves\n`);
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
