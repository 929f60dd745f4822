import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi, type Received } from '../support/fake-api.ts';
import { aDocument, aRepository, type Repository } from '../support/git-repository.ts';

const zeros = '0'.repeat(40);

/** Remembers what was published, as a deployment does. */
function aDeployment() {
  const stored = new Map<string, string>();
  return fakeApi(({ path, body }) => {
    const id = path.split('/').at(-1) ?? '';
    const outcome = stored.get(id) === body ? 'unchanged' : stored.has(id) ? 'changed' : 'new';
    stored.set(id, body);
    return { status: 200, body: { id, revision: 1, status: 'published', title: 'T', sections: [], warnings: [], outcome } };
  });
}
const idsIn = (received: readonly Received[]) => received.map(({ path }) => path.split('/').at(-1)).toSorted();

interface Event {
  readonly name?: string;
  readonly ref?: string;
  readonly event: object;
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
}
/** Runs `afterword ci` as GitHub Actions does, and answers with the summary of the job. */
async function onGithub({ path }: Repository, { name = 'push', ref = 'refs/heads/main', event, env = {}, args = ['pm'] }: Event) {
  const [file, summary] = [join(path, '../event.json'), join(path, `../summary-${crypto.randomUUID()}`)];
  await Promise.all([writeFile(file, JSON.stringify({ repository: { default_branch: 'main' }, ...event })), writeFile(summary, '')]);
  const github = {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REF: ref,
    GITHUB_STEP_SUMMARY: summary,
  };
  const ran = await afterword(['ci', ...args], { cwd: path, env: { ...github, GITHUB_REPOSITORY: 'acme/pm', ...env } });
  return { ...ran, summary: await readFile(summary, 'utf8') };
}
const publishing = (api: { url: string }) => ({ AFTERWORD_API: api.url, AFTERWORD_KEY: 'k' });

it('publishes on a push what it changed, in a shallow clone too, and the second time nothing new', async () => {
  await using origin = await aRepository();
  await using api = await aDeployment();
  const before = await origin.commit({ 'pm/old.md': aDocument('Old'), 'pm/gone.md': '# Something else' });
  await origin.commit({ 'pm/a.md': aDocument('A') });
  const after = await origin.commit({ 'pm/b.md': aDocument('B'), 'pm/gone.md': undefined, 'pm/bad.docx': 'x' });
  const push = { event: { before, after }, env: publishing(api) };

  const first = await onGithub(await origin.cloneOf(1), push);
  const again = await onGithub(await origin.cloneOf(1), push);

  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('2 new'), stderr: '' });
  expect(first.summary).toContain('### Afterword: 2 postmortems published');
  expect(first.summary).toContain('<code>pm&#47;gone&#46;md</code>');
  expect(again.stdout).toContain('2 unchanged');
  expect(idsIn(api.received)).toEqual(['a', 'a', 'b', 'b']);
});

it('publishes what the branch has now if it runs late, and what a merge brought', async () => {
  await using origin = await aRepository();
  await using api = await aDeployment();
  const before = await origin.commit({ 'pm/a.md': aDocument('A') });
  origin.git('checkout', '--quiet', '-b', 'topic');
  await origin.commit({ 'pm/topic.md': aDocument('Topic') });
  origin.git('checkout', '--quiet', 'main');
  origin.git('merge', '--quiet', '--no-ff', '--message=merge', 'topic');
  const after = origin.git('rev-parse', 'HEAD');
  const clone = await origin.cloneOf(1);
  await origin.commit({ 'pm/topic.md': aDocument('Topic, revised') });

  await onGithub(clone, { event: { before, after }, env: publishing(api) });

  expect(api.received.map(({ body }) => /title: (.*)/.exec(body)?.[1])).toEqual(['Topic, revised']);
});

it('knows after a force push what it replaced, and takes all of a new branch', async () => {
  await using origin = await aRepository();
  await using api = await aDeployment();
  const root = await origin.commit({ 'pm/a.md': aDocument('A') });
  const before = await origin.commit({ 'pm/a.md': aDocument('A, revised'), 'pm/b.md': aDocument('B') });
  origin.git('reset', '--quiet', '--hard', root);
  const after = await origin.commit({ 'pm/b.md': aDocument('B') });
  const clone = await origin.cloneOf();

  const forced = await onGithub(clone, { event: { before, after, forced: true }, env: publishing(api) });
  const created = await onGithub(clone, { event: { before: zeros, after }, env: publishing(api) });
  const lost = await onGithub(clone, { event: { before: 'ab'.repeat(20), after }, env: publishing(api) });

  expect(forced.code).toBe(0);
  expect(created.code).toBe(0);
  expect(idsIn(api.received)).toEqual(['a', 'a', 'b']);
  expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing was published') });
});

