import { readFile, writeFile } from 'node:fs/promises';
import { UsedWrongly } from '../failure.ts';
import type { Terminal } from '../terminal.ts';

const template = new URL('../../../docs/template.md', import.meta.url);

/**
 * Writes a blank postmortem to a file, or to the terminal. Never overwrites a file: throws
 * `UsedWrongly` if there is one.
 */
export async function newDocument(file: string | undefined, terminal: Terminal): Promise<void> {
  const text = await readFile(template, 'utf8');
  if (file === undefined) terminal.say(text.trimEnd());
  else {
    await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
      throw new UsedWrongly(isTaken(error) ? `There is a file "${file}" already.` : `"${file}" cannot be written: ${String(error)}`);
    });
    terminal.say(`Wrote ${file}. Fill it in, then: afterword publish --check ${file}`);
  }
  terminal.answer(file === undefined ? { text } : { file });
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';
