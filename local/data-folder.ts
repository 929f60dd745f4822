import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isAlive } from './is-alive.ts';

/**
 * Makes the folder and takes it for this process: two stacks writing into one would spoil what both
 * keep. Throws in words for people.
 */
export async function claimDataFolder(folder: string): Promise<{ stop(): Promise<void> }> {
  await make(resolve(folder));
  const claim = join(folder, 'in-use-by');
  const holder = Number(await readFile(claim, 'utf8').catch(() => ''));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `the data folder ${folder} is in use by another local stack (process ${holder}). Stop that one, or choose another folder.`,
    );
  }
  await writeFile(claim, String(process.pid));
  return { stop: () => rm(claim, { force: true }) };
}

/**
 * Node's own recursive mkdir never comes back from a parent that refuses with ENOENT, as /proc
 * does.
 */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: !existsSync(dirname(folder)), mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    throw new Error(`the data folder ${folder} cannot be made (${String(code)}). Choose another: --data DIR`);
  }
}
