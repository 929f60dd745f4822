/**
 * From request to page: `web` from its deployed bundle, cold (a fresh process each time: import,
 * first answer) and warm, beside an empty bundle, a page by the same library that does nothing
 * else, one read of the table, and a draft that Slack asks `drafts` for. The table is an embedded DynamoDB in a process of its own, the
 * secrets a fake. npm run bench:web -- [cold starts of each=20] [warm requests of each=1000]
 * [postmortems in the archive=500]
 * With `--public`: the pages that anybody may read, at a fixed rate, alone and while Sev-1s are
 * taken in. npm run bench:web -- --public [a second=50] [seconds of a round=10] [notices=500] [Sev-1s a second=1]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { build } from 'esbuild';
import * as z from 'zod';
import { dynamoDistributionStore } from '../adapters/dynamodb/distribution-store.ts';
import { dynamoPeopleStore } from '../adapters/dynamodb/profile-store.ts';
import { dynamoSearchIndex } from '../adapters/dynamodb/search-index.ts';
import { dynamoSessionStore } from '../adapters/dynamodb/session-store.ts';
import { signToken, type TokenScope } from '../core/access/token.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import type { Block } from '../core/mail/fragments.ts';
import { pagePaths } from '../lambdas/web/env.ts';
import { routeMatcher } from '../local/gateway/match-route.ts';
import { localSlack } from '../local/slack/token.ts';
import { begunSession } from '../test/support/begun-session.ts';
import { aProfile, aSid, linkingCard } from '../test/support/delivery.ts';
import { anHttpEvent } from '../test/support/http-event.ts';
import { mailed } from '../test/support/mailed.ts';
import { takeAll } from './compose/archive.ts';
import { anIncident } from './compose/incidents.ts';
import { aStage } from './one-function.ts';
import { aDraft } from './web/a-draft.ts';
import { measurePublic } from './web/public.ts';
import type { Asked } from './web/visit.ts';

if (process.argv.includes('--public')) {
  const numbers = process.argv.slice(2).filter((argument) => argument !== '--public');
  const [perSecond = 50, seconds = 10, notices = 500, sev1sPerSecond = 1] = numbers.map(Number);
  console.table(await measurePublic({ perSecond, seconds, notices, sev1sPerSecond }));
  console.log(`load of the machine in the last minute: ${loadavg()[0]?.toFixed(1)}`);
  process.exit(0);
}

const [coldStarts = 20, warmRequests = 1000, postmortems = 500] = process.argv.slice(2).map(Number);
const unmeasured = Math.ceil(warmRequests / 5);
const dayMs = 24 * 3600 * 1000;

const visitFile = fileURLToPath(new URL('./web/visit.ts', import.meta.url));
const barePage = fileURLToPath(new URL('./web/bare-page.tsx', import.meta.url));
const oneRead = fileURLToPath(new URL('./web/one-read.ts', import.meta.url));

const VisitedBy = z.object({
  importMs: z.number(),
  firstMs: z.number(),
  cpuMs: z.number(),
  restMs: z.array(z.number()),
  status: z.number(),
  bytes: z.number(),
});
const matchRoute = routeMatcher(pagePaths.map((path) => ({ key: `ANY ${path}` })));
const tokenKeys = { kid: 'k1', key: 'a key of the benchmark, long enough to sign with' };
const slack = localSlack();
const stage = await aStage('web', { TokenKeys: JSON.stringify(tokenKeys) }, slack);
const scratch = await mkdtemp(join(tmpdir(), 'afterword-bench-'));
const reader = aProfile({ sid: aSid(1), address: 'ada@example.com', zone: 'Europe/Berlin' });
/** Ten cards of a digest, which went to a full leaf of readers. */
const edition = 'engineering-digest_2026-W47';
const { newest, distribution } = await fillTable();
/** Bundled too: stripping types would be a part of each process's start. */
const visitor = await bundled('visit', `import ${JSON.stringify(visitFile)};`);

const link = (scope: TokenScope, about = '') =>
  signToken(
    { scope, realm: 'staff', subscriber: reader.sid, about, generation: 0, issuedAt: Math.floor(Date.now() / 1000) - 3600 },
    tokenKeys,
  );
