import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const sample = await readFile(new URL('../../samples/distribution.yaml', import.meta.url), 'utf8');
const change = { path: 'streams.engineering-digest.schedule.at', before: '09:00', after: '10:00' };
const configuration = (changes: object[], needsDeploy: string[] = [], stack = 'afterword-production') =>
  fakeApi(({ path }) => ({
    status: 200,
    body: { hash: 'abc', inForce: 'old', stack, applied: path.includes('dryRun=false'), changes, needsDeploy },
  }));

it('checks without an API and says that all is well', async () => {
  await using folder = await aFolder({ 'distribution.yaml': sample });

  const ran = await afterword(['check'], { cwd: folder.path });

  expect(ran).toMatchObject({ code: 0, stdout: 'distribution.yaml is fine: 6 streams, 8 teams, 27 services\n' });
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
      `Needs a deploy before it takes full effect: ${change.path}`,
      'Deploy with this file: npm run deploy -- afterword-production\n',
    ].join('\n'),
  );
  expect(api.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /operator/configuration?dryRun=true',
    'PUT /operator/configuration?dryRun=false&shownAgainst=old',
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

it.each([['apply'], ['apply', '--dry-run'], ['check', '--stack']])(
  'says with %s %s what waits for a deploy, also where nothing differs',
  async (...command) => {
    await using folder = await aFolder({ 'distribution.yaml': sample });
    await using api = await configuration([], [change.path, 'senders.internal.address']);

    const ran = await afterword([...command, '--api', api.url], { cwd: folder.path });

    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/The file in force is the same\.\nNeeds a deploy .*: streams\..*, senders\.internal\.address\n/);
    expect(ran.stdout).toContain('SES refuses mail from a sender that is not deployed');
    expect(api.received.map(({ path }) => path)).toEqual(['/operator/configuration?dryRun=true']);
  },
);

it('sends people on the local stack to a restart, and not to a deploy', async () => {
  await using folder = await aFolder({ 'ours.yaml': sample });
  await using api = await configuration([change], [change.path], 'afterword-laptop');

  const ran = await afterword(['apply', 'ours.yaml', '--yes', '--api', api.url], { cwd: folder.path });

  expect(ran.stdout).toContain('Needs a restart before');
  expect(ran.stdout).toContain('npm start -- --distribution ours.yaml');
  expect(ran.stdout).not.toContain('deploy');
});

it('applies nothing but what it showed: --yes gives up where another file came between', async () => {
  await using folder = await aFolder({ 'distribution.yaml': sample });
  await using api = await fakeApi(({ path }) =>
    path.includes('dryRun=true')
      ? { status: 200, body: { hash: 'abc', applied: false, changes: [change], needsDeploy: [] } }
      : { status: 409, body: { type: 'about:blank', title: 'Conflict', status: 409 } },
  );

  const ran = await afterword(['apply', '--yes', '--api', api.url], { cwd: folder.path });

  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('Somebody else applied a file meanwhile');
  expect(ran.stdout).not.toContain('Applied');
  expect(api.received.map(({ path }) => path)).toEqual([
    '/operator/configuration?dryRun=true',
    '/operator/configuration?dryRun=false&shownAgainst=none',
  ]);
});

it('warns of a schedule whose hour the clocks leave out or repeat, and is fine with it', async () => {
  const night = sample.replace(/on: monday, at: "09:00"/, 'on: sunday, at: "02:30"');
  expect(night).not.toBe(sample);
  await using folder = await aFolder({ 'distribution.yaml': night });
  await using api = await configuration([change]);

  const ran = await afterword(['check'], { cwd: folder.path });
  const applied = await afterword(['apply', '--yes', '--api', api.url], { cwd: folder.path });

  expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('is fine') });
  expect(ran.stderr).toMatch(
    /^Warning: distribution\.yaml:\d+:\d+: streams\.engineering-digest\.schedule\.at: 02:30 in Europe\/Berlin (does not exist|comes twice) on \d{4}-/,
  );
  expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining('Applied 1 change.'), stderr: ran.stderr });
});

it.each([
  [
    'a product whose service no team runs',
    (file: string) => file.replace('services: [web, cart, checkout,', 'services: [web, cart, chekout,'),
    'products.0.services.2: "chekout" of Shop is in no team of the file — Did you mean checkout?',
  ],
  [
    'corrections that tell nothing',
    (file: string) => `${file}\ncorrections: { tell: [] }\n`,
    'corrections.tell: is empty: no later edition tells what was corrected, only that a preliminary account became final — Name what is told, or leave it out for the usual: severity, impact, cause, support.',
  ],
])('warns of %s', async (_, change, warning) => {
  await using folder = await aFolder({ 'distribution.yaml': change(sample) });

  const ran = await afterword(['check'], { cwd: folder.path });

  expect(ran).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Warning: distribution\.yaml:\d+:\d+: /) });
  expect(ran.stderr.replace(/:\d+:\d+: /, ': ')).toBe(`Warning: distribution.yaml: ${warning}\n`);
});

it('points at what it warns of, in the file and on the stack', async () => {
  const text = `${sample.replace('services: [web, cart, checkout,', 'services: [web, cart, chekout,')}`;
  await using folder = await aFolder({ 'd.yaml': text });
  const ofStack = { field: 'slack.channels.0.channel', problem: '#incidnets is not in Slack', remedy: 'R.', line: 3, column: 16 };
  await using api = await fakeApi(() => ({
    status: 200,
    body: { hash: 'abc', applied: false, changes: [], needsDeploy: [], warnings: [ofStack] },
  }));
  const before = text.slice(0, text.indexOf('chekout')).split('\n');
  const lines = [
    `Warning: d.yaml:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: products.0.services.2: "chekout" of Shop is in no team of the file — Did you mean checkout?`,
    'Warning: d.yaml:3:16: slack.channels.0.channel: #incidnets is not in Slack — R.',
  ];

  const ran = await Promise.all(
    [
      ['check', 'd.yaml', '--stack'],
      ['apply', 'd.yaml'],
      ['apply', 'd.yaml', '--json'],
    ].map((args) => afterword([...args, '--api', api.url], { cwd: folder.path })),
  );

  expect(ran.map(({ stderr }) => stderr.trimEnd().split('\n'))).toEqual([lines, lines, lines]);
  expect(JSON.parse(ran[2]?.stdout ?? '').warnings).toMatchObject([{ line: before.length }, ofStack]);
});

it('asks no API where it checks a file alone', async () => {
  await using folder = await aFolder({ 'd.yaml': sample });
  await using api = await configuration([]);

  expect(await afterword(['check', 'd.yaml', '--api', api.url], { cwd: folder.path })).toMatchObject({ code: 0, stderr: '' });
  expect(api.received).toEqual([]);
});
