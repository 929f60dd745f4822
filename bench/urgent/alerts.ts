import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { toInstant } from '../../core/shared/instant.ts';
import { aRunningStack, type StackChanges, type TestStack } from '../../test/support/running-stack.ts';

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const people = (count: number, name: string, role: string) =>
  Array.from({ length: count }, (_, n) => ({ address: `${name}${n}@example.com`, role }));

/** A stack with the sample's streams, and the people of an alert. */
export async function aStack(leaders: number, rate: number, changes: StackChanges = {}): Promise<TestStack> {
  const stack = await aRunningStack(changes);
  const distribution = parse(await readFile('samples/distribution.yaml', 'utf8'));
  distribution.streams['customer-impact'] ??= {
    severities: ['sev1', 'sev2', 'sev3'],
    schedule: { every: 'week', on: 'friday', at: '14:00' },
    subscribe: ['support'],
    contact: '#incident-desk',
  };
  const applied = await stack.call('PUT', '/operator/configuration', JSON.stringify(distribution), { 'content-type': 'text/yaml' });
  if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
  await stack.importPeople(people(leaders, 'leader', 'leadership'));
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: rate } });
  return stack;
}

export interface Published {
  readonly edition: string;
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** Publishes a Sev-1. */
export async function publish(stack: TestStack, id: string): Promise<Published> {
  const sentAt = stack.now().getTime();
  const { status, body } = await stack.call('PUT', `/postmortems/${id}`, {
    title: `All was down, ${id}`,
    severity: 'sev1',
    startedAt: toInstant(stack.now()),
    summary: 'Nobody could sign in.',
    customersAffected: 5000,
  });
  const answeredAt = stack.now().getTime();
  if (status !== 201) throw new Error(`${id}: ${status} ${JSON.stringify(body)}`);
  return { edition: `sev1-alerts_${id}_r1`, sentAt, answeredAt };
}

export type Truth = Awaited<ReturnType<TestStack['truth']>>;

/** What the mail server accepted once every leader has every alert. On a slow machine some take longer than their peace. */
export async function toldTruth(stack: TestStack, published: readonly Published[], leaders: number): Promise<Truth> {
  for (let looks = 0; ; looks += 1) {
    const truth = await stack.truth();
    const accepted = Map.groupBy(truth, ({ edition }) => edition);
    const open = published.filter(({ edition }) => (accepted.get(edition)?.length ?? 0) !== leaders);
    if (open.length === 0) return truth;
    if (looks === 60) throw new Error(`not ${leaders} accepted of ${open.map(({ edition }) => edition).join(', ')}`);
    await pause(2000);
  }
}

/** Milliseconds from the answer to each PUT until the last leader's mail was accepted, the fastest first. */
export function tookOf(published: readonly Published[], truth: Truth): number[] {
  const accepted = Map.groupBy(truth, ({ edition }) => edition);
  const last = (edition: string) => Math.max(...(accepted.get(edition) ?? []).map(({ acceptedAt }) => Date.parse(acceptedAt)));
  return published.map(({ edition, answeredAt }) => last(edition) - answeredAt).toSorted((a, b) => a - b);
}

/** In seconds. */
export const quantile = (sorted: readonly number[], share: number) =>
  Number(((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0) / 1000).toFixed(2));

/** Cells of a table, in seconds. */
export const quantilesOf = (took: readonly number[]) => ({
  'half, s': quantile(took, 0.5),
  '95 %': quantile(took, 0.95),
  '99 %': quantile(took, 0.99),
  worst: quantile(took, 1),
});

/** How long the answer to the PUT itself took, half of them. */
export const halfOfPuts = (published: readonly Published[]) =>
  quantile(
    published.map(({ answeredAt, sentAt }) => answeredAt - sentAt).toSorted((a, b) => a - b),
    0.5,
  );
