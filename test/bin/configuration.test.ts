import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { aFolder, afterword } from './afterword.ts';
import { fakeApi } from './fake-api.ts';

const sample = await readFile(new URL('../../samples/distribution.yaml', import.meta.url), 'utf8');
const change = { path: 'streams.engineering-digest.schedule.at', before: '09:00', after: '10:00' };
const configuration = (changes: object[], needsDeploy: string[] = []) =>
  fakeApi(({ path }) => ({ status: 200, body: { hash: 'abc', applied: path.endsWith('false'), changes, needsDeploy } }));

it('checks without an API and says that all is well', async () => {
  await using folder = await aFolder({ 'distribution.yaml': sample });

  const ran = await afterword(['check'], { cwd: folder.path });

  expect(ran).toMatchObject({ code: 0, stdout: 'distribution.yaml is fine: 3 streams, 8 teams, 27 services\n' });
});

it('points at line and column of each flaw', async () => {
  await using folder = await aFolder({ 'd.yaml': sample.replace('Europe/Berlin', 'Europe/Nowhere') });

  const ran = await afterword(['check', 'd.yaml'], { cwd: folder.path });

  const line = sample.split('\n').findIndex((text) => text.includes('zone: Europe/Berlin')) + 1;
  expect(ran.code).toBe(1);
  expect(ran.stdout).toMatch(new RegExp(`^d\\.yaml:${line}:9: organisation\\.zone: .+ — .+\n$`));
});

it('tells a missing file from a wrong one', async () => {
  await using folder = await aFolder({});

  expect(await afterword(['check'], { cwd: folder.path })).toMatchObject({ code: 2, stdout: '' });
});

it('shows what differs, applies it and says what needs a deploy', async () => {
  await using folder = await aFolder({ 'distribution.yaml': sample });
  await using api = await configuration([change], [change.path]);

  const ran = await afterword(['apply', '--yes', '--api', api.url], { cwd: folder.path });

  expect(ran.code).toBe(0);
  expect(ran.stdout).toBe(
    [
      `${change.path}  (needs a deploy)`,
      '  - 09:00',
      '  + 10:00',
      'Applied 1 change.',
      `Needs a deploy (npm run deploy) before it takes full effect: ${change.path}\n`,
    ].join('\n'),
  );
  expect(api.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /operator/configuration?dryRun=true',
    'PUT /operator/configuration?dryRun=false',
  ]);
  expect(api.received[1]).toMatchObject({ body: sample, headers: { 'content-type': 'text/yaml' } });
});

it.each([
  ['on a dry run', ['--dry-run'], [change], 0],
  ['where nothing differs', ['--yes'], [], 0],
  ['when there is nobody to ask', [], [change], 2],
])('applies nothing %s', async (_, options, changes, code) => {
  await using folder = await aFolder({ 'distribution.yaml': sample });
  await using api = await configuration(changes);

  const ran = await afterword(['apply', ...options, '--api', api.url], { cwd: folder.path });

  expect(ran.code).toBe(code);
  expect(api.received.map(({ path }) => path)).toEqual(['/operator/configuration?dryRun=true']);
});

it('does not send a file with flaws', async () => {
  await using folder = await aFolder({ 'distribution.yaml': 'organisation: 7\n' });
  await using api = await configuration([]);

  const ran = await afterword(['apply', '--yes', '--api', api.url], { cwd: folder.path });

  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('distribution.yaml:1:15: organisation:');
  expect(api.received).toEqual([]);
});