const read = link('read', edition);
const session = await begunSession(dynamoSessionStore(stage.table), reader, new Date());
const ours = join(stage.fn.folder, 'handler.mjs');
const pages = {
  preferences: visitTo(`/p/${link('preferences')}`),
  unsubscribe: visitTo(`/u/${link('unsubscribe', 'engineering-digest')}`),
  'list of a mail': visitTo(`/r/${read}`),
  'postmortem of a mail': visitTo(`/r/${read}/${newest}`),
  archive: visitTo('/archive/engineering'),
  'archive, a search': visitTo('/archive/engineering?q=certificate'),
  'postmortem of the archive': visitTo(`/archive/engineering/${newest}`),
} as const;
const beside = {
  'an empty bundle': await bundled('empty', "export const handler = async () => ({ statusCode: 200, body: '' });"),
  'a page that does nothing': await bundled('bare-page', `export { handler } from ${JSON.stringify(barePage)};`),
  'one read of the table': await bundled('one-read', `export { handler } from ${JSON.stringify(oneRead)};`),
} as const;

interface Case {
  readonly name: string;
  readonly file: string;
  readonly fn: typeof stage.fn;
  /** Made anew for each process: Slack's signature holds for five minutes. */
  readonly event: () => APIGatewayProxyEventV2;
}
const drafts = stage.functionOf('drafts');

/** Every kind once a round, so that whatever else the machine does meets all of them. */
const cases: readonly Case[] = [
  ...Object.entries(beside).map(([name, file]) => ({ name, file, fn: stage.fn, event: () => pages.preferences })),
  ...Object.entries(pages).map(([name, event]) => ({ name, file: ours, fn: stage.fn, event: () => event })),
  {
    name: 'a draft from Slack',
    file: join(drafts.folder, 'handler.mjs'),
    fn: drafts,
    event: () => aDraft(distribution, slack.signing),
  },
];
const cold = new Map(cases.map(({ name }) => [name, [] as Awaited<ReturnType<typeof visited>>[]]));
for (let round = 0; round < coldStarts; round += 1)
  for (const { name, ...one } of cases) cold.get(name)?.push(await visited({ ...one, unmeasured: 0, measured: 0 }));
const floor = median((cold.get('one read of the table') ?? []).map(({ cpuMs }) => cpuMs));
console.table(
  Object.fromEntries(
    [...cold].map(([name, visits]) => [
      name,
      {
        'import, ms': round(median(visits.map(({ importMs }) => importMs))),
        'first answer, ms': round(median(visits.map(({ firstMs }) => firstMs))),
        'both, ms': round(median(visits.map(inAll))),
        'both, of 95 % at most': round(quantile(visits.map(inAll), 0.95)),
        'of the processor, ms': round(median(visits.map(({ cpuMs }) => cpuMs))),
        'process until answered, ms': round(median(visits.map(({ wholeMs }) => wholeMs))),
        'of the processor / one read': round(median(visits.map(({ cpuMs }) => cpuMs)) / floor),
        'KB of the page': round((visits[0]?.bytes ?? 0) / 1000),
      },
    ]),
  ),
);

const warm: Record<string, Record<string, number>> = {};
for (const { name, ...one } of cases) {
  const { restMs } = await visited({ ...one, unmeasured, measured: warmRequests });
  const units = await unitsOf({ ...one, unmeasured: 0, measured: 1 });
  warm[name] = { 'p50, ms': round(quantile(restMs, 0.5)), 'p99, ms': round(quantile(restMs, 0.99)), ...units };
}
const readOnce = warm['one read of the table']?.['p50, ms'] ?? Number.NaN;
for (const row of Object.values(warm)) row['p50 / one read'] = round((row['p50, ms'] ?? Number.NaN) / readOnce);
console.table(warm);

const bytes = await readFile(ours);
console.log(`bundle: ${Math.round(bytes.length / 1000)} KB, ${Math.round(gzipSync(bytes).length / 1000)} KB with gzip`);
console.log(
  `load of the machine in the last minute, fifteen minutes: ${loadavg()
    .map((n) => n.toFixed(1))
    .filter((_, n) => n !== 1)
    .join(', ')}`,
);
await stage.stop();
await rm(scratch, { recursive: true, force: true });
process.exit(0);

