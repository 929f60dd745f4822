import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file's text, a link to a path, or nothing: the file is removed. */
export type Content = string | { readonly linkTo: string } | undefined;

export interface Repository {
  readonly path: string;
  git(...args: string[]): string;
  /** Commits these changes of files and answers the commit. */
  commit(files: Readonly<Record<string, Content>>): Promise<string>;
}

const settings = ['user.name=Ada', 'user.email=ada@example.com', 'commit.gpgsign=false', 'protocol.file.allow=always', 'gc.auto=0'];
const by = settings.flatMap((one) => ['-c', one]);

function repositoryAt(path: string): Repository {
  const git = (...args: string[]) =>
    execFileSync('git', [...by, ...args], { cwd: path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  return {
    path,
    git,
    async commit(files) {
      for (const [name, content] of Object.entries(files)) {
        const file = join(path, name);
        await rm(file, { force: true });
        if (content === undefined) continue;
        await mkdir(dirname(file), { recursive: true });
        await (typeof content === 'string' ? writeFile(file, content) : symlink(content.linkTo, file));
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message=change');
      return git('rev-parse', 'HEAD');
    },
  };
}

/** An empty repository with the branch `main`, removed when the test ends. */
export async function aRepository(): Promise<Repository & AsyncDisposable & { cloneOf(depth?: number): Promise<Repository> }> {
  const folder = await mkdtemp(join(tmpdir(), 'afterword-git-'));
  const path = join(folder, 'origin');
  await mkdir(path);
  const origin = repositoryAt(path);
  origin.git('init', '--quiet', '--initial-branch=main');
  // As GitHub and GitLab have it.
  origin.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  let clones = 0;
  return {
    ...origin,
    async cloneOf(depth) {
      const name = `clone-${clones++}`;
      origin.git('clone', '--quiet', ...(depth === undefined ? [] : [`--depth=${depth}`]), `file://${path}`, `../${name}`);
      return repositoryAt(join(folder, name));
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A postmortem that is told to nobody any more. */
export const aDocument = (title: string, more = ''): string =>
  `---\ntitle: ${title}\nseverity: SEV-2\nservices: [checkout]\npublishedAt: 2020-01-02\n${more}---\n## Summary\nThe pool ran dry, and nobody watched it.\n`;
