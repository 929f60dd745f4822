/**
 * Runs the tests as on other days: `npm run test:any-day`, `-- week-53 leap-day`, `-- --by
 * <commit>` for the one that a hash chooses.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Day {
  readonly name: string;
  /** When its run begins: most of them end on another side of what is told. */
  readonly at: string;
  /** Of the processes. */
  readonly zone: string;
  readonly what: string;
}

const days: readonly Day[] = [
  { name: 'sunday', at: '2026-12-06T23:58:00Z', zone: 'UTC', what: 'a Sunday, two minutes before Monday' },
  { name: 'monday', at: '2026-12-06T23:00:00Z', zone: 'Europe/Berlin', what: 'the first second of a Monday in Berlin' },
  { name: 'leap-day', at: '2028-02-29T18:25:00Z', zone: 'Asia/Kolkata', what: 'the end of 29 February, half an hour off' },
  { name: 'week-53', at: '2026-12-31T23:57:00Z', zone: 'America/St_Johns', what: 'the last day of a year of 53 weeks' },
  { name: 'spring', at: '2027-03-28T00:58:00Z', zone: 'Europe/Berlin', what: 'clocks go forward in Berlin two minutes later' },
  { name: 'autumn', at: '2026-10-25T00:58:00Z', zone: 'Europe/Berlin', what: 'clocks go back in Berlin two minutes later' },
  { name: 'month-end', at: '2027-01-31T09:58:00Z', zone: 'Pacific/Kiritimati', what: 'a last Sunday, and the end of its month' },
];

const libraries = [
  '/usr/lib/*/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
  '/usr/local/lib/faketime/libfaketimeMT.so.1',
];
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));

interface Ran {
  readonly seconds: number;
  readonly passed: number;
  readonly failed: number;
  readonly isFine: boolean;
}

/**
 * A run of the tests whose clock says what the day says, and goes on from there. What measures how
 * long something takes stays real.
 */
async function runOn({ at, zone }: Day, library: string, tests: readonly string[]): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'afterword-day-'));
  const report = join(folder, 'report.json');
  const began = performance.now();
  const child = spawn(process.execPath, [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...tests], {
    stdio: 'inherit',
    env: {
      ...process.env,
      TZ: zone,
      LD_PRELOAD: library,
      // How far away it is, not when: each process that starts would begin at the same instant
      // again.
      FAKETIME: `${Math.round((Date.parse(at) - Date.now()) / 1000)}s`.replace(/^(?!-)/, '+'),
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
  });
  const [code] = await once(child, 'exit');
  const seconds = Math.round((performance.now() - began) / 1000);
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = existsSync(report) ? JSON.parse(await readFile(report, 'utf8')) : {};
  await rm(folder, { recursive: true });
  return { seconds, passed, failed, isFine: code === 0 };
}

/** Keeps as many processors busy as it is told. */
const busyLoops = (count: number): ChildProcess[] =>
  Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));

function chosen(names: readonly string[], by: string | undefined): readonly Day[] {
  const [first] = days;
  if (by !== undefined && first) return [days[Number.parseInt(by.slice(0, 8), 16) % days.length] ?? first];
  const unknown = names.filter((name) => !days.some((day) => day.name === name));
  if (unknown.length > 0) throw new Error(`no such day: ${unknown.join(', ')}. Use ${days.map(({ name }) => name).join(', ')}.`);
  return names.length > 0 ? days.filter(({ name }) => names.includes(name)) : days;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Hexadecimal: chooses one day. */
    by: { type: 'string' },
    /** Loops that keep a processor busy beside each run. */
    busy: { type: 'string', default: '0' },
    /** Only tests whose file has this in its path; may stand several times. */
    only: { type: 'string', multiple: true, default: [] },
  },
});
const library = globSync(libraries)[0];
if (library === undefined) {
  console.error('libfaketime is not on this machine. On Debian and Ubuntu: apt-get install faketime');
  process.exit(1);
}
const told: string[] = [];
for (const day of chosen(positionals, values.by)) {
  console.log(`\nAs on ${day.at}, in ${day.zone}: ${day.what}`);
  const busy = busyLoops(Number(values.busy));
  const { seconds, passed, failed, isFine } = await runOn(day, library, values.only);
  for (const loop of busy) loop.kill();
  told.push(`${day.name.padEnd(10)} ${String(seconds).padStart(5)} s  ${passed} passed, ${failed} failed${isFine ? '' : '  NOT FINE'}`);
  if (!isFine) process.exitCode = 1;
}
console.log(`\n${told.join('\n')}`);
