import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { aFolder, afterword, afterwordProcess } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const nothing = { added: 0, changed: 0, unchanged: 0, restored: 0, staff: [], refused: [] };
const importing = () =>
  fakeApi(({ body }) => {
    const { rows } = JSON.parse(body);
    return { status: 200, body: { ...nothing, added: rows.length } };
  });
const people = (count: number) => ['address,name', ...Array.from({ length: count }, (_, n) => `p${n}@example.com,Person ${n}`)].join('\n');
const rowsOf = (body: string): { line: number }[] => JSON.parse(body).rows;

it('imports people in batches of a hundred', async () => {
  await using folder = await aFolder({ 'people.csv': people(250) });
  await using api = await importing();

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 0, stdout: '250 added, 0 changed, 0 unchanged\n' });
  expect(api.received.map(({ body }) => JSON.parse(body).rows.length)).toEqual([100, 100, 50]);
});

it('lists bad lines of the file and of the API by their numbers and imports the rest', async () => {
  await using folder = await aFolder({ 'people.csv': 'address,zone\nada@example.com,Mars\n,Europe/Berlin\nbob@example.com,\n' });
  const refused = [{ line: 2, field: 'zone', problem: 'is not an IANA time zone', remedy: 'Write for example Europe/Berlin.' }];
  await using api = await fakeApi(() => ({ status: 200, body: { ...nothing, added: 1, refused } }));

  const ran = await afterword(['people', 'import', 'people.csv', '--api', api.url], { cwd: folder.path });

  expect(ran.code).toBe(1);
  expect(ran.stdout.trimEnd().split('\n')).toEqual([
    '1 added, 0 changed, 0 unchanged, 2 lines refused',
    'people.csv:2: zone: is not an IANA time zone — Write for example Europe/Berlin.',
    'people.csv:3: address: is empty — Fill it in, or remove the line.',
  ]);
  expect(JSON.parse(api.received[0]?.body ?? '').rows).toEqual([
    { line: 2, address: 'ada@example.com', zone: 'Mars' },
    { line: 4, address: 'bob@example.com' },
  ]);
});

it('has a few batches under way at once, and nobody in two of them', async () => {
  const fourth = Promise.withResolvers<void>();
  let [running, most] = [0, 0];
  await using api = await fakeApi(async ({ body }, count) => {
    most = Math.max(most, ++running);
    if (count === 4) fourth.resolve();
    await fourth.promise; // nobody is answered before four are here
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
    return { status: 200, body: { ...nothing, added: rowsOf(body).length } };
  });
  const again = 'P1@EXAMPLE.COM,Again\nada@bücher.example,Ada\nada@xn--bcher-kva.example,The same';
  await using folder = await aFolder({ 'people.csv': `${people(900)}\n${again}` });

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(most).toBe(4);
  expect(api.received.flatMap(({ body }) => rowsOf(body))).toHaveLength(901);
  expect(ran.stdout.split('\n').slice(0, 3)).toEqual([
    '901 added, 0 changed, 0 unchanged, 2 lines refused',
    expect.stringContaining('people.csv:902: address: stands in line 3 too'),
    expect.stringContaining('people.csv:904: address: stands in line 903 too'),
  ]);
});

it('sends a batch again after a fault or a lost answer, because to import twice is to import once', async () => {
  const faults: (ReturnType<typeof problem> | undefined)[] = [problem(500, 'Fault'), { status: 429 }, undefined];
  await using api = await fakeApi(({ body }, count) =>
    count <= faults.length ? faults[count - 1] : { status: 200, body: { ...nothing, added: rowsOf(body).length } },
  );
  await using folder = await aFolder({ 'people.csv': people(30) });

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 0, stdout: '30 added, 0 changed, 0 unchanged\n' });
  expect(api.received).toHaveLength(4);
});

it('halves a batch that cannot be taken until the line is found, and imports the rest', async () => {
  await using api = await fakeApi(({ body }) =>
    rowsOf(body).some(({ line }) => line === 132)
      ? problem(413, 'Too large')
      : { status: 200, body: { ...nothing, added: rowsOf(body).length } },
  );
  await using folder = await aFolder({ 'people.csv': people(350) });

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('349 added, 0 changed, 0 unchanged, 1 line refused\n');
  expect(ran.stdout).toContain('people.csv:132: was refused: Too large');
});

it('stops halving where the API takes nothing at all', async () => {
  await using api = await fakeApi(() => problem(422, 'Refused'));
  await using folder = await aFolder({ 'people.csv': people(1000) });

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran.stdout).toContain('1000 lines refused');
  expect(api.received.length).toBeLessThan(450);
});

