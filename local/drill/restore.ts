/**
 * Rehearses docs/operations.md, "Restoring the table", on this machine. Fills a stack and sends
 * from it. Copies its table as a restore does, once to its latest state and once to a point before
 * its last edition. Points new stacks at the copies and at the kept secrets, settles them, and
 * sends the next edition.
 * The mail servers' own logs show whether anybody got an edition twice. The exit code is 1 if a
 * check failed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import * as z from 'zod';
import { toInstant } from '../../core/shared/instant.ts';
import { synthesise } from '../../lib/synthesise.ts';
import { disposables } from '../disposables.ts';
import { directClient } from '../dynamodb/create-tables.ts';
import { startDynamoDb } from '../dynamodb/start.ts';
import type { Plan } from '../plan/plan.ts';
import type { TablePlan } from '../plan/tables.ts';
import { loadSamples } from '../samples.ts';
import { startLocalStack } from '../stack.ts';
import { putLocalKey } from '../start/local-key.ts';
import { report } from '../start/report.ts';
import { copyTable } from './copy-table.ts';
import { type DrilledStack, drilledStack, linksIn, type Mail, unsubscribePath } from './drilled-stack.ts';
import { type SentMail, sentTwice } from './sent-twice.ts';

const samples = fileURLToPath(new URL('../../samples', import.meta.url));
/** A Wednesday: Monday's digest is sent, and the next one is five days away. */
const begin = new Date('2026-12-02T10:00:00Z');
const digests = { first: 'engineering-digest_2026-W48', second: 'engineering-digest_2026-W49', third: 'engineering-digest_2026-W50' };
const people = {
  reader: 'drill.reader@example.com',
  leaver: 'drill.leaver@example.com',
  laterLeaver: 'drill.later@example.com',
  complainer: 'drill+simulate-complaint@example.com',
};
const sev1 = {
  id: 'drill-checkout-down',
  text: '---\ntitle: Checkout was down\nseverity: sev1\nstartedAt: 2026-12-02T09:00:00Z\n---\n\n## Summary\n\nNobody could pay for an hour.\n',
};

const { running, stop } = disposables();
const out = report((text) => process.stdout.write(text));
let failed = 0;
const check = (what: string, isTrue: boolean, more: readonly string[] = []) => {
  if (!isTrue) failed += 1;
  out.line(`${isTrue ? pc.green('✓') : pc.red('✗')} ${what}`);
  if (!isTrue) for (const line of more.slice(0, 10)) out.line(`    ${line}`);
};

interface Backup {
  readonly what: string;
  readonly table: TablePlan;
  /** The instant to which it was restored, and when the old stack had sent its last mail. */
  readonly since: Date;
  readonly until: Date;
  /** Readers who had left or complained by then. */
  readonly out: readonly string[];
  /** A digest that was sent, but is not in the table. Undefined if there is none. */
  readonly unknown: string | undefined;
}

const Secrets = z.record(z.string(), z.string());

