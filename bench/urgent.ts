/**
 * Publishes one Sev-1 after the other in the middle of a bulk run and tells how long each takes,
 * from the publishing to the last mail accepted. npm run bench:urgent -- [alerts=50] [bulk
 * readers=20000] [maxSendRate=50] [leaders=20]
 */
import { readFile } from 'node:fs/promises';
import { toInstant } from '../core/shared/instant.ts';
import { aRunningStack } from '../test/support/running-stack.ts';

const [alerts = 50, readers = 20_000, rate = 50, leaders = 20] = process.argv.slice(2).map(Number);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const stack = await aRunningStack();
const distribution = await readFile('samples/distribution.yaml', 'utf8');
await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
await stack.importPeople([
  ...Array.from({ length: readers }, (_, n) => ({ address: `reader${n}@example.com`, role: 'engineering', team: 'Storefront' })),
  ...Array.from({ length: leaders }, (_, n) => ({ address: `leader${n}@example.com`, role: 'leadership' })),
]);
const acceptedIn = async (edition: string): Promise<string[]> =>
  (await stack.truth()).filter((line) => line.edition === edition).map(({ acceptedAt }) => acceptedAt);
const alertOf = (n: number) => `sev1-alerts_down-${n}_r1`;
const aSev1 = () => ({ severity: 'sev1', startedAt: toInstant(stack.now()), summary: 'Nobody could sign in.' });

await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: rate } });
await stack.runDigest('2026-11-23T08:00:00Z');
while ((await stack.truth()).length < 5 * rate) await pause(200);

const published: number[] = [];
for (let n = 0; n < alerts; n += 1) {
  published.push(stack.now().getTime());
  await stack.call('PUT', `/postmortems/down-${n}`, { title: `All was down, ${n}`, ...aSev1() });
  // Each in peace: the next one follows when this one has long been accepted.
  await pause(5000);
}
const bulkUnderWay = (await stack.truth()).filter(({ edition }) => edition.startsWith('engineering-digest')).length;
const took: number[] = [];
for (const [n, at] of published.entries()) {
  const accepted = await acceptedIn(alertOf(n));
  if (accepted.length !== leaders) throw new Error(`alert ${n}: ${accepted.length} of ${leaders} accepted`);
  took.push(Math.max(...accepted.map((instant) => Date.parse(instant))) - at);
}
const { throttled } = (await stack.call('GET', '/_local/faults')).body;
await stack.stop();

const sorted = took.toSorted((a, b) => a - b);
const quantile = (share: number) =>
  `${((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0) / 1000).toFixed(2)} s`;
console.table({
  alerts,
  'readers of each': leaders,
  'bulk mails accepted by then': `${bulkUnderWay} of ${readers}`,
  'calls throttled': throttled,
  'from publishing to the last one accepted, half of them': quantile(0.5),
  '95 of 100': quantile(0.95),
  '99 of 100': quantile(0.99),
  worst: quantile(1),
});
process.exit(0);
