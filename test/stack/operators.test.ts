import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { braking } from '../support/braking.ts';
import { aFolder, afterword } from '../support/command-line.ts';
import { distributionYaml } from '../support/distribution.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await aRunningStack();
  await stack.call('PUT', '/operator/configuration', distributionYaml, { 'content-type': 'text/yaml' });
  await stack.call('PUT', '/postmortems/pm-1', { title: 'It failed', severity: 'sev3', publishedAt: '2026-11-18T10:00:00Z' });
});
afterAll(() => stack.stop());

const { faults, sweep, editionOf, act, aMinuteLater, until, importReaders } = braking(() => stack);

const names = ['ada', 'bob', 'eve'];
const sync = async (some: readonly string[], ...options: string[]) => {
  const csv = ['address,role', ...some.map((name) => `${name}@example.com,engineer`)].join('\n');
  await using folder = await aFolder({ 'people.csv': csv });
  const args = ['people', 'import', `${folder.path}/people.csv`, '--sync', ...options, '--api', stack.url, '--key', 'local'];
  return await afterword(args);
};
const readers = async () => (await stack.truth()).map(({ to }) => to).toSorted();

it('a digest goes not to who left, and again to who came back', async () => {
  expect(await sync(names)).toMatchObject({ code: 0, stdout: expect.stringContaining('3 added') });
  expect(await sync(['ada', 'bob'], '--yes')).toMatchObject({
    code: 0,
    stdout: 'Not in the file: 1 person\n  eve@example.com\n0 added, 0 changed, 2 unchanged, 1 suspended\n',
  });
  expect(await sync(['ada', 'bob'])).toMatchObject({ code: 0, stdout: '0 added, 0 changed, 2 unchanged, 0 suspended\n' });

  await stack.runDigest('2026-11-23T08:00:00Z');
  await stack.drain();
  expect(await readers()).toEqual(['ada@example.com', 'bob@example.com']);
  const { body } = await stack.call('GET', '/operator/editions/engineering-digest_2026-W47');
  expect(body).toMatchObject({ state: 'complete', counts: { accepted: 2, 'skipped: suspended': 1 } });

  expect(await sync(names)).toMatchObject({ stdout: '0 added, 1 changed, 2 unchanged, 1 no longer suspended, 0 suspended\n' });
  await stack.call('PUT', '/postmortems/pm-2', { title: 'It failed again', severity: 'sev3', publishedAt: '2026-11-23T07:30:00Z' });
  await stack.runDigest('2026-11-30T08:00:00Z');
  await stack.drain();
  expect((await readers()).filter((to) => to === 'eve@example.com')).toHaveLength(1);
});

describe('an edition under way', () => {
  const id = 'engineering-digest_2026-W49';
  const sent = async () => (await stack.truth()).filter(({ edition }) => edition === id).length;

  it('is paused within seconds, goes on when resumed, and ends when recalled', async () => {
    await importReaders(57, 'engineer');
    await faults({ maxSendRate: 2 });
    await sweep(); // stores the rate
    await stack.runDigest('2026-12-07T08:00:00Z');
    await until('the fourth mail', async () => (await sent()) > 3);
    expect(await act(`editions/${id}/pause`)).toEqual({ edition: id, changed: true });
    await stack.drain();
    const whenPaused = await sent();
    expect(whenPaused).toBeLessThan(50);
    await sweep();
    await stack.drain();
    expect(await sent()).toBe(whenPaused);

    await act(`editions/${id}/resume`);
    await sweep();
    await until('another mail after the pause', async () => (await sent()) > whenPaused);
    expect(await act(`editions/${id}/recall`)).toEqual({ edition: id, changed: true });
    await until('the end of the edition', async () => {
      await aMinuteLater();
      await stack.drain();
      return (await editionOf(id)).completedAt !== undefined;
    });
    const { counts, state } = await editionOf(id);
    const accepted = await sent();
    expect(state).toBe('recalled');
    expect(counts).toEqual({ accepted, 'skipped: recalled': 60 - accepted });
    expect(accepted).toBeLessThan(60);
  });
});
