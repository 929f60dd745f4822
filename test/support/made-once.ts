import { mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderPrefix } from './temporary-folder.ts';

type Kept<T> = { readonly made: T } | { readonly failure: string };

/**
 * What `make` puts into a folder and answers, made by the first worker of a test run that asks, for
 * all of them. The answer has to be JSON. Nobody may write to the folder afterwards. Rejects in
 * every worker if it could not be made. Outside a test run each call makes its own.
 */
export async function madeOnce<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(tmpdir(), name);
  const answer = `${folder}.json`;
  // A benchmark runs alone. In the common folder the next one would find what this one left.
  if (!basename(tmpdir()).startsWith(folderPrefix)) return make(await mkdtemp(`${folder}-`));
  const isFirst = await mkdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (isFirst) {
    const kept: Kept<T> = await make(folder).then(
      (made) => ({ made }),
      (error: unknown) => ({ failure: String(error) }),
    );
    await writeFile(`${answer}.part`, JSON.stringify(kept));
    await rename(`${answer}.part`, answer);
  }
  for (;;) {
    const text = await readFile(answer, 'utf8').catch(() => undefined);
    if (text === undefined) await sleep(50);
    else return madeOf(JSON.parse(text));
  }
}

function madeOf<T>(kept: Kept<T>): T {
  if ('failure' in kept) throw new Error(kept.failure);
  return kept.made;
}
