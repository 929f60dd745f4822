/**
 * What each safeguard of delivery costs a recipient while nothing goes wrong: the same edition with
 * each of them taken away in turn, each in a process of its own, several rounds, the median of
 * each. npm run bench:safeguards -- [readers=5000] [rounds=3]
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type SourceChange, withChanges } from '../test/faults/changed-sources.ts';
import { safeguards } from '../test/faults/safeguards.ts';
import { startSender } from './recipient/sender.ts';
import { seedReaders } from './recipient/world.ts';

interface Cost {
  readonly ms: number;
  readonly read: number;
  readonly write: number;
}

const [readers = '5000', rounds = '3', only] = process.argv.slice(2);
const count = Number(readers);
if (only === undefined) await compareAll();
else process.stdout.write(JSON.stringify(await measure(only)));
process.exit(0);

async function compareAll(): Promise<void> {
  const names = ['none', ...Object.keys(safeguards)];
  const costs = new Map<string, Cost[]>(names.map((name) => [name, []]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const name of names) {
      process.stderr.write(`round ${round + 1}: without ${name}\n`);
      costs.get(name)?.push(await inItsOwnProcess(name));
    }
  }
  const all = middle(costs.get('none') ?? []);
  console.table(
    names.map((name) => {
      const { ms, read, write } = middle(costs.get(name) ?? []);
      return {
        without: name,
        'ms of processor a reader': round(ms),
        'ms it costs': round(all.ms - ms),
        'read units a reader': round(read),
        'write units a reader': round(write),
      };
    }),
  );
}

async function inItsOwnProcess(name: string): Promise<Cost> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(import.meta.url),
    readers,
    '1',
    name,
  ]);
  return JSON.parse(stdout);
}

async function measure(name: string): Promise<Cost> {
  const byName: Readonly<Record<string, readonly SourceChange[]>> = safeguards;
  const removed = byName[name] ?? [];
  const { world, mails, bytesOf, deliverEdition, stop } = await startSender([withChanges(removed)]);
  const { fragments } = mails.digestOf(1, (made) => bytesOf(made).length);
  await seedReaders(world, 'warm', 500);
  await deliverEdition('engineering-digest_warm', 'warm', fragments);
  await seedReaders(world, 'all', count);
  globalThis.gc?.();
  const before = await world.used();
  const start = process.cpuUsage();
  await deliverEdition('engineering-digest_all', 'all', fragments);
  const { user, system } = process.cpuUsage(start);
  const after = await world.used();
  await stop();
  return {
    ms: (user + system) / 1000 / count,
    read: (after.units.read - before.units.read) / count,
    write: (after.units.write - before.units.write) / count,
  };
}

function middle(costs: readonly Cost[]): Cost {
  const of = (part: keyof Cost) => costs.map((cost) => cost[part]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? 0;
  return { ms: of('ms'), read: of('read'), write: of('write') };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
