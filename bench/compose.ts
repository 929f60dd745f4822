/**
 * Composes the digest of a week with very many incidents in a table with a long past, in a fresh
 * process that runs the deployed bundle, and tells what it took. npm run bench:compose --
 * [--postmortems 5000] [--people 20000] [--told 121] [--touched] [--teams 1000]
 * [--each 25,1000] [folder with Markdown files]
 * `--touched`: the whole archive was changed in the told week, as an import or a new field in
 * somebody's tool does. `--teams`: composes it again where each postmortem of the week matters to
 * `--each` of so many teams, and makes mails of each edition as `deliver` does.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dynamoDistributionStore } from '../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../adapters/dynamodb/edition-store.ts';
import { dynamoRelevance } from '../adapters/dynamodb/relevance-store.ts';
import { relevanceKey } from '../adapters/dynamodb/table-shape.ts';
import { weekBefore } from '../core/calendar/week.ts';
import { readerMail } from '../core/delivery/make-mail.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import { scheduledEditionId } from '../core/edition/edition-id.ts';
import { toInstant } from '../core/shared/instant.ts';
import { aProfile } from '../test/support/delivery.ts';
import { importAll, takeAll, tellAll } from './compose/archive.ts';
import { anIncident } from './compose/incidents.ts';
import { MailsMeasured } from './compose/mails.ts';
import { Measured } from './compose/measured.ts';
import { aRelevance } from './compose/relevance.ts';
import { toldWeek } from './compose/told-week.ts';
import { aStage, type Stage } from './one-function.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    postmortems: { type: 'string', default: '5000' },
    people: { type: 'string', default: '20000' },
    told: { type: 'string', default: '121' },
    touched: { type: 'boolean', default: false },
    teams: { type: 'string', default: '0' },
    each: { type: 'string', default: '25,1000' },
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

const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const used = (what: 'readUnits' | 'writeUnits') => stage.usage.lines().reduce((sum, line) => sum + line[what], 0);
const id = scheduledEditionId('engineering-digest', week.id);
const teams = Number(options.teams);

const columns: Record<string, Record<string, string | number>> = { usual: await composedAndMailed() };
for (const each of teams > 0 ? options.each.split(',').map(Number) : []) {
  await removeEdition();
  const rows = dynamoRelevance(table);
  for (const [n, one] of told.entries()) await rows.put(aRelevance(one.id, n, { teams, each, earlier: archive }));
  columns[`each to ${each} teams`] = { ...(await composedAndMailed()), ...(await sizeOfRows()) };
}
console.log(`${archive.length + told.length} postmortems in the table, ${Number(options.people)} people, ${told.length} told in the week`);
console.log(`their size as JSON, median: ${kb(median([...archive, ...told].map((one) => Buffer.byteLength(JSON.stringify(one)))))}`);
const lines = [...new Set(Object.values(columns).flatMap((column) => Object.keys(column)))];
console.table(Object.fromEntries(lines.map((line) => [line, mapped(columns, (column) => column[line] ?? '')])));
await stage.stop();

async function composedAndMailed(): Promise<Record<string, string | number>> {
  const [reads, writes] = [used('readUnits'), used('writeUnits')];
  const measured = await compose(stage);
  const [readUnits, writeUnits] = [used('readUnits') - reads, used('writeUnits') - writes];
  const stored = await storedEdition();
  const mails = await mailsOf(stage);
  return {
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
    'read units': readUnits,
    'write units': writeUnits,
    'first mail, ms with reading the edition': mails.firstMs.toFixed(0),
    'a mail without a team, ms of the processor': mails.withoutTeamMs.toFixed(2),
    'a mail with a team, ms of the processor': mails.withTeamMs.toFixed(2),
    'cards for teams in 1,000 mails': mails.relevantCards,
    'of 1,000 mails, the same bytes again': mails.sameBytes,
    'memory of making mails, at its peak': `${mb(mails.peakRss)}, ${mb(mails.loadedRss)} before`,
  };
}

/** Composing the same week again makes the same edition, so the one that is there has to go. */
async function removeEdition(): Promise<void> {
  for await (const { pk, sk } of table.queryAll(`ED#${id}`, {})) await table.remove({ pk: String(pk), sk: String(sk) });
}

async function sizeOfRows(): Promise<Record<string, string>> {
  const items = await table.readMany(told.map((one) => relevanceKey(one.id)));
  const sizes = items.map((item) => (item.teams instanceof Uint8Array ? item.teams.length : 0));
  return {
    'a row of relevance, largest': kb(Math.max(...sizes)),
    'all rows of relevance': kb(sizes.reduce((sum, bytes) => sum + bytes, 0)),
  };
}

async function forked<T>(file: string, args: readonly string[], env: NodeJS.ProcessEnv, read: (message: unknown) => T): Promise<T> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env,
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${Math.floor(stage.fn.plan.memoryMb / 2)}`],
  });
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended early`))),
  ]);
  return read(message);
}

function mailsOf({ engine }: Stage) {
  return forked('./compose/mails.ts', [table.name, engine, id, options.teams], process.env, (message) => MailsMeasured.parse(message));
}

/**
 * One invocation of the deployed bundle in a process of its own, whose heap may not grow past half
 * of the function's memory.
 */
async function compose({ fn: { folder, environment } }: Stage) {
  const body = JSON.stringify({ stream: 'engineering-digest', scheduledFor: toInstant(due) });
  const offset = due.getTime() + 60_000 - Date.now();
  return forked('./compose/measured.ts', [folder, String(offset), body], environment, (message) => Measured.parse(message));
}

async function storedEdition() {
  const store = dynamoEditionStore(table, () => due);
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

function mapped<T, R>(all: Readonly<Record<string, T>>, of: (one: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(all).map(([key, one]) => [key, of(one)]));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
