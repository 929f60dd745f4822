import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { mjmlPlugin } from '../emails/mjml-plugin.ts';
import { noJsonSchemaPlugin } from './no-json-schema-plugin.ts';
import { nodeModulesPlugin } from './node-modules-plugin.ts';

/**
 * Folders under lambdas/ that become a bundle. `deliver` is deployed three times from one bundle.
 */
export const bundleNames = [
  'intake',
  'operator',
  'scim',
  'home',
  'compose',
  'deliver',
  'feedback',
  'web',
  'sweep',
  'slack',
  'drift',
  'remind',
  'relevance',
  'hooks',
  'collect',
  'drafts',
] as const;
export type BundleName = (typeof bundleNames)[number];
/** The absolute path of each bundle. Its folder holds `handler.mjs` and nothing else. */
export type Bundles = Readonly<Record<BundleName, string>>;

const root = fileURLToPath(new URL('..', import.meta.url));
/** CommonJS packages load Node's own modules with `require`, which an ES module lacks. */
const requireBanner = "import{createRequire as afterwordRequire}from'node:module';const require=afterwordRequire(import.meta.url);\n";

/** Parts of the SDK that no function uses, and what stands for each. */
const leftOut = {
  '@aws-sdk/credential-provider-node': join(root, 'adapters/aws/role-credentials.ts'),
  '@smithy/core/event-streams': join(root, 'adapters/aws/no-event-streams.ts'),
};

/**
 * Other builds of the same packages. YAML for Node is CommonJS, of which all is carried and most is
 * compiled twice. React's door for servers brings a second renderer for streams along.
 */
const smaller = {
  yaml: fileURLToPath(import.meta.resolve('yaml/package.json').replace('package.json', 'browser/index.js')),
  'react-dom/server.edge': fileURLToPath(
    import.meta.resolve('react-dom/package.json').replace('package.json', 'cjs/react-dom-server-legacy.browser.production.js'),
  ),
};

/**
 * V8 checks a pattern that stands in the code when it first passes over it, in functions that never
 * run as well, and each `\p{…}` is dear to check. What esbuild writes as `new RegExp('…', 'u')` is
 * read when it is made (docs/adr/091).
 */
const withoutPatterns = { 'regexp-sticky-and-unicode-flags': false };

/**
 * Bundles every function in one esbuild call into `<outDir>/<name>/handler.mjs`. The same sources
 * give the same bytes, so an unchanged function keeps its asset hash. Removes what was in `outDir`
 * before. Rejects with esbuild's message. `plugins` run before our own, so that a test can build
 * functions with one part changed.
 */
export async function bundleLambdas(outDir: string, plugins: readonly Plugin[] = []): Promise<Bundles> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(bundleNames.map((name) => [`${name}/handler`, entryOf(name)])),
    outdir: outDir,
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node24',
    supported: withoutPatterns,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    jsx: 'automatic',
    mainFields: ['module', 'main'],
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { ...leftOut, ...smaller },
    plugins: [...plugins, mjmlPlugin, noJsonSchemaPlugin, nodeModulesPlugin],
    logLevel: 'silent',
  });
  await rm(outDir, { recursive: true, force: true });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, asksForRequire(metafile, path) ? requireBanner + text : text);
    }),
  );
  return bundlesIn(outDir);
}

/** The folders of bundles under `outDir`, whether or not they exist yet. */
export const bundlesIn = (outDir: string): Bundles => ({
  intake: join(outDir, 'intake'),
  operator: join(outDir, 'operator'),
  scim: join(outDir, 'scim'),
  home: join(outDir, 'home'),
  compose: join(outDir, 'compose'),
  deliver: join(outDir, 'deliver'),
  feedback: join(outDir, 'feedback'),
  web: join(outDir, 'web'),
  sweep: join(outDir, 'sweep'),
  slack: join(outDir, 'slack'),
  drift: join(outDir, 'drift'),
  remind: join(outDir, 'remind'),
  relevance: join(outDir, 'relevance'),
  hooks: join(outDir, 'hooks'),
  collect: join(outDir, 'collect'),
  drafts: join(outDir, 'drafts'),
});

const entryOf = (name: BundleName) => {
  const tsx = `lambdas/${name}/handler.tsx`;
  return existsSync(join(root, tsx)) ? tsx : `lambdas/${name}/handler.ts`;
};

const asksForRequire = (metafile: Metafile, path: string): boolean =>
  metafile.outputs[relative(root, path)]?.imports.some(({ kind }) => kind === 'require-call') ?? false;
