/**
 * How large each function's bundle is and how long it takes to load: a fresh process each time, the
 * environment of the template. npm run bench:bundles -- [times=10]
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { synthesise } from '../lib/synthesise.ts';
import { environmentOf } from '../local/lambda/environment.ts';
import type { FunctionPlan } from '../local/plan/functions.ts';
import { planOf } from '../local/plan/plan.ts';
import { localSlack } from '../local/slack/token.ts';
import { loadTemplate } from '../local/template/load.ts';
import { localConnectors } from '../local/vendors/server.ts';

const [times = 10] = process.argv.slice(2).map(Number);
const run = promisify(execFile);
const nowhere = 'http://127.0.0.1:1';
const endpoints = {
  dynamodb: nowhere,
  sqs: nowhere,
  sns: nowhere,
  ses: nowhere,
  secretsManager: nowhere,
  slackApi: nowhere,
  slackAnswers: nowhere,
};

const outDir = await mkdtemp(join(tmpdir(), 'afterword-bench-'));
/** With all that a stage can have, so that every function is there. */
const everything = { slack: localSlack().setting, connectors: localConnectors().setting };
const { template, assetsDir, stackName } = await synthesise('laptop', { distribution: 'samples/distribution.yaml', ...everything, outDir });
const { functions } = planOf(loadTemplate(template, { stackName, apiUrl: nowhere, queuesUrl: nowhere }));
const oneOfEach = functions.filter((plan, at) => functions.findIndex(({ asset }) => asset === plan.asset) === at);

const empty = join(outDir, 'empty.mjs');
await writeFile(empty, 'export const handler = () => {};\n');
const rows: Record<string, Record<string, number>> = { 'an empty bundle': await loading(empty, {}) };
for (const plan of oneOfEach) rows[plan.name.replace(`${stackName}-`, '')] = await measure(plan);
console.table(rows);
await rm(outDir, { recursive: true, force: true });

async function measure(plan: FunctionPlan): Promise<Record<string, number>> {
  const file = join(assetsDir, plan.asset, 'handler.mjs');
  const bytes = await readFile(file);
  const kilobytes = (n: number) => Math.round(n / 1000);
  return {
    KB: kilobytes(bytes.length),
    'KB, gzip': kilobytes(gzipSync(bytes).length),
    ...(await loading(file, environmentOf(plan, endpoints))),
  };
}

/**
 * The processor's time of the import, with the threads that compile and collect garbage: the least,
 * which other work on the machine changes least. By the clock, medians: of the import alone, and of
 * the whole process.
 */
async function loading(file: string, env: Record<string, string>): Promise<Record<string, number>> {
  const script = `const from = performance.now(), used = process.cpuUsage(); await import(${JSON.stringify(pathToFileURL(file).href)}); const { user, system } = process.cpuUsage(used); console.log('import', performance.now() - from, (user + system) / 1000); process.exit(0);`;
  const processor: number[] = [];
  const imports: number[] = [];
  const processes: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
    processes.push(performance.now() - from);
    const [, byClock, ofProcessor] = /^import (\S+) (\S+)$/m.exec(stdout) ?? [];
    imports.push(Number(byClock));
    processor.push(Number(ofProcessor));
  }
  return {
    'import, ms of the processor': Math.round(Math.min(...processor)),
    'import, ms': median(imports),
    'whole process, ms': median(processes),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(1));
}
