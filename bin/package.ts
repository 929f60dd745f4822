/**
 * `npm run package:cli -- [--name NAME] [--version VERSION]`: the command line as a folder and a
 * tarball below dist/.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPackage } from './package/build.ts';

const { values } = parseArgs({ options: { name: { type: 'string' }, version: { type: 'string' } } });
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const folder = `${dist}/package`;
await buildPackage(folder, values);
const npm = process.env.npm_execpath;
const pack = ['pack', folder, '--pack-destination', dist];
const { status } = spawnSync(npm ? process.execPath : 'npm', npm ? [npm, ...pack] : pack, { stdio: 'inherit' });
process.exitCode = status ?? 1;