async function drill(scratch: string): Promise<void> {
  const engine = running(await startDynamoDb({}));
  const client = directClient(engine.endpoint);
  running({ stop: () => client.destroy() });
  const shared = { port: 0, dynamoDbEndpoint: engine.endpoint };

  out.title('The old stack');
  const made = await synthesise('laptop', { outDir: join(scratch, 'old') });
  const old = running(await startLocalStack({ ...made, ...shared, dataDir: join(scratch, 'kept'), startsAt: begin }));
  if (old.table) await putLocalKey(old.table);
  const first = drilledStack(old);
  const mails = await fill(first, () => loadSamples(old, samples, begin, out));
  const [table] = old.plan.tables;
  if (!table) throw new Error('the template has no table');

  const then = old.now();
  const before = await copyTable(client, table, 'restored-before');
  out.line(`  ${before.items} items of the table at ${toInstant(then)} are kept as ${before.table.name}`);
  await goOn(first);
  const until = old.now();
  const latest = await copyTable(client, table, 'restored-latest');
  out.line(`  ${latest.items} items of the table at ${toInstant(until)} are kept as ${latest.table.name}`);
  const sent = await first.sent();
  const secrets = new Map(Object.entries(Secrets.parse(JSON.parse(await readFile(join(scratch, 'kept', 'secrets.json'), 'utf8')))));
  await old.stop();
  out.line(`  The old stack is gone. Its mail server accepted ${sent.length} mails.`);

  const { leaver, laterLeaver, complainer } = people;
  const backups: Backup[] = [
    { what: 'its latest state', ...latest, since: until, until, out: [leaver, laterLeaver, complainer], unknown: undefined },
    { what: 'a point before its last edition', ...before, since: then, until, out: [leaver, complainer], unknown: digests.second },
  ];
  for (const backup of backups) {
    out.title(`Restored to ${backup.what}`);
    const restored = { table: backup.table.name, secrets: arnsOf(old.plan, secrets) };
    const again = await synthesise('laptop', { restored, outDir: join(scratch, backup.table.name) });
    const startsAt = new Date(until.getTime() + 3_600_000);
    const stack = running(await startLocalStack({ ...again, ...shared, startsAt, restored: { table: backup.table, secrets } }));
    await rehearse(drilledStack(stack), backup, sent, { mails, oldUrl: old.url });
    await stack.stop();
  }
}

/** The five secrets of the old stack, by their names in the settings file. */
function arnsOf({ secrets }: Plan, values: ReadonlyMap<string, string>) {
  const arn = (id: string) => {
    // Behind the id stands what CDK adds: one id may begin another.
    const found = secrets.find(({ name }) => new RegExp(`Secrets${id}[0-9A-F]{8}$`).test(name));
    if (!found || !values.has(found.arn)) throw new Error(`no secret ${id} was kept`);
    return found.arn;
  };
  return {
    identity: arn('IdentitySecret'),
    suppression: arn('SuppressionSecret'),
    tokenKeys: arn('TokenKeys'),
    tokenKeysForCustomers: arn('TokenKeysForCustomers'),
    firstKey: arn('FirstKey'),
  };
}

/**
 * Loads the samples and four more people and sends the digest of the week. One reader leaves with
 * one click, one complains. Returns the mails of the reader.
 */
async function fill(stack: DrilledStack, load: () => Promise<void>): Promise<Mail[]> {
  await stack.call('PUT', '/operator/configuration', await readFile(join(samples, 'distribution.yaml'), 'utf8'), 'text/yaml');
  const streams = 'engineering-digest sev1-alerts';
  const rows = Object.values(people).map((address, n) => ({ line: n + 2, address, name: 'Drill', role: 'engineering', streams }));
  await stack.call('POST', '/operator/people/import', JSON.stringify({ rows }));
  await load();
  await leave(stack, people.leaver);
  const all = await stack.mailsTo(people.reader);
  out.line(`  ${people.leaver} left with one click, ${people.complainer} complained`);
  return all;
}

async function leave(stack: DrilledStack, address: string): Promise<void> {
  const mail = (await stack.mailsTo(address)).find(({ tags }) => tags.edition?.startsWith('engineering-digest'));
  if (!mail) throw new Error(`${address} got no digest`);
  const status = await stack.status('POST', unsubscribePath(mail), 'List-Unsubscribe=One-Click');
  if (status !== 200) throw new Error(`leaving was answered ${status}`);
  await stack.drain();
}

/** What the earlier copy does not know: an alert, the next digest, and a reader who leaves. */
async function goOn(stack: DrilledStack): Promise<void> {
  await stack.call('PUT', `/postmortems/${sev1.id}`, sev1.text, 'text/markdown');
  await stack.drain();
  await stack.advance('P5D');
  await leave(stack, people.laterLeaver);
  const { state } = await stack.edition(digests.second);
  out.line(`  Then an alert and ${digests.second} (${state}) were sent, and ${people.laterLeaver} left`);
}

