import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { heavyAttacks } from '../../../support/hostile/attacks.ts';

/**
 * Milliseconds of processor time for one document, read and laid out, in a process that has just
 * started. Each takes less than half a second; one that a parser falls for takes minutes.
 */
const mostTime = 3000;

it('documents aimed at parsers are refused or read in 64 MB of memory, each in little processor time', () => {
  // The limit is for the processor, too, so another busy process does not count.
  const command = 'ulimit -t 60; exec "$0" --max-old-space-size=64 test/support/hostile/read-attacks.ts';
  const { stdout, stderr, status, signal } = spawnSync('sh', ['-c', command, process.execPath], { encoding: 'utf8' });
  const read = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(read.map(({ name, became }) => ({ name, became }))).toEqual(heavyAttacks.map(({ name, becomes }) => ({ name, became: becomes })));
  expect(read.filter(({ ms }) => !(ms < mostTime))).toEqual([]);
  expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
});
