import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ownFolder } from '../../local/own-folder.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'afterword-own-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** As a start of that process would have left it. */
async function leave(name: string): Promise<string> {
  await mkdir(join(parent, name, 'lambdas'), { recursive: true });
  await writeFile(join(parent, name, 'lambdas', 'handler.mjs'), '');
  return join(parent, name);
}

it('gives each start a folder of its own, and removes only that one at its end', async () => {
  const [one, other] = [await ownFolder(parent), await ownFolder(parent)];
  await writeFile(join(one.path, 'handler.mjs'), '');
  one.remove();
  one.remove();

  expect(existsSync(one.path)).toBe(false);
  expect(existsSync(other.path)).toBe(true);
});

it('removes what killed processes left, and nothing else', async () => {
  const kept = [await leave(`afterword-laptop-${process.ppid}-running`), await leave('afterword-laptop-notes'), await leave('999999999')];
  await leave('afterword-laptop-999999999-gone');
  const own = await ownFolder(parent);

  expect((await readdir(parent)).map((name) => join(parent, name)).toSorted()).toEqual([...kept, own.path].toSorted());
});
