import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import about from '../../package.json' with { type: 'json' };
import { licencesOf } from './licences.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** CommonJS packages load Node's own modules with `require`, which an ES module lacks. */
const requireBanner = "import{createRequire as afterwordRequire}from'node:module';const require=afterwordRequire(import.meta.url);";

export interface PackageNames {
  /** @default afterword */
  readonly name?: string | undefined;
  /** @default the version of the repository */
  readonly version?: string | undefined;
}

/**
 * Makes the command line a package of its own in `folder`: one file for Node 20 and later that
 * needs no other package. Removes what was in the folder before. The same sources give the same
 * bytes. Rejects with esbuild's message.
 */
export async function buildPackage(folder: string, { name = about.name, version = about.version }: PackageNames = {}): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['bin/package/entry.ts'],
    outfile: join(folder, 'afterword.mjs'),
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Names stay, so that a stack trace in a report can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    charset: 'utf8',
    mainFields: ['module', 'main'],
    banner: { js: requireBanner },
    logLevel: 'silent',
  });
  const own = {
    ...{ name, version, description: `The command line of Afterword. ${about.description}`, license: about.license },
    ...{ type: 'module', bin: { afterword: 'afterword.mjs' }, engines: { node: '>=20.12' } },
    files: ['afterword.mjs', 'THIRD-PARTY-LICENSES.txt'],
  };
  await Promise.all([
    writeFile(join(folder, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`),
    writeFile(join(folder, 'THIRD-PARTY-LICENSES.txt'), licencesOf(Object.keys(metafile.inputs), root)),
    copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE')),
    copyFile(join(root, 'bin/package/README.md'), join(folder, 'README.md')),
  ]);
}
