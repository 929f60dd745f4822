/**
 * Publishes one Sev-1 after the other and tells how long each takes, from the answer to its PUT
 * until the last leader's mail was accepted: alone, and while the same incident is told to support
 * and a digest leaves. Warm: the functions ran before. Cold: their processes were ended before.
 * npm run bench:urgent -- [warm=100] [cold=20] [maxSendRate=50] [leaders=20] [supporters=1000]
 * [readers of the digest=20000]
 * With `--morning`: alone, and while people are reminded at the beginning of a working morning.
 * npm run bench:urgent -- --morning [alone=100] [maxSendRate=50] [leaders=20] [people reminded=500]
 */
import { parseArgs } from 'node:util';
import type { TestStack } from '../test/support/running-stack.ts';
import { aStack, halfOfPuts, type Published, pause, people, publish, quantilesOf, toldTruth, tookOf } from './urgent/alerts.ts';
import { measureMorning } from './urgent/morning.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { morning: { type: 'boolean', default: false } } });
const numbers = positionals.map(Number);
if (values.morning) {
  const [alone = 100, rate = 50, leaders = 20, owners = 500] = numbers;
  const { rows, said } = await measureMorning({ alone, rate, leaders, owners });
  console.table(rows);
  console.log(said);
  process.exit(0);
}
const [warm = 100, cold = 20, rate = 50, leaders = 20, supporters = 1000, readers = 20_000] = numbers;
/** What an alert passes through. */
const onTheWay = ['intake', 'compose', 'deliver-urgent'];
/** Each in peace: the next one follows when this one has long been accepted. */
const peace = { warm: 4000, cold: 9000 } as const;
type How = keyof typeof peace;

async function publishInPeace(stack: TestStack, n: number, how: How): Promise<Published & { readonly how: How }> {
  if (how === 'cold') for (const name of onTheWay) await stack.call('POST', `/_local/functions/${name}/kill`);
  const published = await publish(stack, `down-${n}`);
  await pause(peace[how]);
  return { ...published, how };
}

/** Runs the editions one after the other, and answers a row for the warm ones and one for the cold. */
async function measure(company: boolean) {
  const stack = await aStack(leaders, rate);
  const bulk = async () => (await stack.truth()).filter(({ edition }) => edition.startsWith('engineering-digest')).length;
  if (company) {
    await stack.importPeople([...people(supporters, 'supporter', 'support'), ...people(readers, 'reader', 'engineering')]);
    await stack.runDigest('2026-11-23T08:00:00Z');
    while ((await bulk()) < 5 * rate) await pause(200);
  }
  const published: Awaited<ReturnType<typeof publishInPeace>>[] = [];
  // What runs first warms the functions and does not count.
  await publishInPeace(stack, 0, 'cold');
  for (let n = 1; n <= warm; n += 1) published.push(await publishInPeace(stack, n, 'warm'));
  for (let n = 1; n <= cold; n += 1) published.push(await publishInPeace(stack, warm + n, 'cold'));
  const truth = await toldTruth(stack, published, leaders);
  const { throttled } = (await stack.call('GET', '/_local/faults')).body;
  const told = (stream: string) => truth.filter(({ edition }) => edition.startsWith(stream)).length;
  const beside = { 'of a digest': told('engineering-digest'), 'of customer impact': told('customer-impact') };
  if (company && (beside['of a digest'] >= readers || beside['of customer impact'] === 0))
    throw new Error(`not in company until the end: ${JSON.stringify(beside)}`);
  await stack.stop();
  return (['warm', 'cold'] as const).map((how) => {
    const of = published.filter((one) => one.how === how);
    return {
      alerts: `${of.length} ${how}, ${company ? 'in company' : 'alone'}`,
      ...quantilesOf(tookOf(of, truth)),
      'the PUT, half': halfOfPuts(of),
      throttled,
      ...beside,
    };
  });
}

console.table(await measure(false));
console.table(await measure(true));
process.exit(0);