it('counts what is refused beyond the first fifty lines, and writes all of them into a file', async () => {
  // More than a call takes arguments.
  const bad = 140_000;
  await using folder = await aFolder({ 'people.csv': `address\nada@example.com\n${'ada@example.com\n'.repeat(bad)}` });
  await using api = await importing();

  const args = ['people', 'import', 'people.csv', '--errors', 'bad.txt', '--api', api.url];
  const ran = await afterword(args, { cwd: folder.path });

  const lines = ran.stdout.trimEnd().split('\n');
  expect(ran).toMatchObject({ code: 1, stderr: '' });
  expect(lines[0]).toBe('1 added, 0 changed, 0 unchanged, 140000 lines refused');
  expect(lines).toHaveLength(52);
  expect(lines.at(-1)).toBe('… and 139950 more. All of them go into bad.txt.');
  const written = (await readFile(`${folder.path}/bad.txt`, 'utf8')).trimEnd().split('\n');
  expect(written).toHaveLength(bad);
  expect(written[0]).toBe('people.csv:3: address: stands in line 2 too — Keep one of the two lines.');
});

it('says who is on no stream, and which lines keep --sync from suspending', async () => {
  await using folder = await aFolder({ 'people.csv': 'address\nada@example.com\nbob@example.com\n' });
  await using api = await fakeApi(({ method }) =>
    method === 'GET'
      ? { status: 200, body: { people: [] } }
      : {
          status: 200,
          body: {
            ...nothing,
            added: 1,
            withoutStreams: 1,
            linesWithoutStreams: [3],
            refused: [{ line: 2, field: 'zone', problem: 'p', remedy: 'r' }],
          },
        },
  );
  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--sync', '--api', api.url]);
  expect(ran.stdout).toContain(
    '1 person on no stream: neither the line nor their role in the distribution file names one (bob@example.com, line 3).',
  );
  expect(ran.stderr).toContain('Nobody was suspended: lines were refused (2), and they may name');
});

it('--sync suspends nobody whom the directory manages', async () => {
  await using folder = await aFolder({ 'people.csv': 'address\nada@example.com\n' });
  const [ada, bob, cleo] = ['a', 'b', 'c'].map((digit) => digit.repeat(32));
  const listed = { streams: [], realm: 'staff', isSuspended: false, revision: 1 };
  const everybody = [
    { ...listed, sid: ada, address: 'ada@example.com' },
    { ...listed, sid: bob, address: 'bob@example.com', directory: { id: '7', active: true } },
    { ...listed, sid: cleo, address: 'cleo@example.com' },
  ];
  await using api = await fakeApi(({ method, body, path }) => {
    if (method === 'GET') return { status: 200, body: { people: everybody } };
    if (!path.includes('suspend')) return { status: 200, body: { ...nothing, unchanged: 1, staff: [ada] } };
    return { status: 200, body: { suspended: JSON.parse(body).people.length, unchanged: 0, kept: [] } };
  });
  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--sync', '--yes', '--api', api.url]);
  expect(ran.stdout).toContain('Not in the file: 1 person');
  expect(ran.stdout).toContain('cleo@example.com');
  expect(ran.stdout).not.toContain('bob@example.com');
});

it('tells each team that the distribution file does not list once, with its people', async () => {
  await using folder = await aFolder({ 'people.csv': people(150) });
  const facilities = { name: 'Facilities', people: 1 };
  await using api = await fakeApi(({ body }) => {
    const all = rowsOf(body).length;
    const unknownTeams = [{ name: 'Paymnets', meant: 'Payments', people: all }, ...(all === 50 ? [facilities] : [])];
    return { status: 200, body: { ...nothing, added: all, unknownTeams } };
  });
  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout.trimEnd().split('\n').toSorted()).toEqual([
    '150 added, 0 changed, 0 unchanged',
    'team: "Facilities" (1 person) is not a team in the distribution file.',
    'team: "Paymnets" (150 people) is not a team in the distribution file; did you mean Payments?',
  ]);
});

it('warns of an encoding that nothing in the file names', async () => {
  await using folder = await aFolder({ 'people.csv': Buffer.from('address;name\r\nzoe@example.com;Zoë\r\n', 'latin1') });
  await using api = await importing();
  const ran = await afterword(['people', 'import', 'people.csv', '--api', api.url], { cwd: folder.path });
  expect(ran).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('people.csv does not name its encoding. It was read as windows-1252.'),
  });
  expect(JSON.parse(api.received[0]?.body ?? '').rows).toEqual([{ line: 2, address: 'zoe@example.com', name: 'Zoë' }]);
});

