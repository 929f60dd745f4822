/**
 * What one recipient costs the sender in processor time, from the range message to SES's reply, beside the bare SDK call with the same bytes
 * and beside rendering React and building MIME anew for each recipient. All in this process, one after the other, against servers in others.
 * npm run bench:recipient -- [readers=2000,20000,100000] [kilobytes of a mail=20,60]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SQSBatchResponse } from 'aws-lambda';
import { build } from 'esbuild';
import { openSes, sesMailer } from '../adapters/ses/ses-mailer.ts';
import { mailMaker } from '../core/delivery/make-mail.ts';
import { rootOf } from '../core/delivery/range.ts';
import type { EditionFragments } from '../core/edition/fragments.ts';
import { mjmlPlugin } from '../emails/mjml-plugin.ts';
import type { EnvValues } from '../lambdas/deliver/env.ts';
import { bundleLambdas } from '../lib/bundle.ts';
import type * as Mails from './recipient/mails.tsx';
import { tokenKeys } from './recipient/wire.ts';
import { createTable, maxSendRate, seedEdition, seedReaders, startWorld, tableName } from './recipient/world.ts';

const [readers = '2000,20000,100000', kilobytes = '20,60'] = process.argv.slice(2);
const numbers = (list: string) => list.split(',').map(Number);
const sender = { name: 'Northwind incident lessons', address: 'incident-lessons@example.com' };
const publicUrl = 'https://lessons.example.com';
const configurationSet = 'bench-bulk';

const outDir = await mkdtemp(join(tmpdir(), 'afterword-bench-'));
const world = await startWorld();
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_ENDPOINT_URL_DYNAMODB: world.endpoints.dynamodb,
  AWS_ENDPOINT_URL_SES: world.endpoints.ses,
  AWS_ENDPOINT_URL_SQS: world.endpoints.sqs,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: world.endpoints.secrets,
  TABLE_NAME: tableName,
  LANE: 'bulk',
  QUEUE_URL: `${world.endpoints.sqs}/000000000000/bulk`,
  PUBLIC_URL: publicUrl,
  TOKEN_KEYS_ARN: tokenKeys.arn,
  SENDER_NAME: sender.name,
  SENDER_ADDRESS: sender.address,
  TRACKED_CONFIGURATION_SET: configurationSet,
  UNTRACKED_CONFIGURATION_SET: configurationSet,
  REQUEST_TIMEOUT_MS: '10000',
  LEASE_SECONDS: '60',
  GRACE_SECONDS: '600',
} satisfies EnvValues & Record<string, string>);
const table = await createTable(world.endpoints.dynamodb);
const mails = await loadMails();
const deliver = await loadDeliver();

const makeMail = mailMaker({ publicUrl, sender, keys: tokenKeys.value });
const reader = {
  sid: '0123456789abcdef0123456789abcdef',
  realm: 'staff' as const,
  address: 'reader@example.com',
  team: 'Payments',
  streams: {},
  revision: 1,
};
const bytesOf = (fragments: EditionFragments): Buffer => {
  const edition = { id: 'engineering-digest_2026-W47', stream: 'engineering-digest' as const, tracksOpens: true } as Parameters<
    typeof makeMail
  >[0];
  const made = makeMail(edition, fragments, reader, { withheld: new Set(), attempt: 1, issuedAt: 1_800_000_000 });
  if (made.kind !== 'mail') throw new Error(`the mail of the benchmark is ${made.kind}`);
  return made.mime;
};

const ses = openSes(20_000);
const mailer = sesMailer(ses.client, {
  address: sender.address,
  configurationSets: { tracked: configurationSet, untracked: configurationSet },
});
const tagsOf = (n: number) => ({ edition: 'engineering-digest_2026-W47', slot: 'default', subscriber: reader.sid, attempt: n });
const abreast = 50;
/** As many as the bulk lane runs at once: with fewer the pacer would always stand idle. */
const workers = 5;
async function sendEach(count: number, mimeOf: (n: number) => Buffer | Promise<Buffer>): Promise<void> {
  for (let n = 0; n < count; n += abreast) {
    const some = Array.from({ length: Math.min(abreast, count - n) }, (_, i) => n + i);
    await Promise.all(some.map(async (i) => mailer.send({ isTracked: true, to: reader.address, mime: await mimeOf(i), tags: tagsOf(i) })));
  }
}

/** What a function logs and counts is made, as on Lambda, and not shown. */
async function silently(work: () => Promise<void>): Promise<void> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
}

