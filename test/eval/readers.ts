import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ReadPostmortem } from '../../core/postmortem/reading/reading.ts';
import type { Flaw } from '../../core/shared/errors.ts';

/** What became of one document. `failed`: the reader threw something that is no refusal. */
export type Outcome =
  | { readonly kind: 'read'; readonly read: ReadPostmortem }
  | { readonly kind: 'refused'; readonly flaws: readonly Flaw[] }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Reads a document by its name: JSON if it ends so, else Markdown. */
export type Reader = (name: string, text: string, zone: string) => Outcome;

/** Every document is read on this day. */
const now = new Date('2026-11-30T12:00:00Z');

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The reader of the sources in a folder, ours if none is given. */
export async function readerOf(sources = root): Promise<Reader> {
  const load = (path: string) => import(pathToFileURL(join(sources, 'core/postmortem/reading', path)).href);
  const [{ readMarkdown }, { readJson }, { severityAliases }] = await Promise.all(
    ['read-markdown.ts', 'read-json.ts', 'classification-words.ts'].map(load),
  );
  return (name, text, zone) => {
    const read = name.endsWith('.json') ? readJson : readMarkdown;
    try {
      return { kind: 'read', read: read(text, { aliases: severityAliases({}), now, zone }) };
    } catch (error) {
      return error instanceof Error && error.name === 'Refused' && 'flaws' in error
        ? { kind: 'refused', flaws: error.flaws as readonly Flaw[] }
        : { kind: 'failed', error };
    }
  };
}

/**
 * Gives the reader of another commit, checked out in a temporary folder for as long as `use` runs.
 */
export async function withReaderOf<T>(commit: string, use: (reader: Reader) => Promise<T>): Promise<T> {
  const folder = join(mkdtempSync(join(tmpdir(), 'reader-')), 'sources');
  const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  git('worktree', 'add', '--detach', folder, commit);
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    return await use(await readerOf(folder));
  } finally {
    git('worktree', 'remove', '--force', folder);
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
}
