import { readFile } from 'node:fs/promises';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import type { Flaw } from '../../../core/shared/errors.ts';
import { type Complaint, UsedWrongly } from '../failure.ts';

export const defaultFile = 'distribution.yaml';

/** The text of the file and its content, or its flaws and their places. */
export async function readDistribution(file: string) {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsedWrongly(
      file === defaultFile
        ? `There is no ${defaultFile} in this folder. Name the file, or start from samples/${defaultFile}.`
        : `Cannot read the file "${file}".`,
    );
  });
  return { text, ...parseDistribution(text) };
}

export const complaintsOf = (file: string, flaws: readonly Flaw[]): Complaint[] => flaws.map((flaw) => ({ ...flaw, file }));
