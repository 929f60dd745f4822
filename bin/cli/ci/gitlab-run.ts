import { UsedWrongly } from '../failure.ts';
import { type CiRun, type Env, isNothing, noRange } from './ci-run.ts';

/** What a pipeline of GitLab asks for, by its predefined variables. Throws UsedWrongly. */
export function gitlabRun(env: Env): CiRun {
  const source = env.CI_PIPELINE_SOURCE ?? '';
  if (source === 'merge_request_event') {
    // In a pipeline for merged results CI_COMMIT_SHA is a merge that nobody wrote.
    const head = env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || named(env, 'CI_COMMIT_SHA');
    const comments = `${env.CI_API_V4_URL}/projects/${env.CI_MERGE_REQUEST_PROJECT_ID}/merge_requests/${env.CI_MERGE_REQUEST_IID}/notes`;
    return {
      ...{ work: 'check', base: { kind: 'commit', commit: named(env, 'CI_MERGE_REQUEST_DIFF_BASE_SHA') }, head },
      request: { system: 'gitlab', comments, token: env.AFTERWORD_GITLAB_TOKEN },
    };
  }
  if (source !== 'push') throw noRange(source || 'no pipeline');
  const [branch, main] = [env.CI_COMMIT_BRANCH ?? '', named(env, 'CI_DEFAULT_BRANCH')];
  if (branch !== main) return { work: 'nothing', why: `Only a push to ${main} publishes, and this is ${branch || 'a tag'}.` };
  const before = named(env, 'CI_COMMIT_BEFORE_SHA');
  return { work: 'publish', before: isNothing(before) ? undefined : before, after: named(env, 'CI_COMMIT_SHA'), branch };
}

function named(env: Env, name: string): string {
  const value = env[name];
  if (!value) throw new UsedWrongly(`The variable ${name}, which GitLab sets, is missing.`);
  return value;
}
