import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * Replaces one text in one source while the functions are built. The source file itself is
 * unchanged.
 */
export interface SourceChange {
  /** Path in the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** An import that the new text needs at the top of the file. */
  readonly importing?: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Path of a file in `inside/`, which is built into functions for tests only, so that a changed
 * source can import it.
 */
export const inside = (name: string) => fileURLToPath(new URL(`inside/${name}`, import.meta.url));

/**
 * Applies the changes to sources in order while they are bundled. The build fails if a text does
 * not occur exactly once, or if no function needs its file.
 */
export function withChanges(changes: readonly SourceChange[]): Plugin {
  const byFile = Map.groupBy(changes, ({ file }) => join(root, file));
  return {
    name: 'changed-sources',
    setup(build) {
      const unseen = new Set(byFile.keys());
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const wanted = byFile.get(path);
        if (wanted === undefined) return undefined;
        unseen.delete(path);
        return { contents: wanted.reduce(changed, await readFile(path, 'utf8')), loader: 'ts', resolveDir: dirname(path) };
      });
      build.onEnd(() => {
        if (unseen.size > 0) throw new Error(`no function is built from ${[...unseen].join(', ')}`);
      });
    },
  };
}

function changed(text: string, { file, from, to, importing }: SourceChange): string {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${file} was to be changed at one place and has ${places} of: ${from}`);
  const after = text.replace(from, () => to);
  return importing === undefined ? after : `${importing}\n${after}`;
}