/** Everything that `deliver` does for an edition: every range message of it, until its tally is complete. */
async function deliverEdition(id: string, slot: string, fragments: EditionFragments): Promise<void> {
  await seedEdition(table, id, slot, fragments);
  await deliver(JSON.stringify(rootOf(id, slot)));
  const worker = async () => {
    for (let body = await world.nextMessage(); body !== undefined; body = await world.nextMessage()) await deliver(body);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

/** A connection that is closed while a mail is written to it costs that mail; the ledger tells of it, and a bare call does not. */
const mostAnswered = 0.999;
/** Milliseconds of processor time (user and system) a recipient; throws where mails are missing. */
async function costOf(recipients: number, work: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const before = await world.accepted();
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  const mailed = (await world.accepted()) - before;
  if (mailed < recipients * mostAnswered) throw new Error(`${mailed} mails for ${recipients} readers`);
  return (user + system) / 1000 / recipients;
}

const round = (value: number) => Number(value.toFixed(2));
const deliverTo = (count: number, name: string, fragments: EditionFragments) =>
  costOf(count, () => silently(() => deliverEdition(`engineering-digest_${name}`, `s${count}`, fragments)));

/** Rendering costs each recipient the same: more than so many would only take longer. */
const enoughToRender = 5000;
const warm = 500;
const rows: Record<string, string | number>[] = [];
await seedReaders(table, `s${warm}`, warm);
for (const count of numbers(readers)) {
  process.stderr.write(`seeding ${count} readers\n`);
  await seedReaders(table, `s${count}`, count);
  for (const kb of numbers(kilobytes)) {
    const { content, fragments } = mails.digestOf(kb * 1000, (made) => bytesOf(made).length);
    const mime = bytesOf(fragments);
    const links = (n: number) => ({ view: publicUrl, preferences: publicUrl, unsubscribe: `${publicUrl}/u/${n}` });
    const anew = (n: number) => mails.mailRenderedAnew(content, `reader-${n}@example.com`, links(n));
    await costOf(warm, () => sendEach(warm, () => mime));
    await deliverTo(warm, `warm-${kb}-${count}`, fragments);
    await costOf(warm, () => sendEach(warm, anew));
    const rendered = Math.min(count, enoughToRender);
    const bare = await costOf(count, () => sendEach(count, () => mime));
    const ours = await deliverTo(count, `${kb}-${count}`, fragments);
    const others = await costOf(rendered, () => sendEach(rendered, anew));
    rows.push({
      'KB a mail': round(mime.length / 1000),
      readers: count,
      'bare call, ms': round(bare),
      'Afterword, ms': round(ours),
      'Afterword / bare': round(ours / bare),
      'rendered anew, ms': round(others),
      'rendered anew / bare': round(others / bare),
      'KB when rendered anew': round((await anew(1)).length / 1000),
    });
    console.table(rows.slice(-1));
  }
}
console.table(rows);
console.table(await whereItGoes(mails.digestOf(60_000, (made) => bytesOf(made).length).fragments));
await world.stop();
await rm(outDir, { recursive: true, force: true });
process.exit(0);

/** What a recipient costs above the bare call, part by part, in milliseconds. A digest without a card is sent to see the ledger's share. */
async function whereItGoes(fragments: EditionFragments): Promise<Record<string, number>> {
  const count = 2000;
  const mime = bytesOf(fragments);
  const empty = { ...fragments, head: { html: '', text: '' }, blocks: [], foot: { html: '', text: '' } };
  const small = bytesOf(empty);
  await seedReaders(table, `s${count}`, count);
  const start = process.cpuUsage();
  for (let n = 0; n < count; n += 1) bytesOf(fragments);
  const { user, system } = process.cpuUsage(start);
  const atOnce = await costOf(count, () => sendEach(count, () => mime));
  const inPlaces = await costOf(count, () => sendInPlaces(count, mime));
  const smallInPlaces = await costOf(count, () => sendInPlaces(count, small));
  return {
    'bare call, 50 at a time': round(atOnce),
    'bare call, each at its place': round(inPlaces),
    'making the mail': round((user + system) / 1000 / count),
    'the ledger: range, mark, profiles, places, outcomes, tallies, log': round((await deliverTo(count, 'small', empty)) - smallInPlaces),
  };
}

/** At the pace of `deliver`: one after the other, whether the one before has been answered or not. */
async function sendInPlaces(count: number, mime: Buffer): Promise<void> {
  const start = performance.now();
  const step = 1000 / (0.95 * maxSendRate);
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + n * step - performance.now())));
      await mailer.send({ isTracked: true, to: reader.address, mime, tags: tagsOf(n) });
    }),
  );
}

async function loadDeliver(): Promise<(body: string) => Promise<void>> {
  const bundles = await bundleLambdas(join(outDir, 'lambdas'));
  const { handler }: { handler: (event: unknown, context: unknown) => Promise<SQSBatchResponse> } = await import(
    pathToFileURL(join(bundles.deliver, 'handler.mjs')).href
  );
  const context = { getRemainingTimeInMillis: () => 25_000, functionName: 'deliver-bulk' };
  return async (body) => {
    const { batchItemFailures } = await handler(
      { Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: '1' } }] },
      context,
    );
    if (batchItemFailures.length > 0) throw new Error(`failed: ${body}`);
  };
}

async function loadMails(): Promise<typeof Mails> {
  const outfile = join(outDir, 'mails.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./recipient/mails.tsx', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    jsx: 'automatic',
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: "import{createRequire as benchRequire}from'node:module';const require=benchRequire(import.meta.url);" },
    plugins: [mjmlPlugin],
    logLevel: 'silent',
  });
  return import(pathToFileURL(outfile).href);
}
