/**
 * What one recipient costs the sender in processor time, from the range message to SES's reply,
 * beside the bare SDK call with the same bytes, 50 at a time and at the rate that SES allows (each
 * mail at its place), and beside rendering React and building MIME anew for each recipient. All in
 * this process, one after the other, against servers in others.
 * npm run bench:recipient -- [readers=2000,20000,100000] [kilobytes of a mail=20,60]
 */
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { openSes, sesMailer } from '../adapters/ses/ses-mailer.ts';
import { newThrottle } from '../core/delivery/send-rate.ts';
import { ticksOf } from '../core/delivery/ticks.ts';
import type { EditionFragments } from '../core/mail/fragments.ts';
import type { MailText } from '../core/mail/mail-text.ts';
import { configurationSet, publicUrl, sender, startSender } from './recipient/sender.ts';
import { maxSendRate, seedReaders } from './recipient/world.ts';

const [readers = '2000,20000,100000', kilobytes = '20,60'] = process.argv.slice(2);
const numbers = (list: string) => list.split(',').map(Number);
const { world, mails, mailOf, bytesOf, deliverEdition, reader, stop } = await startSender();

const { client } = openSes(20_000);
const mailer = sesMailer(client, {
  address: sender.address,
  configurationSets: { tracked: configurationSet, untracked: configurationSet },
});
const tagsOf = (n: number) => ({ edition: 'engineering-digest_2026-W47', slot: 'default', subscriber: reader.sid, attempt: n });
type Send = (n: number) => Promise<unknown>;
/** As anybody would call the SDK: the same for everybody, or made for each. */
const bareCall =
  (mimeOf: (n: number) => Buffer | Promise<Buffer>): Send =>
  async (n) =>
    client.send(
      new SendRawEmailCommand({
        Source: sender.address,
        Destinations: [reader.address],
        ConfigurationSetName: configurationSet,
        Tags: Object.entries(tagsOf(n)).map(([Name, value]) => ({ Name, Value: String(value) })),
        RawMessage: { Data: await mimeOf(n) },
      }),
    );
const ourCall =
  (all: readonly MailText[]): Send =>
  (n) =>
    mailer.send({ isTracked: true, to: reader.address, mime: all[n % all.length] ?? [], tags: tagsOf(n) });

const abreast = 50;
async function sendEach(count: number, send: Send): Promise<void> {
  for (let n = 0; n < count; n += abreast) await Promise.all(Array.from({ length: Math.min(abreast, count - n) }, (_, i) => send(n + i)));
}

/**
 * At the pace of `deliver`: one tick after the other, whether the one before has been answered or
 * not. `chunk`: mails in a chunk; with one, each mail leaves by itself.
 */
async function sendInTicks(count: number, send: Send, chunk: number): Promise<void> {
  const start = performance.now();
  const { interval } = newThrottle().pace(maxSendRate, 0);
  const mails = Array.from({ length: count }, (_, n) => n);
  const ticks = Array.from({ length: Math.ceil(count / chunk) }, (_, n) =>
    ticksOf(mails.slice(n * chunk, (n + 1) * chunk), interval).map((tick) => ({ ...tick, after: n * chunk * interval + tick.after })),
  ).flat();
  await Promise.all(
    ticks.map(async (tick) => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + tick.after - performance.now())));
      await Promise.all(tick.mails.map(send));
    }),
  );
}

/** Milliseconds of processor time (user and system) for each of so many. */
async function timeOf(count: number, work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / count;
}

/**
 * A connection that is closed while a mail is written to it costs that mail; the ledger tells of
 * it, and a bare call does not.
 */
const mostAnswered = 0.999;
/** A recipient's, where each is sent one mail; throws where mails are missing. */
async function costOf(recipients: number, work: () => Promise<void>): Promise<number> {
  const before = (await world.used()).mails;
  const cost = await timeOf(recipients, work);
  const mailed = (await world.used()).mails - before;
  if (mailed < recipients * mostAnswered) throw new Error(`${mailed} mails for ${recipients} readers`);
  return cost;
}

const round = (value: number) => Number(value.toFixed(2));
const deliverTo = (count: number, name: string, fragments: EditionFragments) =>
  costOf(count, () => deliverEdition(`engineering-digest_${name}`, `s${count}`, fragments));

