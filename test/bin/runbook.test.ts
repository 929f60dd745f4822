import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { newProgram } from '../../bin/cli/program.ts';
import { lineChanges } from '../../bin/cli/runbook/line-changes.ts';
import { runbook } from '../../core/runbook/runbook.ts';
import { aFolder, afterword } from '../support/command-line.ts';
import { aDistribution, distributionYaml } from '../support/distribution.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const file = { 'distribution.yaml': distributionYaml };
const ofFile = ['runbook', '--distribution', 'distribution.yaml'];

describe('without an API', () => {
  it('prints the runbook of a file, and writes the same bytes', async () => {
    await using folder = await aFolder(file);

    const { code, stdout } = await afterword(ofFile, { cwd: folder.path });
    const wrote = await afterword([...ofFile, '--out', 'runbook.md'], { cwd: folder.path });

    expect([code, wrote.code, wrote.stdout]).toEqual([0, 0, 'Wrote runbook.md.\n']);
    expect(stdout).toContain('# Distribution runbook of Example Ltd');
    expect(await readFile(join(folder.path, 'runbook.md'), 'utf8')).toBe(stdout);
  });

  it('says that a file is up to date, also with the line ends of another system', async () => {
    await using folder = await aFolder(file);
    const { stdout } = await afterword(ofFile, { cwd: folder.path });
    for (const written of [stdout, stdout.replaceAll('\n', '\r\n')]) {
      await writeFile(join(folder.path, 'runbook.md'), written);
      const checked = await afterword([...ofFile, '--check', 'runbook.md'], { cwd: folder.path });
      expect(checked).toMatchObject({ code: 0, stdout: 'runbook.md is up to date.\n' });
    }
  });

  it('shows the lines that differ if it is not, and changes nothing', async () => {
    await using folder = await aFolder(file);
    await afterword([...ofFile, '--out', 'runbook.md'], { cwd: folder.path });
    const before = await readFile(join(folder.path, 'runbook.md'), 'utf8');
    await writeFile(join(folder.path, 'distribution.yaml'), distributionYaml.replace('[checkout, ledger]', '[checkout, refunds]'));

    const { code, stdout } = await afterword([...ofFile, '--check', 'runbook.md'], { cwd: folder.path });

    expect(code).toBe(1);
    const [said, gone, now, ...more] = stdout.trimEnd().split('\n');
    expect(said).toBe('runbook.md is out of date. Make it again: afterword runbook --distribution distribution.yaml --out runbook.md');
    expect([gone, now]).toEqual([
      expect.stringMatching(/^ +\d+ - \| Payments \| checkout, ledger \|/),
      expect.stringMatching(/^ +\d+ \+ \| Payments \| checkout, refunds \|/),
    ]);
    expect(more).toEqual([]);
    expect(await readFile(join(folder.path, 'runbook.md'), 'utf8')).toBe(before);
  });

  it.each([
    ['a runbook that is not there', [...ofFile, '--check', 'none.md'], 2, /Make it: afterword runbook --distribution/],
    ['a folder that is not there', [...ofFile, '--out', 'none/a.md'], 2, /Cannot write "none\/a.md"/],
    ['both at once', [...ofFile, '--out', 'a.md', '--check', 'a.md'], 2, /cannot be used with --out/],
  ])('refuses %s', async (_, args, code, said) => {
    await using folder = await aFolder(file);
    const ran = await afterword(args, { cwd: folder.path });
    expect(ran.code).toBe(code);
    expect(ran.stderr).toMatch(said);
  });

  it('points at the flaws of a distribution file', async () => {
    await using folder = await aFolder({ 'distribution.yaml': 'organisation: 7\n' });
    const ran = await afterword(ofFile, { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^distribution\.yaml:1:15: organisation: /m);
  });
});

describe('of the file in force', () => {
  const markdown = '# Distribution runbook of Example Ltd\n';
  const inForce = (addresses: boolean) => fakeApi(() => ({ status: 200, body: { markdown, hash: 'abc', addresses } }));

  it('asks the API', async () => {
    await using api = await inForce(true);
    const ran = await afterword(['runbook', '--api', api.url]);
    expect(ran).toMatchObject({ code: 0, stdout: markdown, stderr: '' });
    expect(api.received).toMatchObject([{ method: 'GET', path: '/operator/runbook' }]);
  });

  it('says that the key may not see addresses, and compares nothing without them', async () => {
    await using api = await inForce(false);
    await using folder = await aFolder({ 'runbook.md': markdown });
    expect(await afterword(['runbook', '--api', api.url])).toMatchObject({ code: 0, stdout: markdown, stderr: /scope people/ });
    const checked = await afterword(['runbook', '--check', 'runbook.md', '--api', api.url], { cwd: folder.path });
    expect(checked).toMatchObject({ code: 2, stdout: '', stderr: /would always differ/ });
  });

  it('tells that no file is applied', async () => {
    await using api = await fakeApi(() => problem(404, 'Not Found'));
    expect((await afterword(['runbook', '--api', api.url])).code).toBe(1);
  });
});

it.each([
  ['nothing', 'a b c', 'a b c', []],
  ['a line in the middle', 'a b c', 'a x c', ['2-b', '2+x']],
  ['what came and what went, in order', 'a b c d', 'b c x d y', ['1-a', '3+x', '5+y']],
  ['the beginning and the end', 'a b', 'x a b y', ['1+x', '4+y']],
  ['everything', 'a', '', ['1-a', '1+']],
])('finds that %s differs', (_, before, after, found) => {
  const changes = lineChanges(before.split(' '), after.split(' '));
  expect(changes.map(({ kind, line, text }) => `${line}${kind === 'gone' ? '-' : '+'}${text}`)).toEqual(found);
});

it('names commands that exist, with options that they have', async () => {
  const markdown = runbook(aDistribution({ slack: {} }));
  const coded = [
    ...[...markdown.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, lines = '']) => lines.trim().split('\n')),
    ...[...markdown.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
  ];
  const commands = [...new Set(coded.filter((code) => code.startsWith('afterword ')))];
  expect(commands.length).toBeGreaterThan(12);
  for (const command of commands) {
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
    const ran: string[] = [];
    const program = newProgram(async (one) => void ran.push(one.name()), {});
    const rest = words.filter((word) => word !== '--help');
    let group: Command | undefined = program;
    while (group && group.commands.length > 0 && rest.length > 0) {
      const word: string | undefined = rest.shift();
      group = group.commands.find((one) => one.name() === word);
    }
    expect([command, group?.name()]).toEqual([command, expect.any(String)]);
    // What is only named, without anything behind it, does nothing by itself.
    if (rest.length > 0) {
      await program.parseAsync(words, { from: 'user' });
      expect([command, ran.length]).toEqual([command, 1]);
    }
  }
});
