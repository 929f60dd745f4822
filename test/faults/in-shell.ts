import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { inside } from './changed-sources.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Wraps every function in a shell that can kill it at a call and offset its clock
 * (`inside/shell.ts`). `folder` contains the crash points.
 */
export const inShell = (folder: string, skewMs = 0): Plugin => ({
  name: 'in-shell',
  setup(build) {
    build.onResolve({ filter: /lambdas\/\w+\/handler\.tsx?$/ }, ({ path, kind }) =>
      kind === 'entry-point' ? { path: path.slice(path.indexOf('lambdas/')), namespace: 'shell' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'shell' }, ({ path }) => ({
      contents: `
        import { handler as real } from ${JSON.stringify(join(root, path))};
        import { inShell } from ${JSON.stringify(inside('shell.ts'))};
        export const handler = inShell(real, ${JSON.stringify(folder)}, ${skewMs});`,
      loader: 'ts',
      resolveDir: root,
    }));
  },
});
