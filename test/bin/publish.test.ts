import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { aFolder, afterword, afterwordProcess } from '../support/command-line.ts';
import { distributionYaml } from '../support/distribution.ts';
import { fakeApi, problem, type Received } from '../support/fake-api.ts';

const stored = (asked: Received, outcome: 'new' | 'changed' | 'unchanged', warnings: string[] = []) => ({
  status: outcome === 'new' ? 201 : 200,
  body: {
    id: asked.path.split('/').at(-1) ?? '',
    revision: 1,
    status: 'published',
    severity: 'sev2',
    title: 'Checkout down',
    sections: ['summary'],
    warnings,
    outcome,
  },
});
const allNew = (asked: Received) => stored(asked, 'new');

it('sums up what became of the files and says at the end what was refused, why, and what to do', async () => {
  await using folder = await aFolder({ 'a.md': '# A', 'b.md': '# B', 'c.md': '# C', 'd.md': '# D' });
  await using api = await fakeApi((asked) => {
    if (asked.path.endsWith('/a')) return stored(asked, 'new');
    if (asked.path.endsWith('/b')) return stored(asked, 'changed');
    if (asked.path.endsWith('/c')) return stored(asked, 'unchanged');
    return problem(422, 'Not acceptable', [
      { field: 'severity', problem: '"huge" is unknown', remedy: 'Write sev1 to sev4.', line: 3, column: 11 },
    ]);
  });

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.code).toBe(1);
  expect(ran.stdout.split('\n').slice(0, 5)).toEqual([
    'a revision 1, published: Checkout down',
    `  ${folder.path}/a.md, recognised: summary`,
    'b revision 1, published: Checkout down',
    `  ${folder.path}/b.md, recognised: summary`,
    '1 new, 1 changed, 1 unchanged, 1 refused',
  ]);
  expect(ran.stdout.trimEnd().split('\n').at(-1)).toBe(`${folder.path}/d.md:3:11: severity: "huge" is unknown — Write sev1 to sev4.`);
});

it('shows the key of the local stack and the type of each file', async () => {
  await using folder = await aFolder({ 'a.md': '# A', 'b.json': '{"title":"B"}' });
  await using api = await fakeApi(allNew);

  const ran = await afterword(['publish', `${folder.path}/a.md`, `${folder.path}/b.json`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^2 new$/m) });
  expect(api.received.map(({ path, headers }) => [path, headers['content-type'], headers.authorization]).toSorted()).toEqual([
    ['/postmortems/a', 'text/markdown', 'Bearer local'],
    ['/postmortems/b', 'application/json', 'Bearer local'],
  ]);
});

it('takes the id from the front matter, else from JSON, else from the name of the file', async () => {
  await using folder = await aFolder({
    'one.md': '---\nid: from-front-matter\ntitle: x\n---\ntext',
    'two.json': '{"id":"from-json","title":"x"}',
    'list.json': '[{"id":"Of-List","title":"x"}]',
    'issue.json': '{"id":76,"title":"x"}',
    'Three: Überraschung.MD': 'text',
  });
  await using api = await fakeApi(allNew);

  await afterword(['publish', folder.path, '--api', api.url]);

  expect(api.received.map(({ path }) => path).toSorted()).toEqual([
    '/postmortems/from-front-matter',
    '/postmortems/from-json',
    '/postmortems/issue',
    '/postmortems/of-list',
    '/postmortems/three-ueberraschung',
  ]);
});

it('makes an id of one that cannot be kept, and refuses a second file with the same, without troubling the API', async () => {
  await using folder = await aFolder({
    'a.md': '---\nid: PM_001\n---\n',
    'b.md': '---\nid: same\n---\n',
    'c.md': '+++\nid = "Same"\n+++\n',
  });
  await using api = await fakeApi(allNew);

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('2 new, 1 refused');
  expect(ran.stdout).toContain('same is also the id of');
  expect(api.received.map(({ path }) => path).toSorted()).toEqual(['/postmortems/pm-001', '/postmortems/same']);
});

it('names a page in a folder of its own after the folder, and passes over what is about a folder', async () => {
  await using folder = await aFolder({
    '_index.md': 'about all',
    '2026-11-16-overload/index.md': 'a',
    '2026-11-17-timeouts/_index.md': 'about one',
    'Checkout down 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d.md': 'b',
    'Größe & Länge.md': 'c',
    '障害報告.md': 'd',
    [`${'a long name '.repeat(9)}.md`]: 'e',
  });
  await using api = await fakeApi(allNew);

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.stdout).toContain('5 new');
  expect(api.received.map(({ path }) => path.replace('/postmortems/', '')).toSorted()).toEqual([
    expect.stringMatching(/^[0-9a-f]{6}$/),
    '2026-11-16-overload',
    expect.stringMatching(/^a-long-name-(?:[a-z]+-)*[0-9a-f]{6}$/),
    'checkout-down',
    'groesse-laenge',
  ]);
});

