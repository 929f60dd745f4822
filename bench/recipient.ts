/**
 * What one recipient costs the sender in processor time, from the range message to SES's reply,
 * beside the bare SDK call with the same bytes and beside rendering React and building MIME anew
 * for each recipient. All in this process, one after the other, against servers in others. npm run
 * bench:recipient -- [readers=2000,20000,100000] [kilobytes of a mail=20,60]
 */
import { openSes, sesMailer } from '../adapters/ses/ses-mailer.ts';
import type { EditionFragments } from '../core/mail/fragments.ts';
import { configurationSet, publicUrl, sender, startSender } from './recipient/sender.ts';
import { maxSendRate, seedReaders } from './recipient/world.ts';

const [readers = '2000,20000,100000', kilobytes = '20,60'] = process.argv.slice(2);
const numbers = (list: string) => list.split(',').map(Number);
const { world, mails, bytesOf, deliverEdition, reader, stop } = await startSender();

const ses = openSes(20_000);
const mailer = sesMailer(ses.client, {
  address: sender.address,
  configurationSets: { tracked: configurationSet, untracked: configurationSet },
});
const tagsOf = (n: number) => ({ edition: 'engineering-digest_2026-W47', slot: 'default', subscriber: reader.sid, attempt: n });
const abreast = 50;
async function sendEach(count: number, mimeOf: (n: number) => Buffer | Promise<Buffer>): Promise<void> {
  for (let n = 0; n < count; n += abreast) {
    const some = Array.from({ length: Math.min(abreast, count - n) }, (_, i) => n + i);
    await Promise.all(some.map(async (i) => mailer.send({ isTracked: true, to: reader.address, mime: await mimeOf(i), tags: tagsOf(i) })));
  }
}

/**
 * A connection that is closed while a mail is written to it costs that mail; the ledger tells of
 * it, and a bare call does not.
 */
const mostAnswered = 0.999;
/** Milliseconds of processor time (user and system) a recipient; throws where mails are missing. */
async function costOf(recipients: number, work: () => Promise<void>): Promise<number> {
  globalThis.gc?.();
  const before = (await world.used()).mails;
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  const mailed = (await world.used()).mails - before;
  if (mailed < recipients * mostAnswered) throw new Error(`${mailed} mails for ${recipients} readers`);
  return (user + system) / 1000 / recipients;
}

const round = (value: number) => Number(value.toFixed(2));
const deliverTo = (count: number, name: string, fragments: EditionFragments) =>
  costOf(count, () => deliverEdition(`engineering-digest_${name}`, `s${count}`, fragments));

/** Rendering costs each recipient the same: more than so many would only take longer. */
const enoughToRender = 5000;
const warm = 500;
const rows: Record<string, string | number>[] = [];
await seedReaders(world, `s${warm}`, warm);
for (const count of numbers(readers)) {
  process.stderr.write(`seeding ${count} readers\n`);
  await seedReaders(world, `s${count}`, count);
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
await stop();
process.exit(0);

/**
 * What a recipient costs above the bare call, part by part, in milliseconds. A digest without a
 * card is sent to see the ledger's share.
 */
async function whereItGoes(fragments: EditionFragments): Promise<Record<string, number>> {
  const count = 2000;
  const mime = bytesOf(fragments);
  const empty = { ...fragments, head: { html: '', text: '' }, blocks: [], foot: { html: '', text: '' } };
  const small = bytesOf(empty);
  await seedReaders(world, `s${count}`, count);
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

/**
 * At the pace of `deliver`: one after the other, whether the one before has been answered or not.
 */
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
