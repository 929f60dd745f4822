import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative } from 'node:path';
import type { DocumentType } from '../../../core/postmortem/reading/sent-document.ts';
import { UsedWrongly } from '../failure.ts';

export const stdin = '-';
/** Media types by file extension. */
export const mediaTypes: Readonly<Record<string, DocumentType>> = {
  '.md': 'text/markdown',
  '.markdown': 'text/markdown',
  '.mdx': 'text/markdown',
  '.txt': 'text/markdown',
  '.html': 'text/markdown',
  '.htm': 'text/markdown',
  '.org': 'text/markdown',
  '.adoc': 'text/markdown',
  '.asciidoc': 'text/markdown',
  '.rst': 'text/markdown',
  '.wiki': 'text/markdown',
  '.textile': 'text/markdown',
  '.json': 'application/json',
};
/** Only taken if it is named itself: a folder has such files about other things. */
const onlyNamed = new Set(['.txt', '.html', '.htm']);
/**
 * A README, and the `_index.md` of a site generator, describe their folder, so they are no
 * postmortems unless they are named themselves.
 */
const aboutTheFolder = /^(?:readme|_index)\./i;

/**
 * Returns the named files and the contents of named folders: Markdown and JSON files at any depth,
 * sorted by name, without hidden files and those about a folder.
 */
export async function findFiles(named: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of named) found.push(...(path === stdin ? [path] : await filesAt(path)));
  return [...new Set(found)];
}

async function filesAt(path: string): Promise<string[]> {
  const about = await stat(path).catch(() => undefined);
  if (!about) throw new UsedWrongly(`There is no file or folder "${path}".`);
  if (!about.isDirectory()) return [path];
  const inside = await readdir(path, { recursive: true, withFileTypes: true });
  const files = inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const paths = files.filter((file) => isTaken(relative(path, file)));
  if (paths.length === 0) throw new UsedWrongly(`There is no Markdown or JSON file in "${path}".`);
  return paths.toSorted();
}

/** Whether a file is taken that nobody named, by its path below a folder that somebody did. */
export function isTaken(path: string): boolean {
  const type = extname(path).toLowerCase();
  return type in mediaTypes && !onlyNamed.has(type) && !aboutTheFolder.test(basename(path)) && !isHidden(path);
}

const isHidden = (path: string): boolean => path.split(/[\\/]/).some((part) => part.startsWith('.') && part !== '.' && part !== '..');
