import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { aFolder, afterword, afterwordProcess } from '../support/command-line.ts';
import { dispatchIncident, opsgeniePostmortem, statuspageIncident, statuspagePage } from '../support/exports/records.ts';
import { fakeApi, type Received } from '../support/fake-api.ts';
import { zipOf } from '../support/zip.ts';

const answer = ({ path, body }: Received) => ({
  status: 201,
  body: {
    ...{ id: path.split('/').at(-1)?.replace(/\?.*/, ''), revision: 1, status: 'published', title: 'T', sections: [], warnings: [] },
    ...{ severity: JSON.parse(body).severity, outcome: 'new' },
  },
});
const several = (count: number) =>
  statuspagePage(...Array.from({ length: count }, (_, n) => statuspageIncident({ id: `inc${n}`, shortlink: null })));

it('checks exports without a key, and says by mapping what becomes of their records', async () => {
  await using folder = await aFolder({
    'incidents.json': `\ufeff${JSON.stringify(
      statuspagePage(
        statuspageIncident(),
        statuspageIncident({ id: 'b', impact: 'apocalypse' }),
        statuspageIncident({ id: 'c', postmortem_body: null, incident_updates: [] }),
      ),
    )}`,
    'ops/opsgenie.json': Buffer.from(`\ufeff${JSON.stringify({ data: opsgeniePostmortem() })}`, 'utf16le'),
    'dispatch.json': JSON.stringify([
      dispatchIncident(),
      dispatchIncident(),
      dispatchIncident({ title: 'Other' }),
      dispatchIncident({ name: 'x', visibility: 'Restricted' }),
    ]),
    'comma.json': '[{"postmortemId": "a",}]',
    'double.json': '{"postmortemId": "a", "visibility": "private", "visibility": "public"}',
  });

  const ran = await afterword(['publish', '--check', '.', '--severities', 'major=sev2'], { cwd: folder.path });

  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('4 checked, 4 refused');
  for (const line of [
    'Statuspage: 1 record taken\n  severity sev2, from impact "major": 1\n  dated by postmortem_published_at: 1',
    'left out, because it has no postmortem: 1 (incidents.json#c)',
    'Opsgenie: 1 record taken\n  severity sev1, from severity "P1": 1\n  dated by startTime, as history, of which no mail tells: 1',
    'Dispatch: 2 records taken',
    'restricted, told to nobody: 1 (dispatch.json#x)',
    'left out, because it stands there twice: 1',
    'incidents.json#b: impact: "apocalypse" is no severity here',
    `--severities 'apocalypse=sev2'`,
    'dispatch.json#dispatch-default-payments-7 (again): id: stands in the exports twice, with other content',
    'comma.json: is not JSON:',
    'double.json: visibility: stands twice in one object',
  ])
    expect(ran.stdout).toContain(line);
});

it('sends each record as a postmortem of its own, as history where nothing says when it was published', async () => {
  await using folder = await aFolder({
    'a.zip': zipOf([
      { name: 'export/incidents.json', bytes: JSON.stringify(statuspagePage(statuspageIncident())) },
      { name: 'export/ops.json', bytes: JSON.stringify({ data: opsgeniePostmortem() }) },
      { name: 'export/x.png', bytes: 'x' },
    ]),
  });
  await using api = await fakeApi(answer);
  const send = () => afterword(['publish', '--json', `${folder.path}/a.zip`, '--api', api.url, '--severities', 'P1=sev3']);

  const [first, second] = [await send(), await send()];

  expect(api.received.map(({ path }) => path).toSorted()).toEqual([
    ...Array(2).fill('/postmortems/opsgenie-4e4b3a71-1fa4-47fb-9b27-23dcbde566a5?history=true'),
    ...Array(2).fill('/postmortems/statuspage-p31zjtct2jer'),
  ]);
  expect(JSON.parse(api.received.find(({ path }) => path.includes('opsgenie'))?.body ?? '')).toMatchObject({ severity: 'sev3' });
  expect(second.stdout).toBe(first.stdout);
  expect(JSON.parse(first.stdout)).toMatchObject({
    new: 2,
    exports: [
      { vendor: 'statuspage', taken: 1 },
      { vendor: 'opsgenie', taken: 1 },
    ],
  });
});

