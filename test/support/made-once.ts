import { mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { folderPrefix } from './temporary-folder.ts';
import { waitedFor } from './waited-for.ts';

type Kept<T> = { readonly made: T } | { readonly failure: string };

/** Bundling all functions takes half a minute in quiet. */
const longestMaking = 8 * 60_000;

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
  const read = () => readFile(answer, 'utf8').catch(() => '');
  return madeOf(
    JSON.parse(await waitedFor(`${name}, which another worker makes`, read, Boolean, { everyMs: 50, atMostMs: longestMaking })),
  );
}

function madeOf<T>(kept: Kept<T>): T {
  if ('failure' in kept) throw new Error(kept.failure);
  return kept.made;
}
