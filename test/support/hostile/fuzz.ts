import type fc from 'fast-check';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /**
     * How often a property is tried, and from which seed: a fixed one in `npm test`, a new one in
     * `npm run fuzz`.
     */
    fuzz: { readonly runs: number; readonly seed: number | 'new' };
  }
}

/**
 * A share of the runs, for properties that take longer than others. A failure prints the seed and
 * the path that reproduce it.
 */
export function tries(share = 1): fc.Parameters<unknown> {
  const { runs, seed } = inject('fuzz');
  return { numRuns: Math.ceil(runs * share), ...(seed !== 'new' && { seed }) };
}
