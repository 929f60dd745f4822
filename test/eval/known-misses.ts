import type { Score } from './score.ts';

/**
 * What is missed in each document: fields, lost words, silence. Documents without a miss are
 * absent.
 */
export type Misses = Record<string, readonly string[]>;

export function missesOf(scores: readonly Score[]): Misses {
  const each = scores.map(({ document, checks, lost, silent }): [string, string[]] => [
    document.name,
    [
      ...checks.filter(({ right }) => !right).map(({ field, expected }) => `${field}: ${expected}`),
      ...lost.map((word) => `lost: ${word}`),
      ...silent.map((field) => `silent: ${field}`),
    ],
  ]);
  return Object.fromEntries(each.filter(([, misses]) => misses.length > 0));
}
