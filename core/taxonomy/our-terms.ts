import { failureModes } from './failure-modes.ts';
import { technologies } from './technologies.ts';
import type { Term } from './term.ts';

/** What every installation knows. A file adds to it. */
export const ourTerms: readonly Term[] = [...failureModes, ...technologies];
