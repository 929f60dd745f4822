import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const Line = z.object({
  edition: z.string().nullable(),
  slot: z.string().nullable(),
  subscriber: z.string().nullable(),
  attempt: z.number().nullable(),
  to: z.string(),
  acceptedAt: z.string(),
  /** Of the raw data as received. */
  sha256: z.string(),
});
/** One line of the mail server's own log. */
export type TruthLine = z.infer<typeof Line>;

export interface TruthLog {
  /**
   * With a data folder, the line is in its file when this returns, so it survives if the stack is
   * killed.
   */
  add(line: TruthLine): void;
  /** Oldest first. Never shortened. */
  lines(): readonly TruthLine[];
}

/**
 * With a data folder, the log continues from one start to the next. Without one it ends with the
 * stack.
 */
export function truthLog(dataDir: string | undefined): TruthLog {
  const file = dataDir === undefined ? undefined : join(dataDir, 'accepted-mails.jsonl');
  const lines = file === undefined ? [] : readLines(file);
  return {
    add(line) {
      lines.push(line);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    },
    lines: () => lines,
  };
}

/** A line without a final line feed was being written when the stack was killed. It is removed. */
function readLines(file: string): TruthLine[] {
  const text = textOf(file);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
  return whole.split('\n').flatMap((line) => (line === '' ? [] : Line.parse(JSON.parse(line))));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
