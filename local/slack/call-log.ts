import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Blocks } from './blocks.ts';

const Metadata = z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) });
export type Metadata = z.infer<typeof Metadata>;

const Change = z.object({
  at: z.iso.datetime(),
  /** `by hand`: somebody deleted it. `by somebody`: a message of another member. */
  what: z.enum(['chat.postMessage', 'chat.update', 'chat.delete', 'by hand', 'by somebody']),
  channel: z.string(),
  ts: z.string(),
  /** The key of a post of Afterword. */
  key: z.string().nullable(),
  text: z.string(),
  blocks: Blocks,
  metadata: Metadata.nullable(),
});
/** One accepted change of a message, with all that the message shows since. */
export type Change = z.infer<typeof Change>;

export const readMetadata = (value: unknown): Metadata | undefined => Metadata.safeParse(value).data;

export interface CallLog {
  add(change: Change): void;
  /** Oldest first. */
  changes(): readonly Change[];
}

/** With a data folder, the log continues from one start to the next. */
export function callLog(dataDir: string | undefined): CallLog {
  const file = dataDir === undefined ? undefined : join(dataDir, 'accepted-slack-calls.jsonl');
  const changes = file === undefined ? [] : readChanges(file);
  return {
    add: (change) => {
      changes.push(change);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(change)}\n`, { mode: 0o600 });
    },
    changes: () => changes,
  };
}

/** A line without a line feed was being written when the stack was killed. It is removed. */
function readChanges(file: string): Change[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) truncateSync(file, Buffer.byteLength(whole));
  return whole.split('\n').flatMap((line) => (line === '' ? [] : Change.parse(JSON.parse(line))));
}
