import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Distribution } from '../core/distribution/distribution.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';

const sample = fileURLToPath(new URL('../samples/distribution.yaml', import.meta.url));

/**
 * The distribution file that the stack is made from: the one named, else `distribution.yaml` in the working directory, else the sample.
 * Throws with every flaw of the file where it cannot be used.
 */
export function readDistribution(named?: string): Distribution {
  const path = named ?? (existsSync('distribution.yaml') ? 'distribution.yaml' : sample);
  const read = parseDistribution(readFileSync(path, 'utf8'));
  if ('distribution' in read) return read.distribution;
  const flaws = read.flaws.map(({ line, column, field, problem, remedy }) => `${path}:${line}:${column}: ${field}: ${problem}. ${remedy}`);
  throw new Error(`the distribution file cannot be used\n${flaws.join('\n')}`);
}
