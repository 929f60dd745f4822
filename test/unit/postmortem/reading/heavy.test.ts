import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { heavyAttacks } from '../../../support/hostile/attacks.ts';

/** All of them together take about a second; one that a parser falls for takes minutes. */
const patience = 15_000;

it('documents aimed at parsers are refused or read in 64 MB of memory, all of them in a few seconds', () => {
  const arguments_ = ['--max-old-space-size=64', 'test/support/hostile/read-attacks.ts'];
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, arguments_, { timeout: patience, encoding: 'utf8' });
  const became = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(became).toEqual(heavyAttacks.map(({ name, becomes }) => ({ name, became: becomes })));
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
});