it('goes on after a kill with what was not stored, and sends again what was under way at most', async () => {
  await using folder = await aFolder({ 'incidents.json': JSON.stringify(several(12)) });
  let kill: (signal: NodeJS.Signals) => void = () => {};
  await using api = await fakeApi((asked, count) => {
    if (count === 7) kill('SIGKILL');
    return answer(asked);
  });
  const args = ['publish', '--json', 'incidents.json', '--api', api.url, '--key', 'k', '--resume', 'done.txt'];
  const started = {
    cwd: folder.path,
    onStart: (given: typeof kill) => {
      kill = given;
    },
  };

  const killed = await afterwordProcess(args, started);
  const done = (await readFile(`${folder.path}/done.txt`, 'utf8')).trimEnd().split('\n').length - 1;
  const rest = JSON.parse((await afterword(args, { cwd: folder.path })).stdout);

  expect(killed.code).toBeNull();
  expect(done).toBeGreaterThanOrEqual(3);
  expect(rest).toMatchObject({ 'done before': done, new: 12 - done });
  expect(new Set(api.received.map(({ path }) => path)).size).toBe(12);
  expect(JSON.parse((await afterword(args, { cwd: folder.path })).stdout)).toMatchObject({ 'done before': 12, new: 0 });
});

it('resumes neither for another deployment nor from a line that was cut off', async () => {
  await using folder = await aFolder({ 'incidents.json': JSON.stringify(several(2)), 'other.txt': 'notes\n' });
  await using api = await fakeApi(answer);
  await using other = await fakeApi(answer);
  const send = async (url: string, ...more: string[]) =>
    afterword(['publish', '--json', 'incidents.json', '--api', url, '--resume', 'done.txt', ...more], { cwd: folder.path });

  await send(api.url);
  const kept = await readFile(`${folder.path}/done.txt`, 'utf8');
  await writeFile(`${folder.path}/done.txt`, kept.slice(0, -10));

  expect(JSON.parse((await send(api.url)).stdout)).toMatchObject({ 'done before': 1, new: 1 });
  expect(JSON.parse((await send(api.url)).stdout)).toMatchObject({ 'done before': 2 });
  expect(JSON.parse((await send(other.url)).stdout)).toMatchObject({ new: 2 });
  expect(JSON.parse((await send(api.url, '--history')).stdout)).toMatchObject({ new: 2 });
  expect(await send(api.url, '--resume', 'other.txt')).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('was not written by --resume'),
  });
});

it('says that an export has nothing to publish', async () => {
  await using folder = await aFolder({
    'a.json': JSON.stringify(statuspagePage()),
    'b.json': JSON.stringify([dispatchIncident({ status: 'Active' })]),
    'last.json': '[]',
  });

  const ran = await afterword(['publish', '--check', 'a.json', 'b.json', 'last.json'], { cwd: folder.path });
  const alone = await afterword(['publish', '--check', 'last.json'], { cwd: folder.path });

  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('Statuspage: 0 records taken\n  left out, because its list is empty: 1 (last.json)\n');
  expect(alone).toMatchObject({ code: 1, stdout: expect.stringContaining('last.json: is an empty list') });
  expect(ran.stdout).toContain('Dispatch: 0 records taken\n  left out, because it is not over: 1');
});

it.each([
  [['--severities', 'P1=urgent'], 'is no pair'],
  [['--severities', 'P1=sev1'], 'none was found'],
  [['--check', '--resume', 'x'], 'a check stores nothing'],
])('refuses %s where it says nothing', async (options, why) => {
  await using folder = await aFolder({ 'a.md': '# A' });
  expect(await afterword(['publish', 'a.md', ...options], { cwd: folder.path })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(why),
  });
});
