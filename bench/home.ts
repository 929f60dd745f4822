/**
 * From request to page: `home` from its deployed bundle, cold (a fresh process each time) and warm,
 * with an operator who has signed in and a ledger of some editions. npm run bench:home -- [cold
 * starts of each=20] [warm requests of each=200]
 */

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { dynamoDistributionStore } from '../adapters/dynamodb/distribution-store.ts';
import { dynamoEditionStore } from '../adapters/dynamodb/edition-store.ts';
import { dynamoPeopleStore } from '../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../adapters/dynamodb/session-store.ts';
import { readSessionText, sessionText } from '../core/access/session.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import { base, homePaths } from '../lambdas/home/env.ts';
import { routeMatcher } from '../local/gateway/match-route.ts';
import { anEdition, aProfile, aSid } from '../test/support/delivery.ts';
import { anHttpEvent } from '../test/support/http-event.ts';
import { aStage } from './one-function.ts';
import type { Visited } from './web/visit.ts';

const [coldStarts = 20, warmRequests = 200] = process.argv.slice(2).map(Number);
const visitFile = fileURLToPath(new URL('./web/visit.ts', import.meta.url));
const stage = await aStage('home');
const file = join(stage.fn.folder, 'handler.mjs');
const matchRoute = routeMatcher(homePaths.map((path) => ({ key: `ANY ${base}${path}` })));
const operator = aProfile({ sid: aSid(1), address: 'katharina.vogel@example.com' });
const cookie = sessionText(operator.sid, createHash('sha256').update('a secret of the benchmark').digest());
const edition = await fillTable();

const pages = {
  'what waits': '/home',
  'all editions': '/home/editions',
  'one edition': `/home/editions/${edition}`,
  'what is in force': '/home/in-force',
  audit: '/home/audit',
} as const;
const rows: Record<string, Record<string, number>> = {};
for (const [name, url] of Object.entries(pages)) {
  const cold: Visited[] = [];
  for (let round = 0; round < coldStarts; round += 1) cold.push(await visited(url, 0));
  const before = callsOfTable();
  const { restMs, bytes } = await visited(url, warmRequests);
  rows[name] = {
    'import, ms': median(cold.map(({ importMs }) => importMs)),
    'first answer, ms': median(cold.map(({ firstMs }) => firstMs)),
    'cold, of the processor, ms': median(cold.map(({ cpuMs }) => cpuMs)),
    'warm p50, ms': median(restMs),
    'warm p99, ms': quantile(restMs, 0.99),
    'calls of the table': round((callsOfTable() - before) / (warmRequests * 1.2 + 1)),
    'KB of the page': round(bytes / 1000),
  };
}
console.table(rows);
const bytes = await readFile(file);
console.log(
  `bundle: ${Math.round(bytes.length / 1000)} KB, ${Math.round(gzipSync(bytes).length / 1000)} KB with gzip; load ${loadavg()[0]?.toFixed(1)}`,
);
await stage.stop();
process.exit(0);

/** An operator with a session, the sample distribution and fifty editions that are complete. */
async function fillTable(): Promise<string> {
  const parsed = parseDistribution(await readFile('samples/distribution.yaml', 'utf8'));
  if ('flaws' in parsed) throw new Error('the sample distribution file is wrong');
  await dynamoDistributionStore(stage.table).write(parsed, undefined, '2026-01-01T00:00:00Z');
  await dynamoPeopleStore(stage.table).writeProfile({ ...operator, revision: 1 }, 0);
  const begun = readSessionText(cookie);
  if (!begun) throw new Error('a session has no such text');
  const at = new Date().toISOString();
  await dynamoSessionStore(stage.table).put({ ...begun, kind: 'session', way: 'mail', createdAt: at, seenAt: at, generation: 0 });
  const editions = dynamoEditionStore(stage.table, () => new Date());
  const ids = Array.from({ length: 50 }, (_, n) => `engineering-digest_2026-W${n + 1}`);
  for (const [n, id] of ids.entries()) {
    const scheduledFor = new Date(Date.now() - (n + 1) * 24 * 3600 * 1000).toISOString();
    await editions.create(anEdition({ id, scheduledFor, composedAt: scheduledFor, cutoff: scheduledFor }));
    await editions.setTally(id, 'default', { version: 1, counts: { accepted: 1000, 'skipped: snoozed': 20 } });
  }
  return ids[0] ?? '';
}

async function visited(url: string, measured: number): Promise<Visited> {
  const matched = matchRoute('GET', url);
  const event = {
    ...anHttpEvent('GET', { url, headers: { host: 'localhost' } }),
    routeKey: matched?.route.key,
    pathParameters: matched?.pathParameters,
    cookies: [`__Host-afterword=${cookie}`],
  };
  const asked = JSON.stringify({ file, event, unmeasured: Math.ceil(measured / 5), measured });
  const child = fork(visitFile, [asked], {
    env: stage.fn.environment,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [told] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('a visit ended early'))),
  ]);
  if (told.status !== 200) throw new Error(`${url} answered ${told.status}`);
  return told;
}

function callsOfTable(): number {
  return stage.usage
    .lines()
    .filter(({ service }) => service === 'dynamodb')
    .reduce((sum, { calls }) => sum + calls, 0);
}
function quantile(values: readonly number[], share: number): number {
  return round(values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN);
}
function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
function round(value: number): number {
  return Number(value.toFixed(1));
}
