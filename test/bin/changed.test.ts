import { rm, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';
import { aDocument, aRepository } from '../support/git-repository.ts';

const check = async (cwd: string, ...args: string[]) => {
  const ran = await afterword(['publish', '--check', '--json', '--changed', ...args], { cwd });
  return { ...ran, answer: ran.stdout === '' ? undefined : JSON.parse(ran.stdout) };
};

it('takes what a range added, changed and renamed, under any name, as its last commit has it', async () => {
  await using origin = await aRepository();
  await origin.commit({
    'pm/a.md': aDocument('A'),
    'pm/b.md': aDocument('B'),
    'old/same.md': aDocument('Same'),
    'pm/gone.md': `# Gone\n\n${'Nothing of this is said again. '.repeat(20)}`,
  });
  await origin.commit({
    'pm/a.md': aDocument('A, revised'),
    'pm/b.md': undefined,
    'pm/renamed.md': aDocument('B'),
    'old/same.md': undefined,
    'pm/same.md': aDocument('Same'),
    'pm/gone.md': undefined,
    'pm/with "quotes" and blanks.md': aDocument('Quotes'),
    'pm/two\nlines\tand Größe.md': aDocument('Lines'),
    'pm/README.md': '# About',
    'pm/.draft/x.md': aDocument('Hidden'),
    'pm/code.ts': 'export {};',
    'pm/link.md': { linkTo: '../.git/config' },
    'pm/large.md': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n',
    'elsewhere/c.md': aDocument('C'),
  });
  await writeFile(`${origin.path}/pm/a.md`, aDocument('Not committed'));
  await rm(`${origin.path}/pm/same.md`);

  const { code, answer } = await check(origin.path, 'HEAD~1..HEAD', 'pm');

  expect(code).toBe(1);
  expect(answer.deleted.toSorted()).toEqual(['pm/gone.md']);
  expect(answer.leftOut).toEqual(['pm/link.md']);
  const told = answer.files
    .map((one: Record<string, unknown>) => [one.file, one.id ?? JSON.stringify(one.complaints), one.title])
    .toSorted();
  expect(told).toEqual([
    ['pm/a.md', 'a', 'A, revised'],
    ['pm/large.md', expect.stringContaining('Git LFS'), undefined],
    ['pm/renamed.md', expect.stringContaining('was b while'), undefined],
    ['pm/same.md', 'same', 'Same'],
    ['pm/two\nlines\tand Größe.md', 'two-lines-and-groesse', 'Lines'],
    ['pm/with "quotes" and blanks.md', 'with-quotes-and-blanks', 'Quotes'],
  ]);
});

it('keeps the identity of a renamed document that gives its own', async () => {
  await using origin = await aRepository();
  await origin.commit({ 'a.md': aDocument('A', 'id: pool\n'), 'x.md': aDocument('X') });
  await origin.commit({ 'a.md': undefined, 'b.md': aDocument('A', 'id: pool\n'), 'x.md': undefined, 'archive/x.md': aDocument('X') });

  const { code, answer } = await check(origin.path, 'HEAD~1..HEAD');

  expect(code).toBe(0);
  expect(answer.files.map(({ id }: { id: string }) => id).toSorted()).toEqual(['pool', 'x']);
});

it('goes on after one document that the API cannot take, and not for ever', async () => {
  await using origin = await aRepository();
  await origin.commit({});
  await origin.commit(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`pm-${n}.md`, aDocument(`T${n}`)])));
  const answered = (path: string) => ({
    status: 201,
    body: { id: path.split('/').at(-1), revision: 1, status: 'published', title: 'T', sections: [], warnings: [], outcome: 'new' },
  });
  await using poison = await fakeApi(({ path }) => (path.endsWith('pm-1') ? { status: 500, body: {} } : answered(path)));
  await using broken = await fakeApi(() => ({ status: 500, body: {} }));
  const send = async (api: string) => {
    const ran = await afterword(['publish', '--json', '--changed', 'HEAD~1..HEAD', '--api', api], { cwd: origin.path });
    return { code: ran.code, ...JSON.parse(ran.stdout) };
  };

  expect(await send(poison.url)).toMatchObject({ code: 3, new: 8, 'not sent': 1 });
  expect(await send(broken.url)).toMatchObject({ code: 3, 'not sent': 9 });
  expect(broken.received.length).toBeLessThanOrEqual(6);
});

it('says what is wrong with a range', async () => {
  await using origin = await aRepository();
  await origin.commit({});

  for (const [range, why] of [
    ['HEAD', 'is no range'],
    ['--output=x..HEAD', 'is no range'],
    ['main..gone', 'no commit "gone"'],
  ] as const) {
    expect(await afterword(['publish', `--changed=${range}`], { cwd: origin.path })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(why),
    });
  }
  expect(await afterword(['publish'], { cwd: origin.path })).toMatchObject({ code: 2, stderr: expect.stringContaining('Name files') });
});

it('refuses a path at which nothing lay at either commit, and not one that only did not change', async () => {
  await using origin = await aRepository();
  await origin.commit({ 'pm/a.md': aDocument('A'), 'gone/g.md': `# Gone\n\n${'Nothing of this is said again. '.repeat(20)}` });
  await origin.commit({ 'gone/g.md': undefined, 'new/größe 1.md': aDocument('New') });
  const all = 'HEAD~1..HEAD';

  for (const there of [['pm'], ['gone'], ['pm/*.md', 'new/größe 1.md'], [':(exclude)nowhere'], ['pm', ':!nowhere', ':/!nowhere'], []])
    expect(await check(origin.path, all, ...there), there.join(' ')).toMatchObject({ code: 0 });
  for (const nowhere of ['postmortems', 'pm/b.md', ':(top)nowhere'])
    expect(await check(origin.path, all, 'new', nowhere)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`"${nowhere}" is at neither commit of ${all}`),
    });
});

it('refuses a document whose id is that of another file of the commit, which it would replace', async () => {
  await using origin = await aRepository();
  await origin.commit({
    'pm/2026/pool.md': aDocument('Pool'),
    'pm/2026/dns.md': aDocument('DNS', 'id: dns-2026\n'),
    'drafts/api.md': aDocument('Api'),
  });
  await origin.commit({
    'pm/2027/pool.md': aDocument('Another pool'),
    'pm/named.md': aDocument('Named', 'id: pool\n'),
    'pm/2027/dns.md': aDocument('Another DNS'),
    'pm/api.md': aDocument('Another API'),
  });

  const { code, answer } = await check(origin.path, 'HEAD~1..HEAD', 'pm');

  expect(code).toBe(1);
  const told = answer.files.map(({ file, id, complaints }: Record<string, unknown>) => [file, id ?? JSON.stringify(complaints)]);
  expect(told.toSorted()).toEqual([
    ['pm/2027/dns.md', 'dns'],
    ['pm/2027/pool.md', expect.stringContaining('pool is also the id of pm/2026/pool.md')],
    ['pm/api.md', 'api'],
    ['pm/named.md', expect.stringContaining('pool is also the id of pm/2026/pool.md')],
  ]);
});
