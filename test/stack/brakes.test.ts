import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack();
  const distribution = await readFile('samples/distribution.yaml', 'utf8');
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  await stack.importPeople(
    Array.from({ length: 120 }, (_, n) => ({ address: `reader-${n}@example.com`, team: 'Storefront', role: 'engineering' })),
  );
});
afterAll(() => stack.stop());

const faults = (ses: object) => stack.call('PUT', '/_local/faults', { ses });
const sweep = () => stack.call('POST', '/_local/schedules/sweep/run', { at: stack.now().toISOString() });
const editionOf = async (id: string) => (await stack.call('GET', `/operator/editions/${id}`)).body;
const act = async (path: string, body?: unknown) => (await stack.call('POST', `/operator/${path}`, body)).body;
const sendCalls = async () => {
  const { body } = await stack.call('GET', '/_local/usage');
  const used: { service: string; operation: string; function: string; calls: number }[] = body;
  return used.filter(({ operation }) => operation === 'SendRawEmail').reduce((sum, { calls }) => sum + calls, 0);
};
interface Depth {
  readonly visible: number;
  readonly delayed: number;
}
/**
 * Nobody is at work and nothing is to be taken up; what a dead worker had in its hands may still be
 * hidden.
 */
const isQuiet = async () => {
  const queues: Depth[] = (await stack.call('GET', '/_local/queues')).body;
  const functions: { running: number }[] = (await stack.call('GET', '/_local/functions')).body;
  return queues.every(({ visible, delayed }) => visible + delayed === 0) && functions.every(({ running }) => running === 0);
};
/**
 * What waits for a minute, a lease or evidence is due, and `sweep` has looked for it. Moved in the
 * middle of work, the clock would end leases.
 */
const aMinuteLater = async () => {
  for (let looks = 0; looks < 3; looks = (await isQuiet()) ? looks + 1 : 0) await new Promise((resolve) => setTimeout(resolve, 100));
  await stack.call('POST', '/_local/clock', { advance: 'PT1M' });
};
/** As often as it takes: the test's own timeout ends it. */
const until = async (what: () => Promise<boolean>) => {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 200));
};

describe('an account that SES has paused', () => {
  const id = 'engineering-digest_2026-W47';

  it('stops the lane after a few calls: no message comes again, nothing lies with the dead letters, everything is kept', async () => {
    await faults({ paused: true, maxSendRate: 40 });
    await stack.runDigest('2026-11-23T08:00:00Z');
    await until(async () => (await stack.call('GET', '/operator/editions')).body.lanes.length > 0);
    await stack.drain();
    const before = await sendCalls();
    expect(before).toBeGreaterThan(0);
    // Each of the three leaves may have a chunk of 19 under way when the first one is refused;
    // without the stop all 120 would be tried, and again.
    expect(before).toBeLessThanOrEqual(57);

    await stack.drain();
    const { body } = await stack.call('GET', '/operator/editions');
    expect(body.lanes).toMatchObject([{ lane: 'bulk', stopped: { code: 'AccountSendingPausedException' } }]);
    expect(body.editions).toMatchObject([{ edition: id, state: 'sending' }]);
    const queues: { name: string; visible: number }[] = (await stack.call('GET', '/_local/queues')).body;
    expect(JSON.stringify(queues)).not.toMatch(/"deadLetters":[1-9]/);
    await act('lanes/bulk/pause');
    await sweep();
    await stack.drain();
    expect(await sendCalls()).toBe(before);
  });

  it('goes on when it is healed and told to, and everybody has it once', async () => {
    await faults({ maxSendRate: 200 });
    await act('lanes/bulk/resume');
    await until(async () => {
      await aMinuteLater();
      await stack.drain();
      return (await editionOf(id)).state === 'complete';
    });
    expect(await editionOf(id)).toMatchObject({ counts: { accepted: 120 } });
    expect(new Set((await stack.truth()).map(({ to }) => to)).size).toBe(120);
    expect(await stack.truth()).toHaveLength(120);
    expect((await stack.call('GET', '/operator/editions')).body.lanes).toEqual([]);
  });
});

describe('an edition under way', () => {
  const id = 'engineering-digest_2026-W48';
  const sent = async () => (await stack.truth()).filter(({ edition }) => edition === id).length;

  it('is paused within seconds, goes on when resumed, and ends when recalled', async () => {
    await faults({ maxSendRate: 5 });
    await sweep(); // stores the rate
    await stack.runDigest('2026-11-30T08:00:00Z');
    await until(async () => (await sent()) > 3);
    expect(await act(`editions/${id}/pause`)).toEqual({ edition: id, changed: true });
    await stack.drain();
    const whenPaused = await sent();
    expect(whenPaused).toBeLessThan(110);
    await sweep();
    await stack.drain();
    expect(await sent()).toBe(whenPaused);

    await act(`editions/${id}/resume`);
    await sweep();
    await until(async () => (await sent()) > whenPaused);
    expect(await act(`editions/${id}/recall`)).toEqual({ edition: id, changed: true });
    await until(async () => {
      await aMinuteLater();
      await stack.drain();
      return (await editionOf(id)).completedAt !== undefined;
    });
    const { counts, state } = await editionOf(id);
    const accepted = await sent();
    expect(state).toBe('recalled');
    expect(counts).toEqual({ accepted, 'skipped: recalled': 120 - accepted });
    expect(accepted).toBeLessThan(120);
  });
});

describe('a delivery of which nobody knows whether it arrived', () => {
  const id = 'engineering-digest_2026-W49';

  it('is sent once more when somebody asks for it, and the counts end exact', async () => {
    await faults({ maxSendRate: 100, timeoutBeforeAccept: 0.1 });
    await stack.runDigest('2026-12-07T08:00:00Z');
    await until(async () => {
      await aMinuteLater();
      return (await editionOf(id)).state === 'complete';
    });
    const { unconfirmed, counts } = await editionOf(id);
    expect(unconfirmed.length).toBeGreaterThan(0);
    expect(counts).toEqual({ accepted: 120 - unconfirmed.length, unconfirmed: unconfirmed.length });

    await faults({ maxSendRate: 100 });
    const asked = await act(`editions/${id}/resend`, { subscribers: unconfirmed, reason: 'SES fell silent' });
    expect(asked.asked).toHaveLength(unconfirmed.length);
    await act(`editions/${id}/resend`, { subscribers: unconfirmed, reason: 'SES fell silent' });
    await until(async () => {
      await aMinuteLater();
      return (await editionOf(id)).counts.accepted === 120;
    });
    expect((await editionOf(id)).counts).toEqual({ accepted: 120 });
    const mails = (await stack.truth()).filter(({ edition }) => edition === id);
    expect(mails).toHaveLength(120);
    expect(mails.filter(({ attempt }) => Number(attempt) === 2)).toHaveLength(unconfirmed.length);
  });
});
