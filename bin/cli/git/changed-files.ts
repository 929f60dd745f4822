import { isTaken } from '../publish/find-files.ts';
import { documentOf, idOfFile, type ReadDocument } from '../publish/read-document.ts';
import type { Range } from './commits.ts';
import { git } from './git.ts';

export interface ChangedFile {
  /** From the top of the repository. */
  readonly path: string;
  /** What git calls its content. */
  readonly blob: string;
  /** Where it was before, if it was renamed. */
  readonly from?: string;
}

export interface ChangedFiles {
  readonly changed: readonly ChangedFile[];
  readonly deleted: readonly string[];
  /**
   * Symbolic links and submodules. They are not followed: a link may lead out of the repository.
   */
  readonly leftOut: readonly string[];
}

/** Renamed, if so much is still the same. Less is a deletion and a new file. */
const alike = '--find-renames=90%';

/**
 * The documents that differ between two commits below paths of git, all if there are none. What
 * counts as a document is what a folder that is published has.
 */
export async function changedFiles({ base, head }: Range, paths: readonly string[]): Promise<ChangedFiles> {
  const from = base ?? (await emptyTree());
  const raw = await git('diff', '--raw', '-z', '--no-abbrev', alike, '--diff-filter=AMRTD', from, head, '--', ...paths);
  const changes = changesIn(raw).filter(({ path }) => isTaken(path));
  const isFile = ({ mode }: Change) => mode.startsWith('100');
  return {
    changed: changes
      .filter((one) => one.status !== 'D' && isFile(one))
      .map(({ path, blob, from: was }) => ({ path, blob, ...(was !== undefined && { from: was }) })),
    deleted: changes.filter(({ status }) => status === 'D').map(({ path }) => path),
    leftOut: changes.filter((one) => one.status !== 'D' && !isFile(one)).map(({ path }) => path),
  };
}

/**
 * The paths of git at which nothing lies at either commit. Those that only leave something out are
 * never among them.
 */
export async function pathsNowhere({ base, head }: Range, paths: readonly string[]): Promise<string[]> {
  const empty = await emptyTree();
  const isAt = async (commit: string, path: string) => (await git('diff', '--name-only', empty, commit, '--', path)).length > 0;
  const nowhere = [];
  for (const path of paths.filter((one) => !leavesOut.test(one)))
    if (!(await isAt(head, path)) && !(base !== undefined && (await isAt(base, path)))) nowhere.push(path);
  return nowhere;
}

/** `:!path`, `:^path`, `:/!path` and `:(…exclude…)path`. */
const leavesOut = /^:(?:\/?[!^]|\([^)]*\bexclude\b)/;

interface Change extends ChangedFile {
  readonly status: string;
  readonly mode: string;
}

/** `:MODE MODE BLOB BLOB STATUS` and one path, or two of a rename, each ended by a NUL. */
function changesIn(raw: Buffer): Change[] {
  const parts = raw.toString('utf8').split('\0');
  const changes: Change[] = [];
  for (let i = 0; i + 1 < parts.length; ) {
    const [, mode = '', , blob = '', status = ''] = (parts[i] ?? '').split(' ');
    const isRenamed = status.startsWith('R');
    const [first = '', second = ''] = parts.slice(i + 1, i + 3);
    changes.push({ status: status.slice(0, 1), mode, blob, path: isRenamed ? second : first, ...(isRenamed && { from: first }) });
    i += isRenamed ? 3 : 2;
  }
  return changes;
}

/** Written by no push, and the same in every repository of one kind. */
const emptyTree = async (): Promise<string> => (await git('hash-object', '-t', 'tree', '--stdin')).toString().trim();

/**
 * How documents of a commit are read. One with the id of another file of the commit is refused: it
 * would take the other's place in silence, and `2027/pool.md` is seldom the incident of
 * `2026/pool.md`. Looked at are files whose name gives that id.
 */
export async function readerAt(head: string, paths: readonly string[]): Promise<(file: ChangedFile) => Promise<ReadDocument>> {
  const { changed: all } = await changedFiles({ base: undefined, head }, paths);
  const byName = Map.groupBy(all, ({ path }) => idOfFile(path));
  return async (file) => {
    const document = await readChanged(file);
    if ('complaints' in document || document.id === undefined) return document;
    for (const other of byName.get(document.id) ?? []) {
      if (other.path === file.path || !(await hasId(other, document.id))) continue;
      return refused(file.path, 'id', `${document.id} is also the id of ${other.path}`, 'Write an "id" of its own into one of them.');
    }
    return document;
  };
}

async function hasId({ path, blob }: ChangedFile, id: string): Promise<boolean> {
  const document = documentOf(path, await git('cat-file', 'blob', blob));
  return 'id' in document && document.id === id;
}

const refused = (file: string, field: string, problem: string, remedy: string): ReadDocument => ({
  file,
  complaints: [{ field, problem, remedy }],
});

/**
 * Reads a document as the commit has it, whatever lies in the folder. A rename that would give it
 * another id is refused: it would be told as another postmortem, beside the old one.
 */
async function readChanged({ path, blob, from }: ChangedFile): Promise<ReadDocument> {
  const bytes = await git('cat-file', 'blob', blob);
  if (bytes.subarray(0, 40).toString('latin1').startsWith('version https://git-lfs'))
    return refused(path, '', 'lies in Git LFS', 'Take it out of LFS: text is small.');
  const document = documentOf(path, bytes);
  if ('complaints' in document || from === undefined || document.hasOwnId) return document;
  const was = idOfFile(from);
  if (was === undefined || was === document.id) return document;
  const remedy = `Write "id: ${was}" into the document to keep it, or "id: ${document.id}" if it is another incident.`;
  return refused(path, 'id', `was ${was} while the file was named ${from}, and the new name gives another`, remedy);
}

/** A file of a commit; undefined if there is none, or it is no plain file. */
export async function fileAt(commit: string, path: string): Promise<string | undefined> {
  const [line = ''] = (await git('ls-tree', '-z', '--full-tree', commit, '--', path)).toString('utf8').split('\0');
  const [, blob] = /^100\d+ blob ([0-9a-f]+)\t/.exec(line) ?? [];
  return blob === undefined ? undefined : (await git('cat-file', 'blob', blob)).toString('utf8');
}
