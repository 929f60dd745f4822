import { builtinModules } from 'node:module';
import type { OnLoadResult, Plugin } from 'esbuild';

/**
 * Takes Node's own modules with `process.getBuiltinModule` in place of `import`. An import reads
 * every property of a module, and some are getters that load a library: `import 'node:http'` loads
 * a WebSocket client, which takes longer than everything else about HTTP
 * (docs/adr/091-what-a-function-loads-before-it-answers.md).
 */
export const nodeModulesPlugin: Plugin = {
  name: 'node-modules',
  setup(build) {
    build.onResolve({ filter: named }, ({ path, kind }) => ({
      path: path.replace(/^(?!node:)/, 'node:'),
      namespace: kind === 'import-statement' ? byName : asAWhole,
      sideEffects: false,
    }));
    build.onLoad({ filter: /./, namespace: byName }, ({ path }) => js(exportsOf(path)));
    build.onLoad({ filter: /./, namespace: asAWhole }, ({ path }) => js(`module.exports=${taken(path)}`));
  },
};

const named = new RegExp(`^(node:)?(${builtinModules.join('|')})$`);

/** What is not used of such a module is left out of the bundle. */
const byName = 'node-by-name';
/** For `require` and `import()`: the object itself, whose getters run when somebody uses them. */
const asAWhole = 'node-as-a-whole';

const exportsOf = (path: string): string =>
  [
    `const all=/*@__PURE__*/${taken(path)};export default all;`,
    ...Object.keys(process.getBuiltinModule(path) ?? {})
      .filter((name) => name !== 'default')
      .map((name, n) => `const v${n}=/*@__PURE__*/(()=>all.${name})();export{v${n} as ${name}};`),
  ].join('\n');

const taken = (path: string) => `process.getBuiltinModule(${JSON.stringify(path)})`;
const js = (contents: string): OnLoadResult => ({ contents, loader: 'js' });
