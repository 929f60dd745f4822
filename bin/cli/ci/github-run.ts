import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { UsedWrongly } from '../failure.ts';
import { type CiRun, type Env, isNothing, noRange } from './ci-run.ts';

const Commit = z.string().regex(/^[0-9a-f]{40,64}$/);
const Push = z.object({
  before: Commit,
  after: Commit,
  deleted: z.boolean().default(false),
  repository: z.object({ default_branch: z.string() }),
});
const PullRequest = z.object({ number: z.int(), pull_request: z.object({ base: z.object({ sha: Commit }) }) });
const MergeGroup = z.object({ merge_group: z.object({ base_sha: Commit, head_sha: Commit }) });

/**
 * What a run of GitHub Actions asks for, by its variables and the file of the event. Throws
 * UsedWrongly.
 */
export function githubRun(env: Env): CiRun {
  const name = env.GITHUB_EVENT_NAME ?? '';
  if (name === 'push') return pushed(eventOf(env, Push), env);
  if (name === 'pull_request') {
    const { number, pull_request } = eventOf(env, PullRequest);
    const merge = /^refs\/pull\/\d+\/merge$/.test(env.GITHUB_REF ?? '') ? env.GITHUB_SHA : undefined;
    const comments = `${env.GITHUB_API_URL ?? 'https://api.github.com'}/repos/${env.GITHUB_REPOSITORY}/issues/${number}/comments`;
    return {
      ...{ work: 'check', base: { kind: 'request', target: pull_request.base.sha, merge }, head: 'HEAD' },
      request: { system: 'github', comments, token: env.GITHUB_TOKEN },
    };
  }
  if (name === 'merge_group') {
    const { base_sha, head_sha } = eventOf(env, MergeGroup).merge_group;
    return { work: 'check', base: { kind: 'commit', commit: base_sha }, head: head_sha };
  }
  if (name === 'pull_request_target')
    throw new UsedWrongly('pull_request_target hands secrets to what strangers wrote. Use pull_request: it needs none.');
  throw noRange(name || 'no event');
}

function pushed(
  { before, after, deleted, repository: { default_branch: main } }: z.infer<typeof Push>,
  { GITHUB_REF: ref = '' }: Env,
): CiRun {
  if (ref !== `refs/heads/${main}`) return { work: 'nothing', why: `Only a push to ${main} publishes, and this is ${ref}.` };
  if (deleted) return { work: 'nothing', why: `${main} was deleted.` };
  return { work: 'publish', before: isNothing(before) ? undefined : before, after, branch: main };
}

function eventOf<T>({ GITHUB_EVENT_PATH: path }: Env, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path ?? '', 'utf8')));
  } catch {
    throw new UsedWrongly('The file of the event, which GITHUB_EVENT_PATH names, is not there or not as GitHub writes it.');
  }
}
