import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { defaultFile } from '../configuration/read-distribution.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { changedFiles, fileAt, pathsNowhere, readerAt } from '../git/changed-files.ts';
import { commitOf, fetchedCommit, firstParentOfMerge, mergeBase, type Range, tipOf } from '../git/commits.ts';
import { printableLine } from '../printable.ts';
import { sendAll } from '../publish/publish.ts';
import { storeBy } from '../publish/send-documents.ts';
import { aloneBy } from '../publish/store-alone.ts';
import type { Session } from '../session.ts';
import type { Base, CiRun, Env } from './ci-run.ts';
import { commentText } from './comment-text.ts';
import { annotations, quiet } from './github-log.ts';
import { githubRun } from './github-run.ts';
import { gitlabRun } from './gitlab-run.ts';
import type { Outcome } from './outcome.ts';
import { putComment } from './sticky-comment.ts';

export interface CiOptions {
  readonly distribution?: string;
  readonly summary?: string;
}
type Work = Exclude<CiRun, { work: 'nothing' }>;

/**
 * In a run of GitHub Actions or GitLab CI: checks what a request changes, and publishes what a push
 * to the default branch changed. A second run publishes nothing twice.
 */
export async function ci(session: Session, paths: readonly string[], options: CiOptions, env: Env): Promise<ExitCode> {
  const run = runOf(env);
  if (run.work === 'nothing') {
    session.terminal.say(run.why);
    session.terminal.answer({ work: run.work, why: run.why });
    return exitCodes.ok;
  }
  if (run.work === 'publish' && !session.isNamed)
    throw new UsedWrongly('Which deployment publishes is not said: set AFTERWORD_API. In the action for GitHub it is the input "api".');
  const isGithub = env.GITHUB_ACTIONS === 'true' && !session.terminal.json;
  const log = quiet(randomUUID());
  if (isGithub) session.terminal.say(log.begin);
  const { outcome, failure } = await workOf(run, session, paths, options).finally(() => {
    if (isGithub) session.terminal.say(log.end);
  });
  if (isGithub) session.terminal.say(...annotations(outcome.sent));
  await tell(run, outcome, session, options.summary ?? env.GITHUB_STEP_SUMMARY);
  if (failure) throw failure;
  return outcome.sent.some((one) => one.outcome === 'refused') ? exitCodes.refused : exitCodes.ok;
}

function runOf(env: Env): CiRun {
  if (env.GITHUB_ACTIONS === 'true') return githubRun(env);
  if (env.GITLAB_CI === 'true') return gitlabRun(env);
  throw new UsedWrongly('This is neither GitHub Actions nor GitLab CI. Elsewhere name the commits: afterword publish --changed BASE..HEAD');
}

async function workOf(run: Work, session: Session, paths: readonly string[], { distribution: named }: CiOptions) {
  const { terminal } = session;
  const range = await rangeOf(run, terminal.warn);
  const [files, nowhere] = [await changedFiles(range, paths), await pathsNowhere(range, paths)];
  for (const path of nowhere) terminal.warn(`Nothing lies at "${printableLine(path)}": is the path right?`);
  const { distribution, say } =
    run.work === 'check' ? await distributionAt(range.head, named) : { distribution: undefined, say: undefined };
  const store = run.work === 'check' ? aloneBy(distribution) : storeBy(session.api);
  const { sent, failure } = await sendAll(session, files, { read: await readerAt(range.head, paths), store });
  const { deleted, leftOut } = files;
  const outcome: Outcome = { work: run.work, head: range.head, sent, deleted, leftOut, nowhere, file: say };
  return { outcome, failure };
}

/**
 * What is published is what the branch has now, and not what it had at the push: a run that is late
 * or is run again never puts an old text in the place of a new one.
 */
async function rangeOf(run: Work, warn: (line: string) => void): Promise<Range> {
  if (run.work === 'check') {
    const head = run.head === 'HEAD' ? await commitOf('HEAD') : await fetchedCommit(run.head);
    return { base: await baseOf(run.base, head), head };
  }
  const base = run.before === undefined ? undefined : await fetchedCommit(run.before);
  const tip = await tipOf(run.branch);
  if (tip === undefined)
    warn(`${run.branch} cannot be fetched from origin: what was pushed is published, though it may be older than the branch.`);
  return { base, head: tip ?? (await fetchedCommit(run.after)) };
}

async function baseOf(base: Base, head: string): Promise<string> {
  if (base.kind === 'commit') return fetchedCommit(base.commit);
  const target = base.merge === head ? await firstParentOfMerge(head) : undefined;
  return target === undefined ? mergeBase(head, base.target) : fetchedCommit(target);
}

/**
 * The distribution file of the commit, and what is to be said of it. Its mistakes are not quoted: a
 * stranger may have written it.
 */
async function distributionAt(head: string, named = defaultFile): Promise<{ distribution?: Distribution | undefined; say?: string }> {
  const text = await fileAt(head, named);
  if (text === undefined) return { say: 'Who gets it is not said: the distribution file is not in this repository.' };
  const read = parseDistribution(text);
  return 'flaws' in read ? { say: 'Who gets it is not said: the distribution file has mistakes.' } : { distribution: read.distribution };
}

/** Where the text stands as well. */
const kept = { github: 'summary', gitlab: 'artifact' } as const;

async function tell(run: Work, outcome: Outcome, { terminal }: Session, summary: string | undefined): Promise<void> {
  const text = commentText(outcome);
  if (summary) await appendFile(summary, text);
  if (run.work !== 'check' || !run.request) return;
  const isWorth = outcome.sent.length + outcome.deleted.length + outcome.leftOut.length > 0;
  const put = await putComment(run.request, text, isWorth);
  if (typeof put === 'object')
    terminal.warn(`There is no comment, because ${put.problem}. The ${kept[run.request.system]} of the job has the same text.`);
}
