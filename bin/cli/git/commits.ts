import { UsedWrongly } from '../failure.ts';
import { askGit, git } from './git.ts';

/** Between which two commits files changed. */
export interface Range {
  /** Undefined: nothing was there before. */
  readonly base: string | undefined;
  readonly head: string;
}

/** `BASE..HEAD` as its two commits. Throws UsedWrongly for anything else. */
export async function parseRange(range: string): Promise<Range> {
  const [, base, head] = /^([^.-][^\s]*?)\.\.([^.-][^\s]*)$/.exec(range) ?? [];
  if (base === undefined || head === undefined)
    throw new UsedWrongly(`"${range}" is no range of commits. Write for example --changed origin/main..HEAD`);
  return { base: await commitOf(base), head: await commitOf(head) };
}

/** The id of a commit that is here. Throws UsedWrongly if it is not. */
export async function commitOf(name: string): Promise<string> {
  const id = await here(name);
  if (id === undefined) throw new UsedWrongly(`There is no commit "${name}" in this repository.`);
  return id;
}

const here = (name: string): Promise<string | undefined> =>
  askGit('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);

/**
 * The id of a commit, got from `origin` if a shallow clone does not have it, or a force push left
 * it behind. Throws UsedWrongly if it cannot be got.
 */
export async function fetchedCommit(id: string): Promise<string> {
  const found = await here(id);
  if (found !== undefined) return found;
  await askGit('fetch', '--quiet', '--no-tags', '--depth=1', 'origin', id);
  const fetched = await here(id);
  if (fetched !== undefined) return fetched;
  throw new UsedWrongly(
    `The commit ${id} is not here and cannot be fetched, so what changed since is not known. Nothing was published. Check the repository out with its history and its credentials, or name a range: afterword publish --changed BASE..HEAD`,
  );
}

/** The newest commit of a branch at `origin`; undefined if it cannot be asked. */
export async function tipOf(branch: string): Promise<string | undefined> {
  // Without a depth: a whole clone stays whole, and a shallow one gets what is new.
  const isFetched = (await askGit('fetch', '--quiet', '--no-tags', 'origin', `+refs/heads/${branch}`)) !== undefined;
  return isFetched ? here('FETCH_HEAD') : undefined;
}

/**
 * The first parent of a merge, also where a shallow clone leaves it out; undefined if it is none.
 */
export async function firstParentOfMerge(commit: string): Promise<string | undefined> {
  const [header = ''] = (await git('cat-file', 'commit', commit)).toString('latin1').split('\n\n');
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id]) => id);
  return parents.length > 1 ? parents[0] : undefined;
}

/** Where two lines of history part. Gets the history that a shallow clone leaves out. */
export async function mergeBase(ours: string, theirs: string): Promise<string> {
  await fetchedCommit(theirs);
  const found = await askGit('merge-base', ours, theirs);
  if (found !== undefined) return found;
  await askGit('fetch', '--quiet', '--no-tags', '--unshallow', 'origin', ours, theirs);
  const base = await askGit('merge-base', ours, theirs);
  if (base === undefined)
    throw new UsedWrongly(`Where ${ours} and ${theirs} part is not known. Check the repository out with its history.`);
  return base;
}