/** As the HTTP API hands it to the function. */
function visitTo(url: string): APIGatewayProxyEventV2 {
  const matched = matchRoute('GET', url.split('?')[0] ?? '');
  if (!matched) throw new Error('no page has this address');
  const cookies = [`__Host-afterword=${session}`];
  return { ...anHttpEvent('GET', { url, headers: {} }), cookies, routeKey: matched.route.key, pathParameters: matched.pathParameters };
}

/** A reader, the sample distribution and a year of postmortems, whose newest is answered. */
async function fillTable() {
  const parsed = parseDistribution(await readFile('samples/distribution.yaml', 'utf8'));
  if ('flaws' in parsed) throw new Error('the sample distribution file is wrong');
  const people = dynamoPeopleStore(stage.table);
  await dynamoDistributionStore(stage.table).write(parsed, undefined, '2026-01-01T00:00:00Z');
  await people.writeProfile({ ...reader, revision: 1 }, 0);
  const step = (365 * dayMs) / postmortems;
  const archive = Array.from({ length: postmortems }, (_, n) => anIncident(n, new Date(Date.now() - dayMs - n * step)));
  const published = ({ publishedAt = '' }: (typeof archive)[number]) => new Date(publishedAt);
  await takeAll(stage.table, archive, parsed.distribution, published, dynamoSearchIndex(stage.table));
  const cards = archive.slice(0, 10).map(({ id }) => id);
  const others = Array.from({ length: 49 }, (_, n) => aSid(n + 2));
  await mailed(stage.table, { edition, to: [reader.sid, ...others], cards, content: { blocks: cards.map(longCard) } });
  return { newest: archive[0]?.id ?? '', distribution: parsed.distribution };
}

/** As long as a card of a real digest. */
function longCard(id: string): Block {
  const card = linkingCard(id);
  const words = Array.from({ length: 700 }, (_, n) => `word${(n * 7919) % 1000}`).join(' ');
  return card.kind === 'card' ? { ...card, card: { html: `${card.card.html}${words}`, text: `${card.card.text}${words}` } } : card;
}

/** Made as lib/bundle.ts makes the functions. */
async function bundled(name: string, contents: string): Promise<string> {
  const outfile = join(scratch, `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: scratch },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    jsx: 'automatic',
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "import{createRequire as benchRequire}from'node:module';const require=benchRequire(import.meta.url);" },
    logLevel: 'silent',
  });
  return outfile;
}

type Visit = Pick<Asked, 'unmeasured' | 'measured'> & Omit<Case, 'name'>;

async function visited({ fn, event, ...rest }: Visit, env: Record<string, string> = direct(fn)) {
  const asked: Asked = { ...rest, event: event() };
  const from = performance.now();
  const child: ChildProcess = fork(visitor, [JSON.stringify(asked)], {
    env,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const [message] = await Promise.race([once(child, 'message'), gone.then(() => Promise.reject(new Error('a visit ended early')))]);
  const wholeMs = performance.now() - from;
  await gone;
  const told = VisitedBy.parse(message);
  if (told.status !== 200) throw new Error(`a page answered ${told.status}`);
  return { ...told, wholeMs };
}

/** Past the door that counts and checks: what is measured is the page, not the door. */
function direct({ environment }: Case['fn']): Record<string, string> {
  return { ...environment, AWS_ENDPOINT_URL_DYNAMODB: stage.engine };
}

/**
 * What one warm request uses of the table, seen at the door: of two requests, what the second one
 * added.
 */
async function unitsOf(asked: Visit): Promise<Record<string, number>> {
  const used = async (measured: number) => {
    const before = sums();
    await visited({ ...asked, measured }, asked.fn.environment);
    const after = sums();
    return { calls: after.calls - before.calls, units: after.units - before.units };
  };
  const [one, two] = [await used(0), await used(1)];
  return { 'calls of the table': two.calls - one.calls, 'read units': round(two.units - one.units) };
}

function sums() {
  const lines = stage.usage.lines().filter(({ service }) => service === 'dynamodb');
  return {
    calls: lines.reduce((sum, { calls }) => sum + calls, 0),
    units: lines.reduce((sum, { readUnits }) => sum + readUnits, 0),
  };
}

function inAll({ importMs, firstMs }: { importMs: number; firstMs: number }): number {
  return importMs + firstMs;
}
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
}
function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
function round(value: number): number {
  return Number(value.toFixed(2));
}