it('publishes from the default branch alone, and never for pull_request_target', async () => {
  await using origin = await aRepository();
  await using api = await aDeployment();
  const after = await origin.commit({ 'pm/a.md': aDocument('A') });
  const push = { event: { before: zeros, after }, env: publishing(api) };

  expect(await onGithub(origin, { ...push, ref: 'refs/heads/topic' })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Only a push to main'),
  });
  expect(await onGithub(origin, { ...push, name: 'pull_request_target' })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('secrets'),
  });
  expect(await onGithub(origin, { ...push, name: 'schedule' })).toMatchObject({ code: 2, stderr: expect.stringContaining('--changed') });
  expect(await onGithub(origin, { ...push, event: { before: '-x', after } })).toMatchObject({ code: 2 });
  expect(await onGithub(origin, { ...push, env: { AFTERWORD_KEY: 'k' } })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('AFTERWORD_API'),
  });
  expect(api.received).toEqual([]);
});

/** The comments of one request, as both systems answer them. */
function comments(notes: { id: number; body: string; user?: object; author?: object }[], mayComment = true) {
  return fakeApi(({ method, path, body }) => {
    if (path.endsWith('/user')) return { status: 200, body: { id: 7 } };
    if (method === 'GET') return { status: 200, body: notes };
    if (!mayComment) return { status: 403, body: { message: 'Resource not accessible by integration' } };
    const { body: text } = JSON.parse(body);
    const id = Number(/\d+$/.exec(path)?.[0]);
    const note = notes.find((one) => one.id === id) ?? { id: 100, body: text, user: { type: 'Bot' }, author: { id: 7 } };
    if (method === 'POST') notes.push(note);
    note.body = text;
    return { status: method === 'POST' ? 201 : 200, body: note };
  });
}

/** A pull request as it is checked out: one commit, which merges both. */
async function aPullRequest(origin: Awaited<ReturnType<typeof aRepository>>, files: Record<string, string>) {
  const target = await origin.commit({
    'pm/old.md': aDocument('Old'),
    'distribution.yaml': await readFile('samples/distribution.yaml', 'utf8'),
  });
  origin.git('checkout', '--quiet', '-b', 'topic');
  await origin.commit(files);
  origin.git('checkout', '--quiet', 'main');
  await origin.commit({ 'pm/meanwhile.md': aDocument('Meanwhile') });
  origin.git('merge', '--quiet', '--no-ff', '--message=merge', 'topic');
  const merge = origin.git('rev-parse', 'HEAD');
  const event = { number: 5, pull_request: { base: { sha: target } } };
  const run = { name: 'pull_request', ref: 'refs/pull/5/merge', event, env: { GITHUB_SHA: merge } };
  return { clone: await origin.cloneOf(1), run };
}

it('checks a pull request without a key, and keeps one comment on it', async () => {
  await using origin = await aRepository();
  const notes = [{ id: 1, body: '<!-- afterword --> by somebody else', user: { type: 'User' } }];
  await using github = await comments(notes);
  const { clone, run } = await aPullRequest(origin, { 'pm/new.md': aDocument('New'), 'pm/bad.md': aDocument('Bad', 'detectedAt: soon\n') });
  const env = { ...run.env, GITHUB_API_URL: github.url, GITHUB_TOKEN: 't' };

  const first = await onGithub(clone, { ...run, env });
  const second = await onGithub(clone, { ...run, env, args: ['pm/new.md'] });

  expect(first).toMatchObject({ code: 1, stderr: '' });
  expect(first.stdout).toMatch(/^::error file=pm\/bad\.md,line=6,col=13::detectedAt: /m);
  expect(first.summary).toContain('### Afterword: 1 postmortem read, 1 refused');
  expect(first.summary).toContain('<code>checkout</code> | <code>summary</code> | nobody |');
  expect(first.summary).not.toContain('meanwhile');
  expect(second.code).toBe(0);
  expect(notes).toHaveLength(2);
  expect(notes[1]?.body).toBe(second.summary);
  expect(github.received.map(({ method, path }) => `${method} ${path.split('?')[0]}`)).toEqual([
    'GET /repos/acme/pm/issues/5/comments',
    'POST /repos/acme/pm/issues/5/comments',
    'GET /repos/acme/pm/issues/5/comments',
    'PATCH /repos/acme/pm/issues/comments/100',
  ]);
});

