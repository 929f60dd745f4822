/**
 * What a recipient costs the sender as its audience grows, in processor time of its process, units
 * of the table and memory; and what splitting and claiming cost alone, over subscriptions of which
 * nobody is sent to. npm run bench:scale -- [readers=20000,100000,300000] [subscriptions=1000000]
 */
import { randomUUID } from 'node:crypto';
import { dynamoAudienceReader } from '../adapters/dynamodb/audience-reader.ts';
import { dynamoEditionStore } from '../adapters/dynamodb/edition-store.ts';
import { dynamoRangeLedger } from '../adapters/dynamodb/range-ledger.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import { addresseesOf } from '../core/delivery/addressees.ts';
import { deliverRange } from '../core/delivery/deliver-range.ts';
import { openLane } from '../core/delivery/lane.ts';
import { newOutageDetector } from '../core/delivery/outage.ts';
import { type Range, rootOf } from '../core/delivery/range.ts';
import { newRefusals } from '../core/delivery/refusals.ts';
import { newThrottle } from '../core/delivery/send-rate.ts';
import type { DeliverDeps } from '../core/delivery/work-leaf.ts';
import { fewAtATime } from '../core/shared/few-at-a-time.ts';
import { startSender } from './recipient/sender.ts';
import { tableName } from './recipient/wire.ts';
import { maxSendRate, seedEdition, seedReaders } from './recipient/world.ts';

const [readers = '20000,100000,300000', subscriptions = '1000000'] = process.argv.slice(2);
const numbers = (list: string) => list.split(',').filter(Boolean).map(Number);
const { world, table, mails, bytesOf, deliverEdition, stop } = await startSender();
const { fragments } = mails.digestOf(1, (made) => bytesOf(made).length);
const round = (value: number, digits = 2) => Number(value.toFixed(digits));
const megabytes = () => Math.round(process.memoryUsage.rss() / 1e6);

/** Of the sending process and of the table, from here to the end of some work. */
async function costOf(count: number, work: () => Promise<void>) {
  globalThis.gc?.();
  const idle = megabytes();
  const before = await world.used();
  const start = process.cpuUsage();
  const began = performance.now();
  const memory: number[] = [];
  const looking = setInterval(() => memory.push(megabytes()), 1000);
  await work();
  clearInterval(looking);
  const { user, system } = process.cpuUsage(start);
  const after = await world.used();
  const quarter = (n: number) => Math.max(...memory.slice(Math.floor((memory.length * n) / 4), Math.ceil((memory.length * (n + 1)) / 4)));
  return {
    seconds: round((performance.now() - began) / 1000, 0),
    mails: after.mails - before.mails,
    'ms of processor each': round((user + system) / 1000 / count, 3),
    'read units each': round((after.units.read - before.units.read) / count, 3),
    'write units each': round((after.units.write - before.units.write) / count, 3),
    'MB before': idle,
    'MB at most, in each quarter of the run': [0, 1, 2, 3].map(quarter).join(', '),
  };
}

const rows: Record<string, string | number>[] = [];
const warm = 2000;
await seedReaders(world, 'warm', warm);
await deliverEdition('engineering-digest_warm', 'warm', fragments);
for (const count of numbers(readers)) {
  process.stderr.write(`seeding ${count} readers\n`);
  await seedReaders(world, `s${count}`, count);
  rows.push({ readers: count, ...(await costOf(count, () => deliverEdition(`engineering-digest_${count}`, `s${count}`, fragments))) });
  console.table(rows.slice(-1));
}
for (const count of numbers(subscriptions)) {
  process.stderr.write(`seeding ${count} subscriptions\n`);
  await seedReaders(world, `s${count}`, count, { profiles: false });
  let leaves = 0;
  const { mails: _, ...cost } = await costOf(count, async () => {
    leaves = await splitAndClaim(`engineering-digest_split-${count}`, `s${count}`);
  });
  console.table([{ subscriptions: count, leaves, ...cost }]);
}
console.table(rows);
await stop();
process.exit(0);

/**
 * Every range of a slot gets its shape and every leaf its owner, as `deliver` does it; then the
 * edition turns out to be paused: nobody is sent to.
 */
async function splitAndClaim(id: string, slot: string): Promise<number> {
  await seedEdition(table, id, slot, fragments);
  const counted = openTable(tableName);
  const now = () => new Date();
  const editions = dynamoEditionStore(counted, now);
  const seen = await editions.read(id);
  let waiting: Range[] = [rootOf(id, slot)];
  const unused = (): never => {
    throw new Error('nobody is sent to');
  };
  const deps: DeliverDeps = {
    audience: dynamoAudienceReader(counted),
    ranges: dynamoRangeLedger(counted, now),
    editions: { ...editions, read: async () => seen && { ...seen, paused: true } },
    queue: { send: async (ranges) => void waiting.push(...ranges) },
    newOwner: () => randomUUID(),
    leaseMs: 60_000,
    now,
    breaker: { stop: unused, takeProbe: unused, reopen: unused },
    evidence: { ask: unused },
    fragments: { readFragments: unused },
    reader: { read: unused, outlook: async () => ({ maxSendRate, recalled: false, superseded: false, lane: openLane }) },
    pacer: { book: unused },
    mailer: { send: unused },
    makeMail: unused,
    throttle: newThrottle(),
    outages: newOutageDetector(),
    sieve: { isWanted: false },
    refusals: newRefusals(),
    addressees: addresseesOf(['*@example.com']),
    graceMs: 0,
    requestTimeoutMs: 0,
    remainingMs: () => 25_000,
    waitUntil: unused,
  };
  let leaves = 0;
  while (waiting.length > 0) {
    const round = waiting;
    waiting = [];
    await fewAtATime(round, async (range) => {
      if ((await deliverRange(range, deps)).kind === 'paused') leaves += 1;
    });
  }
  return leaves;
}
