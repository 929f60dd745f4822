import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { braking } from '../support/braking.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack();
  const distribution = await readFile('samples/distribution.yaml', 'utf8');
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  await importReaders(120);
});
afterAll(() => stack.stop());

const { faults, sweep, editionOf, act, aMinuteLater, until, importReaders } = braking(() => stack);
const sendCalls = async () => {
  const { body } = await stack.call('GET', '/_local/usage');
  const used: { service: string; operation: string; function: string; calls: number }[] = body;
  return used.filter(({ operation }) => operation === 'SendRawEmail').reduce((sum, { calls }) => sum + calls, 0);
};

describe('an account that SES has paused', () => {
  const id = 'engineering-digest_2026-W47';

  it('stops the lane after a few calls: no message comes again, nothing lies with the dead letters, everything is kept', async () => {
    await faults({ paused: true, maxSendRate: 40 });
    await stack.runDigest('2026-11-23T08:00:00Z');
    await until('a lane that stopped', async () => (await stack.call('GET', '/operator/editions')).body.lanes.length > 0);
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
    await until('the end of the edition', async () => {
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

describe('a delivery of which nobody knows whether it arrived', () => {
  const id = 'engineering-digest_2026-W49';

  it('is sent once more when somebody asks for it, and the counts end exact', async () => {
    await faults({ maxSendRate: 100, timeoutBeforeAccept: 0.1 });
    await stack.runDigest('2026-12-07T08:00:00Z');
    await until('the end of the edition', async () => {
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
    await until('the end of the edition', async () => {
      await aMinuteLater();
      return (await editionOf(id)).counts.accepted === 120;
    });
    expect((await editionOf(id)).counts).toEqual({ accepted: 120 });
    const mails = (await stack.truth()).filter(({ edition }) => edition === id);
    expect(mails).toHaveLength(120);
    expect(mails.filter(({ attempt }) => Number(attempt) === 2)).toHaveLength(unconfirmed.length);
  });
});
