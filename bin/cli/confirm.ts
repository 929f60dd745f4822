import { createInterface } from 'node:readline/promises';
import { UsedWrongly } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** Whether there is a person to ask. */
export const canAsk = ({ json }: Terminal): boolean => !json && process.stdin.isTTY;

/**
 * Asks on a terminal and returns whether the answer was yes. Without a terminal there is nobody to
 * ask, and `otherwise` says what to add.
 */
export async function isConfirmed(terminal: Terminal, question: string, otherwise: string): Promise<boolean> {
  if (!canAsk(terminal)) throw new UsedWrongly(otherwise);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
