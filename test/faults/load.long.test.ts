import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lowestLevel } from '../support/lowest-level.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const readers = 150;
const rate = 50;

let stack: TestStack;
/** Lines of functions that ran out of time: of a machine that starves them for seconds. */
let starved: string[];
beforeAll(async () => {
  starved = [];
  stack = await aRunningStack({ print: (line) => void (line.includes('timed out') && starved.push(line)) });
  const distribution = await readFile('samples/distribution.yaml', 'utf8');
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  await stack.importPeople(
    Array.from({ length: readers }, (_, n) => ({ address: `reader${n}@example.com`, role: 'engineering', team: 'Storefront' })),
  );
});
afterAll(() => stack.stop());

const faults = (throttle: number) => stack.call('PUT', '/_local/faults', { ses: { maxSendRate: rate, throttle } });

async function digestOfAll(week: 'W47' | 'W48', publishedAt: string, at: string) {
  const id = `engineering-digest_2026-${week}`;
  await stack.call('PUT', `/postmortems/pm-${week}`, { title: 'A failover', severity: 'sev2', summary: 'It was behind.', publishedAt });
  await stack.runDigest(at);
  await stack.drain();
  const editionNow = async () => (await stack.call('GET', `/operator/editions/${id}`)).body;
  const { body: queues } = await stack.call('GET', '/_local/queues');
  // Whom a starved function was about to send to is in doubt, until a minute later it is known that
  // the mail left.
  for (let minutes = 0; minutes < 3 && starved.length > 0 && (await editionNow()).state !== 'complete'; minutes += 1) {
    await stack.call('POST', '/_local/clock', { advance: 'PT1M' });
    await stack.drain();
  }
  const edition = await editionNow();
  return { truth: (await stack.truth()).filter((line) => line.edition === id), edition, queues };
}

/**
 * A starved function may die between the mark and the call: that mail is `unconfirmed`, counted,
 * and never sent again.
 */
function expectOnceEach(truth: readonly { to: string }[], { state, counts }: { state: string; counts: Record<string, number> }) {
  const { accepted = 0, unconfirmed = 0 } = counts;
  expect(state).toBe('complete');
  expect(accepted + unconfirmed).toBe(readers);
  expect(unconfirmed === 0 || starved.length > 0).toBe(true);
  expect(truth).toHaveLength(accepted);
  expect(new Set(truth.map(({ to }) => to)).size).toBe(accepted);
}

it('sends to 150 people once each, within the rate, and without a message received twice', async () => {
  await faults(0);
  const { truth, edition, queues } = await digestOfAll('W47', '2026-11-18T10:00:00Z', '2026-11-23T08:00:00Z');
  expectOnceEach(truth, edition);
  expect(
    lowestLevel(
      truth.map(({ acceptedAt }) => Date.parse(acceptedAt)),
      rate,
    ),
  ).toBeGreaterThanOrEqual(0);
  // Mails that a busy machine held up leave together, and SES may throttle a few; without a pace it
  // would be a hundred. bench:rate holds it to none.
  expect((await stack.call('GET', '/_local/faults')).body.throttled).toBeLessThan(readers / 3);
  for (const queue of queues)
    expect(queue).toMatchObject({ deadLetters: 0, mostReceived: expect.toSatisfy((n: number) => n <= 2 || starved.length > 0) });
});

it('sends to 150 people once each while every twentieth call is throttled', async () => {
  await faults(0.05);
  const { truth, edition, queues } = await digestOfAll('W48', '2026-11-25T10:00:00Z', '2026-11-30T08:00:00Z');
  expectOnceEach(truth, edition);
  expect((await stack.call('GET', '/_local/faults')).body.throttled).toBeGreaterThan(0);
  for (const queue of queues)
    expect(queue).toMatchObject({ deadLetters: 0, mostReceived: expect.toSatisfy((n: number) => n <= 2 || starved.length > 0) });
});