it('begins no batch after one that got no answer, and says which lines are left', async () => {
  await using api = await fakeApi(({ body }) =>
    rowsOf(body)[0]?.line === 102 ? problem(409, 'Nothing applied') : { status: 200, body: { ...nothing, added: rowsOf(body).length } },
  );
  await using folder = await aFolder({ 'people.csv': people(5000) });

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 1, stderr: 'Nothing applied\n' });
  expect(api.received.length).toBeLessThan(12);
  expect(ran.stdout).toMatch(/ not sent or not answered \(lines 102–201, \d+–5001\)\n$/);
});

it('finishes what is under way at Ctrl-C, and says what is left', async () => {
  await using folder = await aFolder({ 'people.csv': people(5000) });
  let interrupt = () => {};
  await using api = await fakeApi(async ({ body }, count) => {
    if (count === 8) interrupt();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { status: 200, body: { ...nothing, added: rowsOf(body).length } };
  });
  const ran = await afterwordProcess(['people', 'import', `${folder.path}/people.csv`, '--api', api.url], {
    onStart: (kill) => {
      interrupt = () => kill('SIGINT');
    },
  });

  expect(ran.code).toBe(130);
  expect(ran.stderr).toContain('Interrupted');
  const stored = api.received.length * 100;
  expect(ran.stdout).toContain(`${stored} added, 0 changed, 0 unchanged, ${5000 - stored} not sent or not answered`);
});

const listed = (name: string, more: object = {}) => ({
  ...{ sid: createHash('md5').update(name).digest('hex'), address: `${name}@example.com`, name, streams: ['engineering-digest'] },
  ...{ realm: 'staff', isSuspended: false, revision: 3, ...more },
});

it('lists everybody by address, or as many as are asked for, and passes filters on', async () => {
  await using api = await fakeApi(({ path }) =>
    path.includes('cursor=second')
      ? { status: 200, body: { people: [listed('ada', { zone: 'UTC' })] } }
      : { status: 200, body: { people: path.includes('team=') ? [] : [listed('Bob', { isSuspended: true })], cursor: 'second' } },
  );

  const ran = await afterword(['people', 'list', '--api', api.url]);
  const one = await afterword(['people', 'list', '--limit', '1', '--api', api.url]);
  const json = await afterword(['people', 'list', '--json', '--api', api.url]);

  expect(ran.stdout.split('\n')).toEqual([
    'ADDRESS          NAME  TEAM  ROLE  ZONE  STREAMS',
    'ada@example.com  ada               UTC   engineering-digest',
    'Bob@example.com  Bob                     suspended: engineering-digest',
    '',
    '2 people',
    '',
  ]);
  expect(one.stdout).toMatch(/^ada@/m);
  expect(one.stdout).toContain('1 of 2 people\n');
  expect(JSON.parse(json.stdout)).toEqual({ people: [listed('ada', { zone: 'UTC' }), listed('Bob', { isSuspended: true })] });

  const some = await afterword(['people', 'list', '--team', 'R & D', '--suspended', '--api', api.url]);
  expect(some.stdout).toContain('1 person\n');
  expect(api.received.at(-1)?.path).toBe('/operator/people?team=R+%26+D&suspended=true&limit=1000&cursor=second');
});

