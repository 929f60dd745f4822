import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackage } from '../../bin/package/build.ts';
import { madeOnce } from './made-once.ts';

const run = promisify(execFile);

export interface MadePackage {
  /** The command as a user has it who installed the tarball. */
  readonly command: string;
  /** What the tarball holds. */
  readonly files: readonly string[];
  readonly code: string;
}

/** The command line packed, and installed into an empty folder without the network; once for all. */
export const madePackage = (): Promise<MadePackage> =>
  madeOnce('afterword-package', async (folder) => {
    const [source, empty] = [join(folder, 'source'), join(folder, 'empty')];
    await buildPackage(source);
    await mkdir(empty);
    const { stdout } = await run('npm', ['pack', source, '--json', '--pack-destination', folder]);
    const [packed]: [{ filename: string; files: { path: string }[] }] = JSON.parse(stdout);
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, packed.filename)], { cwd: empty });
    return {
      command: join(empty, 'node_modules/.bin/afterword'),
      files: packed.files.map(({ path }) => path),
      code: await readFile(join(source, 'afterword.mjs'), 'utf8'),
    };
  });
