import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

/**
 * One text in one source becomes another while the functions are built; the source itself stays as
 * it is.
 */
export interface SourceChange {
  /** Path in the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** A line that the new text needs at the head of the file. */
  readonly importing?: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A part of the functions for tests alone, as a path that a changed source can import. */
export const inside = (name: string) => fileURLToPath(new URL(`inside/${name}`, import.meta.url));

/**
 * Changes sources in their order while they are bundled. One whose text is not there exactly once,
 * or whose file no function needs, fails the build.
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