describe('--sync', () => {
  const names = Array.from({ length: 20 }, (_, n) => `known${n}`);
  /** An API that knows twenty people and says that it took those that it is given. */
  const anApi = ({ also = [] as object[], refused = [] as object[] } = {}) =>
    fakeApi(({ method, path, body }) => {
      if (method === 'GET') return { status: 200, body: { people: [...names.map((name) => listed(name)), ...also] } };
      if (path.endsWith('/suspend')) return { status: 200, body: { suspended: JSON.parse(body).people.length, unchanged: 0, kept: [] } };
      const taken: { address: string }[] = JSON.parse(body).rows;
      const staff = taken.map(({ address }) => listed(address.replace('@example.com', '')).sid);
      return { status: 200, body: { ...nothing, unchanged: taken.length, staff, refused } };
    });
  const fileOf = (some: readonly string[]) => ({ 'people.csv': ['address', ...some.map((name) => `${name}@example.com`)].join('\n') });
  const run = async (api: { url: string }, some: readonly string[], ...options: string[]) => {
    await using folder = await aFolder(fileOf(some));
    return await afterword(['people', 'import', 'people.csv', '--sync', ...options, '--api', api.url], { cwd: folder.path });
  };
  const suspended = (api: { received: readonly { path: string; body: string }[] }) =>
    api.received.filter(({ path }) => path.endsWith('/suspend')).flatMap(({ body }) => JSON.parse(body).people);

  it('suspends who is not in the file, by the revision read before anything was sent, after everything was', async () => {
    await using api = await anApi({
      also: [listed('eve', { realm: 'customers' }), listed('old', { isSuspended: true })],
    });
    const ran = await run(api, names.slice(0, 18));
    expect(ran).toMatchObject({
      code: 0,
      stdout:
        'Not in the file: 2 people\n  known18@example.com  known18\n  known19@example.com  known19\n0 added, 0 changed, 18 unchanged, 2 suspended\n',
    });
    expect(suspended(api)).toEqual(names.slice(18).map((name) => ({ sid: listed(name).sid, revision: 3 })));
    expect(api.received.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      '/operator/people',
      '/operator/people/import',
      '/operator/people/suspend',
    ]);
  });

  it('names whom it suspends before it does, those in front who came without a file, and counts beyond fifty', async () => {
    const many = Array.from({ length: 60 }, (_, n) =>
      listed(`also${n}`, n === 58 ? { joined: 'signup' } : n === 59 ? { joined: 'approval' } : {}),
    );
    await using api = await anApi({ also: many });
    const { stdout } = await run(api, names, '--yes');
    const lines = stdout.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'Not in the file: 60 people',
      '  also59@example.com  also59  (approved by the owner of a stream)',
      '  also58@example.com  also58  (joined by themselves)',
      '  also0@example.com  also0',
    ]);
    expect(lines[51]).toBe('  and 10 more');

    const told = JSON.parse((await run(api, names, '--yes', '--json')).stdout).sync.missing;
    expect(told).toHaveLength(60);
    expect(told[0]).toEqual({ address: 'also59@example.com', joined: 'approval' });
  });

  it('refuses to suspend more than a tenth without --yes, and says whom', async () => {
    await using api = await anApi();
    const ran = await run(api, names.slice(0, 14));
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('the file misses 6 of the 20 people who get mail now, more than 10 % (known14@example.com, ');
    expect(ran.stderr).toContain('known18@example.com and 1 more)');
    expect(suspended(api)).toEqual([]);

    expect(await run(api, names.slice(0, 14), '--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('6 suspended') });
  });

  it('suspends nobody when a line was refused, by the API or before it', async () => {
    const refused = [{ line: 2, field: 'zone', problem: 'is no zone', remedy: 'Mend it.' }];
    await using api = await anApi({ refused });
    const ran = await run(api, names.slice(0, 19), '--yes');
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('Nobody was suspended: lines were refused') });

    await using other = await anApi();
    expect(await run(other, [...names.slice(0, 19), 'known0'], '--yes')).toMatchObject({ code: 1 });
    expect([...suspended(api), ...suspended(other)]).toEqual([]);
  });

  it('suspends nobody when a batch was not stored', async () => {
    await using api = await fakeApi(({ method }) =>
      method === 'GET' ? { status: 200, body: { people: names.map((name) => listed(name)) } } : problem(409, 'Nothing applied'),
    );
    expect(await run(api, names, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('not every line was stored') });
    expect(suspended(api)).toEqual([]);
  });

  it.each(['address\n', 'address,name\n\n,\n', ''])('refuses a file that names nobody: %j', async (text) => {
    await using api = await anApi();
    await using folder = await aFolder({ 'people.csv': text });
    const ran = await afterword(['people', 'import', 'people.csv', '--sync', '--yes', '--api', api.url], { cwd: folder.path });
    expect(ran.code).toBeGreaterThan(0);
    expect(suspended(api)).toEqual([]);
  });
});

it('leaves out who asked to be forgotten, says so, and suspends who left all the same', async () => {
  const [bob, gone] = ['b', 'c'].map((digit) => digit.repeat(32));
  const forgotten = { line: 2, field: 'address', problem: 'asked to be forgotten', remedy: '', forgotten: true };
  const listed = [bob, gone].map((sid) => ({
    sid,
    address: `${sid}@example.com`,
    streams: [],
    realm: 'staff',
    isSuspended: false,
    revision: 1,
  }));
  await using api = await fakeApi(({ method, path }) => {
    if (method === 'GET') return { status: 200, body: { people: listed } };
    if (path.endsWith('suspend')) return { status: 200, body: { suspended: 1, unchanged: 0, kept: [] } };
    return { status: 200, body: { added: 0, changed: 0, unchanged: 1, restored: 0, staff: [bob], refused: [forgotten] } };
  });
  await using folder = await aFolder({ 'people.csv': 'address\nada@example.com\nbob@example.com\n' });
  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--sync', '--yes', '--api', api.url]);
  expect(ran.stdout).toContain('1 line left out: this person was erased (2)');
  expect(ran.stdout).toContain('1 suspended');
  expect(ran.code).toBe(0);
});