it('sends UTF-16 as UTF-8, and no picture', async () => {
  await using folder = await aFolder({});
  await writeFile(`${folder.path}/a.md`, Buffer.from('\ufeffGröße', 'utf16le'));
  await writeFile(`${folder.path}/b.md`, `A ![](data:image/png;base64,${'QUJD'.repeat(1e6)})`);
  await using api = await fakeApi(allNew);

  await afterword(['publish', folder.path, '--api', api.url]);

  expect(api.received.map(({ body }) => body).toSorted()).toEqual(['A ![](data:,)', 'Größe']);
});

it('with --check shows what is found, from where, and who would be told, and stores nothing', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': 'b' });
  await using api = await fakeApi((asked) =>
    asked.path.startsWith('/postmortems/b')
      ? problem(422, 'Not acceptable', [{ field: 'title', problem: 'is missing', remedy: 'Give one.' }])
      : {
          status: 200,
          body: {
            ...stored(asked, 'new', ['No severity was given.']).body,
            id: 'a',
            outcome: 'checked',
            recognised: [{ what: 'start', value: '2026-11-17T13:05:00Z', from: 'the table below "Metadata"' }],
            missing: ['severity'],
            advice: 'Write a line "Severity: SEV-1".',
            tells: ['sev1-alerts, at once'],
          },
        },
  );

  const one = await afterword(['publish', '--check', `${folder.path}/a.md`, '--api', api.url]);
  const both = await afterword(['publish', '--check', folder.path, '--api', api.url]);

  expect(one.code).toBe(0);
  expect(one.stdout.split('\n').slice(0, 7)).toEqual([
    'a would be revision 1, published: Checkout down',
    `  ${folder.path}/a.md, recognised: summary`,
    '  start: 2026-11-17T13:05:00Z (the table below "Metadata")',
    '  not found: severity',
    '  would be told: sev1-alerts, at once',
    '  advice: Write a line "Severity: SEV-1".',
    '1 checked',
  ]);
  expect(one.stdout).toContain('Warning: No severity was given.');
  expect(both).toMatchObject({ code: 1, stdout: expect.stringContaining('1 checked, 1 refused') });
  expect(api.received.every(({ path }) => path.endsWith('?check=true'))).toBe(true);
});

it('checks without an API and a key where no deployment is named, and by the file that is named', async () => {
  await using folder = await aFolder({
    'good.md': '---\ntitle: The pool ran dry\nseverity: critical\npublishedAt: 2026-01-02\n---\n## Summary\nIt did.',
    'bad.md': '---\ntitle: A\nseverity: huge\n---\n',
    'long.md': 'word '.repeat(60_000),
    'file.yaml': distributionYaml,
  });
  const check = (...args: string[]) => afterword(['publish', '--check', ...args], { cwd: folder.path });

  const alone = await check('bad.md', 'long.md');
  const byFile = await check('good.md', '--distribution', 'file.yaml', '--api', 'http://127.0.0.1:9');

  expect(alone).toMatchObject({ code: 1, stderr: '' });
  expect(alone.stdout).toContain('bad.md:3:11: severity: "huge"');
  expect(alone.stdout).toContain('long.md: has more than 256 KB');
  expect(byFile.code).toBe(0);
  expect(byFile.stdout).toContain('good would be published: The pool ran dry\n  good.md, recognised: summary\n');
  expect(byFile.stdout).toContain('would be told:');
  expect(byFile.stdout).toContain('This machine read it alone');
  expect(await afterword(['publish', 'good.md', '--distribution', 'file.yaml'], { cwd: folder.path })).toMatchObject({ code: 2 });
});

it('opens folders at any depth, but not hidden ones, other files or README', async () => {
  await using folder = await aFolder({ 'deep/er/a.markdown': 'a', 'e.adoc': 'e', '.git/b.md': 'b', 'c.txt': 'c', 'README.md': 'd' });
  await using api = await fakeApi(allNew);

  await afterword(['publish', folder.path, '--api', api.url]);

  expect(api.received.map(({ path }) => path).toSorted()).toEqual(['/postmortems/a', '/postmortems/e']);
});