it('leaves the text in the summary where it may not comment, and comments nothing on other requests', async () => {
  await using origin = await aRepository();
  await using github = await comments([], false);
  const { clone, run } = await aPullRequest(origin, { 'pm/new.md': aDocument('New'), 'other.txt': 'x' });
  const env = { ...run.env, GITHUB_API_URL: github.url, GITHUB_TOKEN: 't' };

  const forked = await onGithub(clone, { ...run, env });
  const without = await onGithub(clone, { ...run, env: run.env });
  await using page = await fakeApi(() => ({ status: 302 }));
  const moved = await onGithub(clone, { ...run, env: { ...env, GITHUB_API_URL: page.url } });
  await using silent = await fakeApi(() => undefined);
  const cut = await onGithub(clone, { ...run, env: { ...env, GITHUB_API_URL: silent.url } });
  await using text = await fakeApi(() => ({ status: 200, body: 'Sign in' }));
  const signIn = await onGithub(clone, { ...run, env: { ...env, GITHUB_API_URL: text.url } });
  const nothing = await onGithub(clone, { ...run, env, args: ['elsewhere'] });

  expect(forked).toMatchObject({ code: 0, stderr: expect.stringContaining('POST was answered 403') });
  expect(forked.summary).toContain('1 postmortem read');
  expect(moved).toMatchObject({ code: 0, stderr: expect.stringContaining('because GET was answered 302') });
  expect(cut).toMatchObject({ code: 0, stderr: expect.stringContaining('because GET got no answer') });
  expect(signIn).toMatchObject({ code: 0, stderr: expect.stringContaining('because an answer was not that of the API') });
  expect(without).toMatchObject({ code: 0, stderr: expect.stringContaining('there is no token') });
  expect(nothing.stdout).toContain('No document was added or changed.');
  expect(nothing).toMatchObject({ code: 0, stderr: expect.stringContaining('Nothing lies at "elsewhere"') });
  expect(nothing.summary).toContain('**Nothing lies here.** Are the paths right?\n- <code>elsewhere</code>');
  expect(github.received.filter(({ method }) => method !== 'GET')).toHaveLength(1);
});

it('finds what a request changes where its own commit is checked out', async () => {
  await using origin = await aRepository();
  const { run } = await aPullRequest(origin, { 'pm/new.md': aDocument('New') });
  origin.git('checkout', '--quiet', 'topic');

  const ran = await onGithub(await origin.cloneOf(1), run);

  expect(ran.stdout).toContain('1 checked');
});

it('does the same in GitLab, by its variables', async () => {
  await using origin = await aRepository();
  await using api = await aDeployment();
  const notes: Parameters<typeof comments>[0] = [];
  await using gitlab = await comments(notes);
  const before = await origin.commit({ 'pm/a.md': aDocument('A') });
  const after = await origin.commit({ 'pm/b.md': aDocument('B') });
  const summary = join(origin.path, '../afterword.md');
  const onGitlab = async (env: Record<string, string>) =>
    afterword(['ci', 'pm', '--summary', summary], {
      cwd: (await origin.cloneOf(1)).path,
      env: { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_SHA: after, ...env },
    });
  const request = {
    ...{ CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_DIFF_BASE_SHA: before, CI_API_V4_URL: gitlab.url },
    ...{ CI_MERGE_REQUEST_PROJECT_ID: '3', CI_MERGE_REQUEST_IID: '9' },
  };

  expect(await onGitlab({ ...request, AFTERWORD_GITLAB_TOKEN: 't' })).toMatchObject({ code: 0, stderr: '' });
  expect(notes).toMatchObject([{ body: await readFile(summary, 'utf8') }]);
  expect(await onGitlab(request)).toMatchObject({ code: 0, stderr: expect.stringContaining('The artifact of the job has the same text') });
  expect(gitlab.received[2]).toMatchObject({
    method: 'POST',
    path: '/projects/3/merge_requests/9/notes',
    headers: { 'private-token': 't' },
  });
  const pushed = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: before, ...publishing(api) };
  expect(await onGitlab(pushed)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 new') });
  expect(await onGitlab({ ...pushed, CI_COMMIT_BRANCH: 'topic' })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Only a push'),
  });
  expect(await onGitlab({ ...pushed, CI_PIPELINE_SOURCE: 'web' })).toMatchObject({ code: 2 });
  expect(idsIn(api.received)).toEqual(['b']);
});
