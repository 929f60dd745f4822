import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

const begins = 'afterword-laptop-';
const named = new RegExp(`^${begins}(\\d+)-`);

export interface OwnFolder {
  readonly path: string;
  /** Removes the folder with everything in it. Idempotent. */
  remove(): void;
}

/**
 * Makes a folder below `parent`. No other start writes into it, or removes it while this process
 * runs. First removes the folders that killed processes left there. Leaves those that cannot be
 * removed, such as another user's.
 */
export async function ownFolder(parent: string): Promise<OwnFolder> {
  const left = (await readdir(parent)).filter((name) => isLeftover(name));
  await Promise.all(left.map((name) => rm(join(parent, name), { recursive: true, force: true }).catch(() => {})));
  const path = await mkdtemp(join(parent, `${begins}${process.pid}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function isLeftover(name: string): boolean {
  const [, pid] = named.exec(name) ?? [];
  return pid !== undefined && !isAlive(Number(pid));
}
