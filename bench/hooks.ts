/**
 * A vendor that posts everything at once: so many events of incident.io and Rootly in ten seconds,
 * four about each incident, at the whole local stack. How long the answers of `hooks` take, how
 * long `collect` needs, what is left undone, memory, and intake and pages alone and meanwhile.
 * npm run bench:hooks -- [events=1000] [seconds=10]
 */
import { readdir, readFile } from 'node:fs/promises';
import { loadavg, setPriority } from 'node:os';
import { localKey } from '../local/start/local-key.ts';
import { aRunningStack } from '../test/support/running-stack.ts';
import { atARate, quantile, type Rated } from './hooks/at-a-rate.ts';
import { counted, usdBetween } from './hooks/cost.ts';
import { anEvent, finishIncidents, refOf, toolOf } from './hooks/vendors.ts';

const [events = 1000, seconds = 10] = process.argv.slice(2).map(Number);
const eventsOfEach = 4;
const incidents = Math.ceil(events / eventsOfEach);
const stack = await aRunningStack({ connectors: true });
const file = await readFile('samples/distribution.yaml', 'utf8');
const connectors = 'connectors:\n  incident-io: { severities: { Minor: sev3 } }\n  rootly: { severities: { SEV3: sev3 } }\n';
await stack.call('PUT', '/operator/configuration', file + connectors, { 'content-type': 'text/yaml' });
await finishIncidents(stack, incidents + 10);

const post = async (incident: number, n: number) => {
  const { source, headers, body } = anEvent(incident, n, stack.now());
  return (await fetch(`${stack.url}/hooks/${source}/${localKey}`, { method: 'POST', headers, body })).status;
};
const publish = async (run: string, n: number) =>
  (await stack.call('PUT', `/postmortems/bench-${run}-${n}`, { title: `It was down ${n}`, severity: 'sev3', summary: 'It ran out.' }))
    .status;
const look = async () => (await fetch(`${stack.url}/join`)).status;
const beside = (run: string) => [atARate(1, seconds, (n) => publish(run, n)), atARate(5, seconds, look)] as const;

// What runs first warms the functions and does not count.
await Promise.all(Array.from({ length: 10 }, (_, n) => post(incidents + n, n)));
await Promise.all(beside('warm'));
await stack.drain();

const [intakeAlone, pagesAlone] = await Promise.all(beside('alone'));
const [before, countedBefore] = [await processes(), await counted(stack)];
// On AWS it shares no core with those that answer.
giveWay(19);
const began = performance.now();
const hooks = atARate(events / seconds, seconds, (n) => post(Math.floor(shuffled(n) / eventsOfEach), n));
const [answers, intakeBeside, pagesBeside] = await Promise.all([hooks, ...beside('beside')]);
const during = await processes();
giveWay(0);
while (!(await stack.drainForAMinute()).drained);
const worked = (performance.now() - began) / 1000;
const usd = usdBetween(countedBefore, await counted(stack), events);

console.table({
  'hooks, the burst': rowOf(answers),
  'intake alone': rowOf(intakeAlone),
  'intake beside the burst': rowOf(intakeBeside),
  'pages alone': rowOf(pagesAlone),
  'pages beside the burst': rowOf(pagesBeside),
});
const after = await processes();
console.table(
  Object.fromEntries(
    Object.keys(after).map((name) => [
      name,
      {
        processes: after[name]?.pids.length,
        'largest before, MB': before[name]?.largestMb,
        during: during[name]?.largestMb,
        after: after[name]?.largestMb,
        'processor ms an event': ((after[name]?.processorMs ?? 0) - (before[name]?.processorMs ?? 0)) / events,
      },
    ]),
  ),
);
const undone: string[] = [];
for (let n = 0; n < incidents; n += 1) {
  const { status, body } = await stack.call('GET', `/postmortems/${toolOf(n)}-${refOf(n).toLowerCase()}`);
  if (status !== 200 || body.status !== 'published' || body.revision !== 1) undone.push(`${refOf(n)}: ${status} ${body.revision}`);
}
console.log(
  `${incidents} incidents, ${undone.length} not published exactly once; all was done ${worked.toFixed(0)} s after the first event`,
);
console.log(`${events} events cost $${usd.toFixed(4)}, with the functions as slow as they are here`);
const queues = (await stack.call('GET', '/_local/queues')).body;
console.log(`dead letters: ${JSON.stringify(queues).match(/"deadLetters?":\s*[1-9]/g)?.length ?? 0}`);
console.log(`load of the machine in the last minute: ${loadavg()[0]?.toFixed(1)}`);
await stack.stop();
process.exit(undone.length > 0 ? 1 : 0);

/** Events about one incident do not come one after the other. 7919 is prime. */
function shuffled(n: number): number {
  return (n * 7919) % events;
}

function rowOf({ tookMs, statuses }: Rated) {
  const of = (share: number) => quantile(tookMs, share);
  return { calls: tookMs.length, 'half, ms': of(0.5), 'p99, ms': of(0.99), 'most, ms': of(1), answers: JSON.stringify(statuses) };
}

function giveWay(priority: number): void {
  for (const pid of before.collect?.pids ?? []) setPriority(pid, priority);
}

interface Processes {
  readonly pids: readonly number[];
  readonly largestMb: number;
  readonly processorMs: number;
}

/** What the processes of the functions take so far. By `/proc`, so on Linux. */
async function processes(): Promise<Record<string, Processes>> {
  const found: Record<string, Processes> = {};
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const file = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const [environment, status, stat] = await Promise.all([file('environ'), file('status'), file('stat')]);
    const name = /AWS_LAMBDA_FUNCTION_NAME=[^\0]*-(hooks|collect|intake)\0/.exec(environment)?.[1];
    if (name === undefined || numberIn(status, /PPid:\s*(\d+)/) !== process.pid) continue;
    const { pids, largestMb, processorMs } = found[name] ?? { pids: [], largestMb: 0, processorMs: 0 };
    // The 14th and 15th field, in hundredths of a second.
    const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
    found[name] = {
      pids: [...pids, Number(pid)],
      largestMb: Math.max(largestMb, Math.round(numberIn(status, /VmRSS:\s*(\d+)/) / 1024)),
      processorMs: processorMs + (user + system) * 10,
    };
  }
  return found;
}

function numberIn(text: string, at: RegExp): number {
  return Number(at.exec(text)?.[1] ?? 0);
}