async function rehearse(
  stack: DrilledStack,
  { since, until, out: gone, unknown }: Backup,
  sent: readonly SentMail[],
  { mails, oldUrl }: { readonly mails: readonly Mail[]; readonly oldUrl: string },
): Promise<void> {
  await stack.call('PUT', `/postmortems/${sev1.id}`, sev1.text, 'text/markdown');
  await stack.drain();
  await stack.sweep();
  check('No mail leaves before it is settled, though everything is published again', (await stack.sent()).length === 0);
  const resumed = await stack.afterword('resume');
  check('`afterword resume` refuses and names the way', resumed.code === 1 && resumed.output.includes('settle'), [resumed.output]);

  const words = ['settle', '--since', toInstant(since), '--until', toInstant(until), '--yes'];
  out.line(pc.dim(`  $ afterword ${words.join(' ')}`));
  const settled = await stack.afterword(...words);
  for (const line of settled.output.trimEnd().split('\n')) out.line(pc.dim(`  ${line}`));
  check('`afterword settle` settles it', settled.code === 0);
  await stack.sweep();
  check(
    'Nothing of before is sent again',
    (await stack.sent()).length === 0,
    (await stack.sent()).map(({ edition, to }) => `${edition} to ${to}`),
  );
  if (unknown) {
    const { counts, state } = await stack.edition(unknown).catch((error: unknown) => ({ counts: {}, state: String(error) }));
    const isAllRecalled = Object.keys(counts).join() === 'skipped: recalled';
    check(`${unknown}, which the table did not know, is there and recalled for everybody`, state === 'recalled' && isAllRecalled, [
      JSON.stringify({ state, counts }),
    ]);
  }

  await stack.advance('P7D');
  const now = await stack.sent();
  const third = now.filter(({ edition }) => edition === digests.third).map(({ to }) => to);
  const had = new Set(sent.filter(({ edition }) => edition === digests.first).map(({ to }) => to));
  const missed = [...had].filter((to) => !third.includes(to) && !gone.includes(to));
  check(
    `The next digest goes out: ${digests.third} to ${third.length} people, all who had the first and stayed`,
    third.length > 0 && missed.length === 0,
    missed,
  );
  check(`Who had left or complained before gets nothing (${gone.length} people)`, !now.some(({ to }) => gone.includes(to)));
  const twice = sentTwice([...sent, ...now]);
  check(
    `Nobody got an edition twice, by the logs of both mail servers (${sent.length} and ${now.length} mails)`,
    twice.length === 0,
    twice,
  );

  const links = mails.flatMap((mail) => linksIn(mail, oldUrl));
  const dead: string[] = [];
  for (const path of links) if ((await stack.status('GET', path)) !== 200) dead.push(path);
  check(`Every link of a reader's old mails works (${links.length})`, links.length > 0 && dead.length === 0, dead);
  const digest = mails.find(({ tags }) => tags.edition?.startsWith('engineering-digest'));
  const left = digest && (await stack.status('POST', unsubscribePath(digest), 'List-Unsubscribe=One-Click'));
  check('So does leaving with one click from an old mail', left === 200);
  const denials = await stack.denials();
  check('No function was denied anything by the policies of its role', denials.length === 0, denials);
}

const began = performance.now();
const scratch = await mkdtemp(join(tmpdir(), 'afterword-drill-'));
const cleanUp = async () => {
  await stop();
  await rm(scratch, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(130)));
try {
  await drill(scratch);
} finally {
  await cleanUp();
}
const seconds = Math.round((performance.now() - began) / 1000);
out.line(`\n${failed === 0 ? pc.green('The restore works') : pc.red(`${failed} checks failed`)}, rehearsed in ${seconds} seconds.`);
process.exitCode = failed === 0 ? 0 : 1;
