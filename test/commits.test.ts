import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = join(root, '.ci/commit-msg');

/** What is wrong with messages, as git's hook tells it; empty for nothing. */
function faultsOf(...messages: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'afterword-message-'));
  const files = messages.map((message, n) => {
    const file = join(folder, `COMMIT_EDITMSG_${n}`);
    writeFileSync(file, message);
    return file;
  });
  return spawnSync(check, files, { encoding: 'utf8' }).stderr;
}

describe('the message of a commit', () => {
  it.each([
    ['an area, what it does, and why', 'delivery: keep the first code of a stopped lane\n\nThe second says nothing new.\n', ''],
    ['a merge, which git words', "Merge branch 'names'\n", ''],
    ['no area', 'Keep the first code\n\nWhy.\n', 'not of the form'],
    ['a capital after the area', 'delivery: Keep the first code\n\nWhy.\n', 'not of the form'],
    ['a full stop', 'delivery: keep the first code.\n\nWhy.\n', 'full stop'],
    ['a long subject', `delivery: ${'keep '.repeat(14)}it\n\nWhy.\n`, 'shorten it to 72'],
    ['no empty line', 'delivery: keep it\nWhy.\nMore.\n', 'second line is not empty'],
    ['no reason', 'delivery: keep it\n', 'say why'],
    ['no reason but what git adds', 'delivery: keep it\n\n# Please enter the commit message\n', 'say why'],
  ])('is told: %s', (_, message, told) => {
    expect(faultsOf(message)).toMatch(told === '' ? /^$/ : new RegExp(told));
  });
});

const git = (...args: string[]): string => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
};

/** Of the commits since the check came in, as far as the history is here. */
it('every commit since then has one that says what and why', () => {
  const first = git('log', '--diff-filter=A', '--format=%H', '--', '.ci/commit-msg').split('\n').at(-1) ?? '';
  const messages = first === '' ? [] : git('log', '-z', '--no-merges', '--format=%B', `${first}..HEAD`).split('\0').filter(Boolean);

  expect(faultsOf(...messages)).toBe('');
});
