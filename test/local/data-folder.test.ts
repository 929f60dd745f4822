import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDataFolder } from '../../local/data-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'afterword-data-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('makes the folder, and gives it up when it is stopped', async () => {
  const held = await claimDataFolder(join(folder, 'a', 'b'));
  await held.stop();
  await (await claimDataFolder(join(folder, 'a', 'b'))).stop();
});

it('is refused while another process holds it', async () => {
  await writeFile(join(folder, 'in-use-by'), String(process.ppid));
  await expect(claimDataFolder(folder)).rejects.toThrow(/in use by another local stack/);
});

it('is taken over from a process that is gone', async () => {
  await writeFile(join(folder, 'in-use-by'), '999999999');
  await (await claimDataFolder(folder)).stop();
});

it.each(['/proc/nope', '/dev/null'])('tells why %s cannot be one', async (path) => {
  await expect(claimDataFolder(path)).rejects.toThrow(/cannot be made/);
});
