import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isAlive } from './is-alive.ts';

/**
 * Creates the folder and claims it for this process. Two stacks that write into one folder would
 * corrupt each other's data. Throws an Error with a message for the user.
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

/** Node's own recursive mkdir never returns if the parent refuses with ENOENT, as /proc does. */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: !existsSync(dirname(folder)), mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return;
    throw new Error(`the data folder ${folder} cannot be made (${String(code)}). Choose another: --data DIR`);
  }
}