it('has four requests under way, and no more', async () => {
  await using folder = await aFolder(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`pm-${index}.md`, 'text'])));
  const fourth = Promise.withResolvers<void>();
  let underWay = 0;
  let most = 0;
  await using api = await fakeApi(async (asked, count) => {
    most = Math.max(most, ++underWay);
    if (count === 4) fourth.resolve();
    await fourth.promise; // nobody is answered before four are here
    await sleep(20);
    underWay--;
    return stored(asked, 'new');
  });

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.stdout).toContain('\n20 new\n');
  expect(most).toBe(4);
});

it('tells a warning that several share once, with their ids', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': 'b' });
  await using api = await fakeApi((asked) => stored(asked, 'new', ['No severity is given.']));

  const { stdout } = await afterword(['publish', folder.path, '--api', api.url]);

  expect(stdout.match(/No severity is given/g)).toHaveLength(1);
  expect(stdout).toMatch(/ {2}[ab], [ab]/);
});

it('tells warnings once that differ only in what they quote', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': 'b' });
  await using api = await fakeApi((asked) => stored(asked, 'new', [`"${asked.path}" was taken as the title.`]));

  const { stdout } = await afterword(['publish', folder.path, '--api', api.url]);

  expect(stdout.match(/Warning: .*/g)).toEqual(['Warning: "…" was taken as the title. ("/postmortems/a"; "/postmortems/b")']);
});

it('prints one JSON object under --json, and nothing else', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.docx': 'b' });
  await using api = await fakeApi(allNew);

  const ran = await afterword(['publish', `${folder.path}/a.md`, `${folder.path}/b.docx`, '--json', '--api', api.url]);

  expect(JSON.parse(ran.stdout)).toMatchObject({
    new: 1,
    refused: 1,
    files: [
      { outcome: 'new', id: 'a', severity: 'sev2', sections: ['summary'] },
      {
        outcome: 'refused',
        complaints: [{ remedy: 'Name it .md, .markdown, .mdx, .txt, .org, .adoc, .rst, .wiki, .textile, .html or .json.' }],
      },
    ],
  });
  expect(ran.stderr).toBe('');
});

it('posts what comes from stdin without an id, as the API makes one', async () => {
  await using api = await fakeApi(allNew);

  const ran = await afterwordProcess(['publish', '-', '--api', api.url], { input: '# A title\n\ntext' });

  expect(ran.code).toBe(0);
  expect(api.received[0]).toMatchObject({ method: 'POST', path: '/postmortems', body: '# A title\n\ntext' });
});

it('stops at a key that is turned away, says what was not sent and exits with 4', async () => {
  await using folder = await aFolder(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`pm-${index}.md`, 'text'])));
  await using api = await fakeApi(() => problem(403, 'This key may not publish'));

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.code).toBe(4);
  expect(ran.stdout).toBe('12 not sent\n');
  expect(ran.stderr).toContain('This key may not publish');
  expect(api.received.length).toBeLessThanOrEqual(4);
});

it('sends again after a connection that broke off, and not for ever', async () => {
  await using folder = await aFolder({ 'a.md': 'a' });
  await using once = await fakeApi((asked, count) => (count === 1 ? undefined : stored(asked, 'new')));
  await using always = await fakeApi(() => undefined);

  expect(await afterword(['publish', folder.path, '--api', once.url])).toMatchObject({ code: 0 });
  expect(await afterword(['publish', folder.path, '--api', always.url])).toMatchObject({ code: 3 });
  expect(always.received).toHaveLength(3);
});

it('lets no control character of a title reach the terminal', async () => {
  await using folder = await aFolder({ 'a.md': 'a' });
  await using api = await fakeApi((asked) => {
    const answer = stored(asked, 'new');
    return { ...answer, body: { ...answer.body, title: 'Red\u001b[31m alert' } };
  });

  const { stdout } = await afterword(['publish', folder.path, '--api', api.url]);

  expect(stdout).toContain('Red[31m alert');
});

it('says with each document that it is history, or when it was published', async () => {
  await using folder = await aFolder({ 'a.md': '# A', 'b.md': '# B' });
  await using api = await fakeApi((asked) => stored({ ...asked, path: asked.path.split('?')[0] ?? '' }, 'new'));

  await afterword(['publish', folder.path, '--history', '--published-at', '2020-01-01', '--api', api.url]);
  await afterword(['publish', `${folder.path}/a.md`, '--api', api.url]);

  expect(api.received.map(({ path }) => path).toSorted()).toEqual([
    '/postmortems/a',
    '/postmortems/a?publishedAt=2020-01-01&history=true',
    '/postmortems/b?publishedAt=2020-01-01&history=true',
  ]);
});
