/**
 * Composes the digest of a week with very many incidents in a table with a long past, in a fresh
 * process that runs the deployed bundle, and tells what it took. npm run bench:compose --
 * [--postmortems 5000] [--people 20000] [--told 121] [--touched] [folder with Markdown files]
 * `--touched`: the whole archive was changed in the told week, as an import or a new field in
 * somebody's tool does.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dynamoDistributionStore } from '../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../adapters/dynamodb/edition-store.ts';
import { weekBefore } from '../core/calendar/week.ts';
import { readerMail } from '../core/delivery/make-mail.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import { scheduledEditionId } from '../core/edition/edition-id.ts';
import { toInstant } from '../core/shared/instant.ts';
import { aProfile } from '../test/support/delivery.ts';
import { importAll, takeAll, tellAll } from './compose/archive.ts';
import { anIncident } from './compose/incidents.ts';
import { Measured } from './compose/measured.ts';
import { toldWeek } from './compose/told-week.ts';
import { aStage, type Stage } from './one-function.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    postmortems: { type: 'string', default: '5000' },
    people: { type: 'string', default: '20000' },
    told: { type: 'string', default: '121' },
    touched: { type: 'boolean', default: false },
  },
});
const due = new Date('2026-11-23T08:00:00Z');
const hourMs = 3600 * 1000;
const twoYearsMs = 2 * 365 * 24 * hourMs;

const read = parseDistribution(await readFile('samples/distribution.yaml', 'utf8'));
if ('flaws' in read) throw new Error('the sample distribution file is wrong');
const { distribution } = read;
const { zone } = distribution.organisation;
const week = weekBefore(due, zone);
const weekStart = new Date(week.start);

const told = await toldWeek(weekStart, Number(options.told), positionals[0]);
const past = Number(options.postmortems) - told.length;
const archive = Array.from({ length: past }, (_, n) => anIncident(n, new Date(weekStart.getTime() - twoYearsMs * ((n + 1) / past))));

const stage = await aStage('compose');
const { table } = stage;
const filling = performance.now();
await dynamoDistributionStore(table).write(read, undefined, '2024-11-01T00:00:00Z');
await takeAll(table, archive, distribution, ({ publishedAt = '' }) =>
  options.touched ? new Date(weekStart.getTime() + hourMs) : new Date(Date.parse(publishedAt) + hourMs),
);
const digests = await tellAll(table, archive, zone, due);
await takeAll(table, told, distribution, ({ publishedAt = '' }) => new Date(Date.parse(publishedAt) + hourMs));
await importAll(table, Number(options.people), distribution, new Date(week.start));
console.log(`table filled in ${((performance.now() - filling) / 1000).toFixed(0)} s, with ${digests} earlier digests`);

const measured = await compose(stage);
const stored = await storedEdition(stage);
await stage.stop();

const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const used = (what: 'readUnits' | 'writeUnits') => stage.usage.lines().reduce((sum, line) => sum + line[what], 0);
console.table({
  'postmortems in the table': archive.length + told.length,
  'their size as JSON, median': kb(median([...archive, ...told].map((one) => Buffer.byteLength(JSON.stringify(one))))),
  'people in the table': Number(options.people),
  'told in the week': told.length,
  'loading the bundle, seconds': (measured.loadingMs / 1000).toFixed(2),
  'composing, seconds': (measured.runningMs / 1000).toFixed(2),
  'of that on the processor, seconds': (measured.cpuMs / 1000).toFixed(2),
  'memory of the process at its peak': `${mb(measured.peakRss)} of ${stage.fn.plan.memoryMb} MB`,
  'memory once the bundle was loaded': mb(measured.loadedRss),
  'JavaScript heap at its peak': mb(measured.peakHeap),
  'stored edition': `${kb(stored.bytes)} in ${stored.parts} part(s)`,
  'HTML of the mail': kb(stored.html),
  'text of the mail': kb(stored.text),
  'of the told, named in the HTML': stored.namedInHtml,
  'of the told, named in the text': stored.namedInText,
  'read units': used('readUnits'),
  'write units': used('writeUnits'),
});
for (const { service, operation, calls, readUnits, writeUnits } of stage.usage.lines()) {
  console.log(`${service} ${operation}: ${calls} calls, ${readUnits} read units, ${writeUnits} write units`);
}

/**
 * One invocation of the deployed bundle in a process of its own, whose heap may not grow past half
 * of the function's memory.
 */
async function compose({ fn: { folder, environment, plan } }: Stage) {
  const body = JSON.stringify({ stream: 'engineering-digest', scheduledFor: toInstant(due) });
  const offset = due.getTime() + 60_000 - Date.now();
  const child = fork(fileURLToPath(new URL('./compose/measured.ts', import.meta.url)), [folder, String(offset), body], {
    env: environment,
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${Math.floor(plan.memoryMb / 2)}`],
  });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('compose ended early'))),
  ]);
  return Measured.parse(message);
}

async function storedEdition({ table }: Stage) {
  const store = dynamoEditionStore(table, () => due);
  const id = scheduledEditionId('engineering-digest', week.id);
  const edition = await store.read(id);
  if (!edition?.content) throw new Error('nothing was composed');
  const fragments = await store.readFragments(edition);
  const parts = await table.query(`ED#${id}`, { beginsWith: 'PART#' });
  const settings = {
    publicUrl: 'https://0123456789.execute-api.eu-central-1.amazonaws.com',
    sender: distribution.senders.internal,
    keys: { kid: '1', key: 'measured and never sent' },
    isTracked: false,
  };
  const mail = readerMail(edition, fragments, aProfile(), settings, { withheld: new Set(), issuedAt: due.getTime() / 1000 });
  if (typeof mail === 'string') throw new Error(`nothing is left of the mail: ${mail}`);
  const named = (text: string) => told.filter(({ id: one }) => new RegExp(`/${one}(?![a-z0-9-])`).test(text)).length;
  return {
    bytes: parts.items.reduce((sum, { bytes }) => sum + (bytes instanceof Uint8Array ? bytes.length : 0), 0),
    parts: edition.content.parts,
    html: Buffer.byteLength(mail.html),
    text: Buffer.byteLength(mail.text),
    namedInHtml: named(mail.html),
    namedInText: named(mail.text),
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
