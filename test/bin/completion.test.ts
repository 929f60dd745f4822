import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { completions } from '../../bin/cli/completion.ts';
import { newProgram } from '../../bin/cli/program.ts';
import { aFolder, afterword, afterwordProcess } from '../support/command-line.ts';

const program = newProgram(() => Promise.resolve(), {});
const offered = (...words: string[]) => completions(program, words, {}).map(({ word }) => word);

describe('a shell is offered', () => {
  it.each([
    [['dead'], ['dead-letters']],
    [
      ['dead-letters', ''],
      ['list', 'redrive', 'help'],
    ],
    [['dead-letters', 'redrive', 'b'], ['bulk']],
    [['send', 'eng'], ['engineering-digest']],
    [['--json', '--key', 'send', 'send', 'lead'], ['leadership-brief']],
    [['send', 'engineering-digest', '--frequency', 'm'], ['monthly']],
    [['keys', 'create', 'bot', '--scope', 'publish', 're'], ['read']],
    [['preview', 'engineering-digest', '--ou'], ['--out']],
    [['pause', 'ur'], ['urgent']],
  ])('after %j: %j', (words, wanted) => {
    expect(offered(...words)).toEqual(wanted);
  });

  it('every command, and not the one that answers', () => {
    const all = offered('');
    expect(all).toEqual(expect.arrayContaining(['publish', 'people', 'dead-letters', 'profiles', 'completion']));
    expect(all).not.toContain('complete');
  });

  it('nothing where a file or a name stands, so that it offers files', () => {
    expect(offered('check', '')).toEqual([]);
    expect(offered('--api', '')).toEqual([]);
  });

  it('the profiles', async () => {
    await using folder = await aFolder({ 'afterword.yaml': 'profiles:\n  staging: {}\n  production: {}\n' });
    const ran = await afterword(['complete', '--', '--profile', 's'], { cwd: folder.path, env: { XDG_CONFIG_HOME: folder.path } });
    expect(ran.stdout).toBe('staging\t\n');
  });
});

it('bash completes with the script', async () => {
  const { stdout: script } = await afterwordProcess(['completion', 'bash']);
  const asking = `${script}\nCOMP_WORDS=(afterword send eng)\nCOMP_CWORD=2\n_afterword\nprintf '%s\\n' "\${COMPREPLY[@]}"`;

  expect((await promisify(execFile)('bash', ['--norc', '-c', asking])).stdout).toBe('engineering-digest\n');
});

it('names the program itself in the script, and not the link by which npx started it', async () => {
  await using folder = await aFolder({});
  const link = `${folder.path}/afterword`;
  const program = `${import.meta.dirname.replace(/test.bin$/, '')}bin/afterword.ts`;
  await symlink(program, link);

  const { stdout: script } = await promisify(execFile)(process.execPath, [link, 'completion', 'bash']);

  expect(script).toContain(`"${program}" complete`);
  expect(script).not.toContain(link);
});
