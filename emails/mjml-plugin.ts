import { readFile } from 'node:fs/promises';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vitest/config';
import { compileFrame } from './compile-frame.ts';

/** Lets esbuild import an `.mjml` file as the HTML that it compiles to. */
export const mjmlPlugin: EsbuildPlugin = {
  name: 'mjml',
  setup(build) {
    build.onLoad({ filter: /\.mjml$/ }, async ({ path }) => ({ contents: await asModule(path), loader: 'js', watchFiles: [path] }));
  },
};

/** The same for vitest. */
export const mjmlVitePlugin: VitePlugin = {
  name: 'mjml',
  enforce: 'pre',
  load: (id) => (id.endsWith('.mjml') ? asModule(id) : null),
};

const asModule = async (path: string) => `export default ${JSON.stringify(await compileFrame(await readFile(path, 'utf8')))};`;
