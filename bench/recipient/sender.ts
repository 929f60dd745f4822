/**
 * `deliver` as it is deployed, in this process, and everything that it talks to in others: what a
 * benchmark measures the sending with.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SQSBatchResponse } from 'aws-lambda';
import { build, type Plugin } from 'esbuild';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import { rootOf } from '../../core/delivery/range.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import { type MailText, mimeBytes } from '../../core/mail/mail-text.ts';
import { mjmlPlugin } from '../../emails/mjml-plugin.ts';
import type { EnvValues } from '../../lambdas/deliver/env.ts';
import { bundleLambdas } from '../../lib/bundle.ts';
import type * as Mails from './mails.tsx';
import { tableName, tokenKeys } from './wire.ts';
import { createTable, seedEdition, startWorld, type World } from './world.ts';

export const sender = { name: 'Northwind incident lessons', address: 'incident-lessons@example.com' };
export const publicUrl = 'https://lessons.example.com';
export const configurationSet = 'bench-bulk';
const reader = {
  sid: '0123456789abcdef0123456789abcdef',
  realm: 'staff' as const,
  address: 'reader@example.com',
  team: 'Payments',
  streams: {},
  revision: 1,
};
/** As many as the bulk lane runs at once: with fewer the pacer would always stand idle. */
const workers = 5;

export interface Sender {
  readonly world: World;
  readonly table: Table;
  readonly mails: typeof Mails;
  readonly reader: typeof reader;
  /** A mail of an edition to one of many readers, as it goes to the sender. */
  mailOf(fragments: EditionFragments, n?: number): MailText;
  /** The same as the server gets it. */
  bytesOf(fragments: EditionFragments): Buffer;
  /**
   * Everything that `deliver` does for an edition: every range message of it, until its tally is
   * complete.
   */
  deliverEdition(id: string, slot: string, fragments: EditionFragments): Promise<void>;
  stop(): Promise<void>;
}

/** `plugins`: one part of `deliver` changed, to see what it costs. */
export async function startSender(plugins: readonly Plugin[] = []): Promise<Sender> {
  const outDir = await mkdtemp(join(tmpdir(), 'afterword-bench-'));
  const world = await startWorld();
  Object.assign(process.env, environment(world));
  const table = await createTable(world.engine);
  const deliver = await loadDeliver(join(outDir, 'lambdas'), plugins);
  const makeMail = mailMaker({ publicUrl, sender, keys: tokenKeys.value });
  const edition = { id: 'engineering-digest_2026-W47', stream: 'engineering-digest' as const, tracksOpens: true } as Parameters<
    typeof makeMail
  >[0];
  const mailOf = (fragments: EditionFragments, n: number): MailText => {
    const profile = { ...reader, sid: n.toString(16).padStart(32, '0'), address: `reader-${n}@example.com` };
    const made = makeMail(edition, fragments, profile, { withheld: new Set(), attempt: 1, issuedAt: 1_800_000_000 });
    if (made.kind !== 'mail') throw new Error(`the mail of the benchmark is ${made.kind}`);
    return made.mime;
  };
  return {
    world,
    table,
    mails: await loadMails(join(outDir, 'mails.mjs')),
    reader,
    mailOf: (fragments, n = 0) => mailOf(fragments, n),
    bytesOf: (fragments) => mimeBytes(mailOf(fragments, 0)),
    async deliverEdition(id, slot, fragments) {
      await seedEdition(table, id, slot, fragments);
      const worker = async () => {
        for (let body = await world.nextMessage(); body !== undefined; body = await world.nextMessage()) await deliver(body);
      };
      await silently(async () => {
        await deliver(JSON.stringify(rootOf(id, slot)));
        await Promise.all(Array.from({ length: workers }, worker));
      });
    },
    async stop() {
      await world.stop();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}

const environment = ({ endpoints }: World) =>
  ({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SES: endpoints.ses,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secrets,
    TABLE_NAME: tableName,
    LANE: 'bulk',
    QUEUE_URL: `${endpoints.sqs}/000000000000/bulk`,
    PUBLIC_URL: publicUrl,
    TOKEN_KEYS_ARN: tokenKeys.arn,
    SENDER_NAME: sender.name,
    MAY_MAIL: '*@example.com',
    SENDER_ADDRESS: sender.address,
    TRACKED_CONFIGURATION_SET: configurationSet,
    UNTRACKED_CONFIGURATION_SET: configurationSet,
    REQUEST_TIMEOUT_MS: '10000',
    LEASE_SECONDS: '60',
    GRACE_SECONDS: '600',
  }) satisfies EnvValues & Record<string, string>;

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

async function loadDeliver(folder: string, plugins: readonly Plugin[]): Promise<(body: string) => Promise<void>> {
  const bundles = await bundleLambdas(folder, plugins);
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

async function loadMails(outfile: string): Promise<typeof Mails> {
  await build({
    entryPoints: [fileURLToPath(new URL('./mails.tsx', import.meta.url))],
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
