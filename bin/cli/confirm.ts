import { createInterface } from 'node:readline/promises';
import { UsedWrongly } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** Asks on a terminal and answers whether it was a yes. Without one there is nobody to ask: `otherwise` says what to add. */
export async function isConfirmed({ json }: Terminal, question: string, otherwise: string): Promise<boolean> {
  if (json || !process.stdin.isTTY) throw new UsedWrongly(otherwise);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
