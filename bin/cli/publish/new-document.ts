import { writeFile } from 'node:fs/promises';
import { template } from '../../../core/postmortem/template.ts';
import { UsedWrongly } from '../failure.ts';
import type { Terminal } from '../terminal.ts';

/**
 * Writes a blank postmortem to a file, or to the terminal. Never overwrites a file: throws
 * `UsedWrongly` if there is one.
 */
export async function newDocument(file: string | undefined, terminal: Terminal): Promise<void> {
  if (file === undefined) terminal.say(template.trimEnd());
  else {
    await writeFile(file, template, { flag: 'wx' }).catch((error: unknown) => {
      throw new UsedWrongly(isTaken(error) ? `There is a file "${file}" already.` : `"${file}" cannot be written: ${String(error)}`);
    });
    terminal.say(`Wrote ${file}. Fill it in, then: afterword publish --check ${file}`);
  }
  terminal.answer(file === undefined ? { text: template } : { file });
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';
