import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Distribution } from '../core/distribution/distribution.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import type { Flaw } from '../core/shared/errors.ts';

const sample = fileURLToPath(new URL('../samples/distribution.yaml', import.meta.url));

/**
 * The content of a distribution file, or each of its flaws in a line with place and remedy. The
 * file must exist.
 */
export function distributionIn(path: string): { distribution: Distribution } | { flaws: string[] } {
  const read = parseDistribution(readFileSync(path, 'utf8'));
  if ('distribution' in read) return read;
  return { flaws: read.flaws.map((flaw) => flawAt(path, flaw)) };
}

/** `file:line:column: field: what is wrong. What to write.` */
export const flawAt = (path: string, { line, column, field, problem, remedy }: Flaw): string =>
  `${path}:${line}:${column}: ${field === '' ? '' : `${field}: `}${problem}. ${remedy}`;

/**
 * Reads the distribution file at this path, by default the sample. Throws one error with every flaw
 * of the file, or because it does not exist.
 */
export function readDistribution(path = sample): Distribution {
  if (!existsSync(path)) throw new Error(`There is no distribution file ${path}. Name yours, or start from samples/distribution.yaml.`);
  const read = distributionIn(path);
  if ('distribution' in read) return read.distribution;
  throw new Error(`The distribution file cannot be used:\n${read.flaws.join('\n')}`);
}
