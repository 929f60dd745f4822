import { afterAll, beforeAll, expect, it } from 'vitest';
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

const names = ['ada', 'bob', 'eve'];
const sync = async (some: readonly string[], ...options: string[]) => {
  const csv = ['address,role', ...some.map((name) => `${name}@example.com,engineer`)].join('\n');
  await using folder = await aFolder({ 'people.csv': csv });
  const args = ['people', 'import', `${folder.path}/people.csv`, '--sync', ...options, '--api', stack.url, '--key', 'local'];
  return await afterword(args);
};
const readers = async () => (await stack.truth()).map(({ to }) => to).toSorted();

it('sends nothing to who left, and everything again to who came back', async () => {
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
