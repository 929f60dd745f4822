/**
 * Publishes one Sev-1 after the other and tells how long each takes, from the answer to its PUT
 * until the last leader's mail was accepted: alone, and while the same incident is told to support
 * and a digest leaves. Warm: the functions ran before. Cold: their processes were ended before.
 * npm run bench:urgent -- [warm=100] [cold=20] [maxSendRate=50] [leaders=20] [supporters=1000]
 * [readers of the digest=20000]
 */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { toInstant } from '../core/shared/instant.ts';
import { aRunningStack, type TestStack } from '../test/support/running-stack.ts';

const [warm = 100, cold = 20, rate = 50, leaders = 20, supporters = 1000, readers = 20_000] = process.argv.slice(2).map(Number);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** What an alert passes through. */
const onTheWay = ['intake', 'compose', 'deliver-urgent'];
/** Each in peace: the next one follows when this one has long been accepted. */
const peace = { warm: 4000, cold: 9000 } as const;

const people = (count: number, name: string, role: string) =>
  Array.from({ length: count }, (_, n) => ({ address: `${name}${n}@example.com`, role }));

async function aStack(company: boolean): Promise<TestStack> {
  const stack = await aRunningStack();
  const distribution = parse(await readFile('samples/distribution.yaml', 'utf8'));
  distribution.streams['customer-impact'] ??= {
    severities: ['sev1', 'sev2', 'sev3'],
    schedule: { every: 'week', on: 'friday', at: '14:00' },
    subscribe: ['support'],
    contact: '#incident-desk',
  };
  const applied = await stack.call('PUT', '/operator/configuration', JSON.stringify(distribution), { 'content-type': 'text/yaml' });
  if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
  await stack.importPeople([
    ...people(leaders, 'leader', 'leadership'),
    ...(company ? [...people(supporters, 'supporter', 'support'), ...people(readers, 'reader', 'engineering')] : []),
  ]);
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: rate } });
  return stack;
}

interface Published {
  readonly how: keyof typeof peace;
  readonly edition: string;
  readonly sentAt: number;
  readonly answeredAt: number;
}

async function publish(stack: TestStack, n: number, how: Published['how']): Promise<Published> {
  if (how === 'cold') for (const name of onTheWay) await stack.call('POST', `/_local/functions/${name}/kill`);
  const id = `down-${n}`;
  const sentAt = stack.now().getTime();
  const { status, body } = await stack.call('PUT', `/postmortems/${id}`, {
    title: `All was down, ${n}`,
    severity: 'sev1',
    startedAt: toInstant(stack.now()),
    summary: 'Nobody could sign in.',
    customersAffected: 5000,
  });
  const answeredAt = stack.now().getTime();
  if (status !== 201) throw new Error(`${id}: ${status} ${JSON.stringify(body)}`);
  await pause(peace[how]);
  return { how, edition: `sev1-alerts_${id}_r1`, sentAt, answeredAt };
}

/** Runs the editions one after the other, and answers a row for the warm ones and one for the cold. */
async function measure(company: boolean) {
  const stack = await aStack(company);
  const bulk = async () => (await stack.truth()).filter(({ edition }) => edition.startsWith('engineering-digest')).length;
  if (company) {
    await stack.runDigest('2026-11-23T08:00:00Z');
    while ((await bulk()) < 5 * rate) await pause(200);
  }
  const published: Published[] = [];
  // What runs first warms the functions and does not count.
  await publish(stack, 0, 'cold');
  for (let n = 1; n <= warm; n += 1) published.push(await publish(stack, n, 'warm'));
  for (let n = 1; n <= cold; n += 1) published.push(await publish(stack, warm + n, 'cold'));
  const isTold = (lines: Awaited<ReturnType<TestStack['truth']>>) =>
    published.every(({ edition: id }) => lines.filter(({ edition }) => edition === id).length >= leaders);
  let truth = await stack.truth();
  // On a slow machine some take longer than their peace, and count.
  for (let looks = 0; looks < 60 && !isTold(truth); looks += 1) {
    await pause(2000);
    truth = await stack.truth();
  }
  const { throttled } = (await stack.call('GET', '/_local/faults')).body;
  const last = ({ edition }: Published) => {
    const accepted = truth.filter((line) => line.edition === edition).map(({ acceptedAt }) => Date.parse(acceptedAt));
    if (accepted.length !== leaders) throw new Error(`${edition}: ${accepted.length} of ${leaders} accepted`);
    return Math.max(...accepted);
  };
  const told = (stream: string) => truth.filter(({ edition }) => edition.startsWith(stream)).length;
  const beside = { 'of a digest': told('engineering-digest'), 'of customer impact': told('customer-impact') };
  if (company && (beside['of a digest'] >= readers || beside['of customer impact'] === 0))
    throw new Error(`not in company until the end: ${JSON.stringify(beside)}`);
  await stack.stop();
  return (['warm', 'cold'] as const).map((how) => {
    const of = published.filter((one) => one.how === how);
    const took = of.map((one) => last(one) - one.answeredAt).toSorted((a, b) => a - b);
    return {
      alerts: `${of.length} ${how}, ${company ? 'in company' : 'alone'}`,
      'half, s': quantile(took, 0.5),
      '95 %': quantile(took, 0.95),
      '99 %': quantile(took, 0.99),
      worst: quantile(took, 1),
      'the PUT, half': quantile(
        of.map((one) => one.answeredAt - one.sentAt).toSorted((a, b) => a - b),
        0.5,
      ),
      throttled,
      ...beside,
    };
  });
}

const quantile = (sorted: readonly number[], share: number) =>
  Number(((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0) / 1000).toFixed(2));

console.table(await measure(false));
console.table(await measure(true));
process.exit(0);
