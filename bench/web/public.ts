/**
 * Public pages at a fixed rate, alone and while Sev-1s are taken in: `web-customers` and `intake`
 * from their deployed bundles, each in a process, against one embedded DynamoDB.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { dynamoCustomersCopy, dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { putKey } from '../../adapters/dynamodb/key-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { scopes } from '../../core/access/scope.ts';
import { keepCustomersCopy } from '../../core/distribution/for-customers.ts';
import { parseDistribution } from '../../core/distribution/parse-distribution.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { pageBases, publicPaths } from '../../lambdas/web/env.ts';
import { routeMatcher } from '../../local/gateway/match-route.ts';
import { anHttpEvent } from '../../test/support/http-event.ts';
import { aNotice } from '../../test/support/public-notices.ts';
import { noticeInputs } from '../../test/support/samples/notices.ts';
import { anIncident } from '../compose/incidents.ts';
import { aStage } from '../one-function.ts';
import type { Rated } from './at-a-rate.ts';

const program = fileURLToPath(new URL('./at-a-rate.ts', import.meta.url));
const Answered = z.object({ tookMs: z.array(z.number()), statuses: z.record(z.string(), z.number()) });
type Round = z.output<typeof Answered>;
const rounds = 5;
const letters = 'bcdfghjkmnpqrstvwxz23456789';
const dayMs = 24 * 3600 * 1000;

export interface PublicLoad {
  readonly perSecond: number;
  /** Of one round. */
  readonly seconds: number;
  readonly notices: number;
  readonly sev1sPerSecond: number;
}

/** Rows for a table: the pages and the intake, each alone and beside the other. */
export async function measurePublic({ perSecond, seconds, notices, sev1sPerSecond }: PublicLoad): Promise<Record<string, object>> {
  const stage = await aStage('web-customers');
  const parsed = parseDistribution(await readFile('samples/distribution.yaml', 'utf8'));
  if ('flaws' in parsed) throw new Error('the sample distribution file is wrong');
  await dynamoDistributionStore(stage.table).write(parsed, undefined, '2026-01-01T00:00:00Z');
  const { senders, streams } = parsed.distribution;
  const withNotices = {
    ...parsed.distribution,
    senders: { ...senders, customers: senders.customers ?? senders.internal },
    streams: { ...streams, 'customer-notices': { signUp: 'open' as const } },
  };
  await keepCustomersCopy(dynamoCustomersCopy(stage.table), async () => withNotices);
  await putKey(stage.table, 'key', { label: 'bench', scopes: [...scopes], createdAt: '2026-01-01T00:00:00Z' });
  const ids = await fillNotices();
  const direct = (name: string) => ({ ...stage.functionOf(name).environment, AWS_ENDPOINT_URL_DYNAMODB: stage.engine });
  const fileOf = (name: string) => `${stage.functionOf(name).folder}/handler.mjs`;

  const base = pageBases.customers;
  const match = routeMatcher(publicPaths.map((path) => ({ key: `ANY ${base}${path}` })));
  // Most read the notice that everybody talks of; some the list, some follow the feed.
  const asked = ['/incidents', '/feed', ...Array.from({ length: 8 }, (_, n) => `/incidents/${ids[n % 4]}`)];
  const looks = asked.map((path) => {
    const matched = match('GET', `${base}${path}`);
    if (!matched) throw new Error(`no page has the address ${path}`);
    const event = anHttpEvent('GET', { url: `${base}${path}`, headers: {} });
    return { ...event, routeKey: matched.route.key, pathParameters: matched.pathParameters };
  });
  const pages: Rated = { file: fileOf('web-customers'), events: looks, perSecond, unmeasured: 50, measured: perSecond * seconds };
  const takingIn = (run: string): Rated => {
    const measured = Math.ceil(seconds * sev1sPerSecond);
    const events = Array.from({ length: measured + 3 }, (_, n) => takesIn(`${run}-${n}`, n));
    return { file: fileOf('intake'), events, perSecond: sev1sPerSecond, unmeasured: 3, measured };
  };

  const [alone, intakeAlone, beside, intakeBeside] = [[], [], [], []] as [Round[], Round[], Round[], Round[]];
  // In turn, so that whatever else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await answered(pages, direct('web-customers')));
    intakeAlone.push(await answered(takingIn(`alone-${round}`), direct('intake')));
    const both = [answered(pages, direct('web-customers')), answered(takingIn(`beside-${round}`), direct('intake'))] as const;
    beside.push(await both[0]);
    intakeBeside.push(await both[1]);
  }
  await stage.stop();
  return {
    'public pages alone': row(alone, alone),
    'public pages, Sev-1s beside': row(beside, alone),
    'intake of Sev-1s alone': row(intakeAlone, intakeAlone),
    'intake of Sev-1s, public pages beside': row(intakeBeside, intakeAlone),
  };

  async function fillNotices(): Promise<string[]> {
    const all = dynamoPublicNotices(stage.table);
    const { content } = noticeInputs['notice while it lasts'];
    const made = Array.from({ length: notices }, (_, n) => ({ publicId: publicIdOf(n), at: toInstant(new Date(Date.now() - n * dayMs)) }));
    for (const { publicId, at } of made) {
      await all.putVersion(publicId, { version: 1, at, content: aNotice({ ...content, publicId }) });
      await all.show({ publicId, version: 1, standing: 'public', publishedAt: at, at }, undefined);
    }
    return made.map(({ publicId }) => publicId);
  }
}

const publicIdOf = (n: number): string =>
  `zzzzzz${[3, 2, 1, 0].map((place) => letters[Math.floor(n / letters.length ** place) % letters.length]).join('')}`;

function takesIn(id: string, n: number) {
  const incident = { ...anIncident(n, new Date(Date.now() - 3600_000)), id: `down-${id}`, severity: 'sev1' };
  const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
  const event = anHttpEvent('PUT', { url: `/postmortems/down-${id}`, headers, body: JSON.stringify(incident) });
  return { ...event, routeKey: 'PUT /postmortems/{id}', pathParameters: { id: `down-${id}` } };
}

async function answered(asked: Rated, env: Record<string, string>): Promise<Round> {
  const child: ChildProcess = fork(program, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(asked);
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('a process ended early')));
  const [message] = await Promise.race([once(child, 'message'), gone]);
  return Answered.parse(message);
}

/** Medians of the rounds. */
function row(all: readonly Round[], alone: readonly Round[]) {
  const ofRounds = (share: number, some = all) =>
    quantile(
      some.map(({ tookMs }) => quantile(tookMs, share)),
      0.5,
    );
  const failed = all.flatMap(({ statuses }) => Object.entries(statuses)).filter(([status]) => !status.startsWith('2'));
  return {
    requests: all.reduce((sum, { tookMs }) => sum + tookMs.length, 0),
    failed: failed.reduce((sum, [, n]) => sum + n, 0),
    'p50, ms': round(ofRounds(0.5)),
    'p99, ms': round(ofRounds(0.99)),
    'p99 of the best round': round(Math.min(...all.map(({ tookMs }) => quantile(tookMs, 0.99)))),
    'p99 / p99 alone': round(ofRounds(0.99) / ofRounds(0.99, alone)),
  };
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
const round = (value: number): number => Number(value.toFixed(2));