/** Rendering, or waiting, costs each recipient the same: more than so many would only take longer. */
const enough = 5000;
const warm = 500;
const rows: Record<string, string | number>[] = [];
const parts: Record<string, number>[] = [];
const sizes = numbers(kilobytes).map((kb) => mails.digestOf(kb * 1000, (made) => bytesOf(made).length));
await seedReaders(world, `s${warm}`, warm);
for (const count of numbers(readers)) {
  process.stderr.write(`seeding ${count} readers\n`);
  await seedReaders(world, `s${count}`, count);
  for (const { content, fragments } of sizes) {
    const mime = bytesOf(fragments);
    const links = (n: number) => ({ view: publicUrl, preferences: publicUrl, unsubscribe: `${publicUrl}/u/${n}` });
    const anew = (n: number) => mails.mailRenderedAnew(content, `reader-${n}@example.com`, links(n));
    await costOf(warm, () =>
      sendEach(
        warm,
        bareCall(() => mime),
      ),
    );
    await deliverTo(warm, `warm-${mime.length}-${count}`, fragments);
    await costOf(warm, () => sendEach(warm, bareCall(anew)));
    const some = Math.min(count, enough);
    const call = bareCall(() => mime);
    const bare = await costOf(count, () => sendEach(count, call));
    const paced = await costOf(some, () => sendInTicks(some, call, 1));
    const ours = await deliverTo(count, `${mime.length}-${count}`, fragments);
    const others = await costOf(some, () => sendEach(some, bareCall(anew)));
    rows.push({
      'KB a mail': round(mime.length / 1000),
      readers: count,
      'bare call, ms': round(bare),
      'bare call at the rate, ms': round(paced),
      'Afterword, ms': round(ours),
      'Afterword / bare': round(ours / bare),
      'Afterword / bare at the rate': round(ours / paced),
      'rendered anew, ms': round(others),
      'rendered anew / bare': round(others / bare),
      'KB when rendered anew': round((await anew(1)).length / 1000),
    });
    console.table(rows.slice(-1));
  }
}
console.table(rows);
for (const { fragments } of sizes) parts.push(await whereItGoes(fragments));
console.table(parts);
await stop();
process.exit(0);

/**
 * What a recipient costs part by part, in milliseconds, beside the bare call. The ledger is what an
 * edition without content costs above sending its mail.
 */
async function whereItGoes(fragments: EditionFragments): Promise<Record<string, number>> {
  const count = 2000;
  const mime = bytesOf(fragments);
  const empty = { ...fragments, head: { html: '', text: '' }, blocks: [], foot: { html: '', text: '' } };
  const readersOf = (of: EditionFragments) => Array.from({ length: 2 * abreast }, (_, n) => mailOf(of, n));
  const [bare, bareSmall] = [mime, bytesOf(empty)].map((bytes) => bareCall(() => bytes)) as [Send, Send];
  const [own, small] = [ourCall(readersOf(fragments)), ourCall(readersOf(empty))];
  await seedReaders(world, `s${count}`, count);
  const make = async (many: number) => {
    for (let n = 0; n < many; n += 1) mailOf(fragments, n);
  };
  const [bareMs, bareSmallMs, making, sending, inPlaces, inTicks, smallInTicks] = await inTurns([
    (many) => costOf(many, () => sendEach(many, bare)),
    (many) => costOf(many, () => sendEach(many, bareSmall)),
    (many) => timeOf(many, () => make(many)),
    (many) => costOf(many, () => sendEach(many, own)),
    (many) => costOf(many, () => sendInTicks(many, own, 1)),
    (many) => costOf(many, () => sendInTicks(many, own, abreast)),
    (many) => costOf(many, () => sendInTicks(many, small, abreast)),
  ]);
  const ledger = (await deliverTo(count, `small-${mime.length}`, empty)) - smallInTicks;
  return {
    'KB a mail': round(mime.length / 1000),
    'bare call': round(bareMs),
    'bare call, empty mail': round(bareSmallMs),
    making: round(making),
    sending: round(sending),
    'making and sending / bare': round((making + sending) / bareMs),
    'evenness, each at its place': round(inPlaces - sending),
    'evenness, in ticks': round(inTicks - sending),
    ledger: round(ledger),
  };
}

/** The middle one of several costs of each, taken in turns: other work slows down all of them. */
async function inTurns<const Costs extends readonly ((many: number) => Promise<number>)[]>(
  costs: Costs,
): Promise<{ [At in keyof Costs]: number }> {
  const taken = costs.map((): number[] => []);
  for (let round = 0; round < 6; round += 1) {
    for (const [at, cost] of costs.entries()) {
      const ms = await cost(warm);
      // The first warms up.
      if (round > 0) taken[at]?.push(ms);
    }
  }
  return taken.map((each) => each.toSorted((x, y) => x - y)[2] ?? 0) as { [At in keyof Costs]: number };
}
