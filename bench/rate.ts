/**
 * Sends one digest, or several at once, to many readers on the local stack and tells how fast, how
 * evenly and at what price. npm run bench:rate -- [readers=500] [maxSendRate=50] [share of
 * throttled calls=0] [editions at once=1]
 */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { lowestLevel } from '../test/support/lowest-level.ts';
import { aRunningStack } from '../test/support/running-stack.ts';

const [readers = 500, rate = 50, throttle = 0, editions = 1] = process.argv.slice(2).map(Number);
const Usage = z.array(
  z.object({ service: z.string(), operation: z.string(), function: z.string(), calls: z.number(), writeUnits: z.number() }),
);

const stack = await aRunningStack();
const distribution = await readFile('samples/distribution.yaml', 'utf8');
await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
await stack.importPeople(
  Array.from({ length: readers }, (_, n) => ({ address: `reader${n}@example.com`, role: 'engineering', team: 'Storefront' })),
);
await stack.call('PUT', '/postmortems/pm-1', {
  title: 'A failover logged everyone out',
  severity: 'sev2',
  summary: 'The replica was eleven minutes behind.',
  publishedAt: '2026-11-18T10:00:00Z',
});
await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: rate, throttle } });
await stack.call('DELETE', '/_local/usage');

const weekMs = 7 * 24 * 3600 * 1000;
const mondays = Array.from({ length: editions }, (_, n) => new Date(Date.parse('2026-11-23T08:00:00Z') - n * weekMs).toISOString());
for (const monday of mondays) await stack.runDigest(monday);
while (!(await stack.drainForAMinute()).drained);

const truth = await stack.truth();
const instants = truth.map(({ acceptedAt }) => Date.parse(acceptedAt));
const usage = Usage.parse((await stack.call('GET', '/_local/usage')).body).filter(({ function: name }) => name.startsWith('deliver'));
const { throttled } = (await stack.call('GET', '/_local/faults')).body;
const mostReceived = Math.max(
  ...(await stack.call('GET', '/_local/queues')).body.map((queue: { mostReceived: number }) => queue.mostReceived),
);
const sent = Object.entries(Object.groupBy(truth, ({ edition }) => String(edition)));
const ledger = await Promise.all(
  sent.map(async ([id]) => {
    const { state, counts } = (await stack.call('GET', `/operator/editions/${id}`)).body;
    return `${state}, ${JSON.stringify(counts)}`;
  }),
);
await stack.stop();

const lines = truth.slice(Math.floor(truth.length * 0.1), Math.ceil(truth.length * 0.9));
const shares = sent.map(([id]) => (lines.filter(({ edition }) => edition === id).length / lines.length).toFixed(2));
const steady = instants.slice(Math.floor(instants.length * 0.1), Math.ceil(instants.length * 0.9));
const seconds = (from = 0, to = 0) => (to - from) / 1000;
const writeUnits = usage.reduce((sum, one) => sum + one.writeUnits, 0);
console.table({
  'mails accepted': truth.length,
  'different readers': new Set(truth.map(({ to }) => to)).size,
  'the ledger says': ledger.join('; '),
  ...(editions > 1 && { 'shares of the editions in the middle 80 %': shares.join(', ') }),
  'from first to last, seconds': seconds(instants[0], instants.at(-1)),
  'mails a second in the middle 80 %': Number(((steady.length - 1) / seconds(steady[0], steady.at(-1))).toFixed(1)),
  'share of maxSendRate used': Number(((steady.length - 1) / seconds(steady[0], steady.at(-1)) / rate).toFixed(2)),
  'lowest level of a bucket of the rate, replayed': Math.floor(lowestLevel(instants, rate)),
  'calls throttled': throttled,
  'highest receive count': mostReceived,
  'write units of deliver a mail': Number((writeUnits / truth.length).toFixed(2)),
});
process.exit(0);
