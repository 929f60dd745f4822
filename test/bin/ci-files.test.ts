import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { aDocument, aRepository } from '../support/git-repository.ts';
import { madePackage } from '../support/made-package.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = async (file: string) => ({ text: await readFile(join(root, file), 'utf8'), file });
const Step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  shell: z.literal('bash').optional(),
  'working-directory': z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  run: z.string().optional(),
});
const Action = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string().optional() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(Step) }),
});
const Template = z.object({
  variables: z.record(z.string(), z.string()),
  afterword: z.strictObject({
    ...{ stage: z.string(), image: z.string(), interruptible: z.literal(false), rules: z.array(z.strictObject({ if: z.string() })) },
    ...{ script: z.array(z.string()), artifacts: z.looseObject({ when: z.literal('always'), paths: z.array(z.string()) }) },
  }),
});

/** What an action's expressions mean in a test. Throws for one that it does not know. */
const resolved = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nobody knows ${name}`);
    return value;
  });

/** A folder with a program named npm that only says what it was asked. */
async function aFakeNpm(folder: string) {
  await mkdir(join(folder, 'tools'), { recursive: true });
  await writeFile(join(folder, 'tools/npm'), '#!/bin/sh\necho "npm $* in $PWD"\n');
  await chmod(join(folder, 'tools/npm'), 0o755);
  return `${join(folder, 'tools')}:${dirname(process.execPath)}:${process.env.PATH}`;
}

it('has an action for GitHub whose steps check a pull request, with nothing of the event in a script', async () => {
  const { text } = await read('bin/ci/github/action.yml');
  const { inputs, runs } = Action.parse(parse(text));
  const [setUp, install, work] = runs.steps;
  await using origin = await aRepository();
  const target = await origin.commit({ 'a.md': aDocument('A') });
  await origin.commit({ 'pm/with blank.md': aDocument('Blank'), 'pm/drafts/d.md': aDocument('Draft'), 'b.md': aDocument('B') });
  const temp = join(origin.path, '../temp');
  await mkdir(join(temp, 'afterword/node_modules/.bin'), { recursive: true });
  await symlink((await madePackage()).command, join(temp, 'afterword/node_modules/.bin/afterword'));
  const [event, summary] = [join(temp, 'event.json'), join(temp, 'summary.md')];
  await writeFile(event, JSON.stringify({ number: 1, pull_request: { base: { sha: target } } }));
  const values = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, { default: usual = '' }]) => [`inputs.${name}`, usual])),
    ...{ 'inputs.paths': 'pm\n:(exclude)pm/drafts\n', 'inputs.package': 'x.tgz', 'inputs.token': '' },
    ...{ 'github.action_path': join(root, 'bin/ci/github'), 'github.workspace': origin.path, 'runner.temp': temp },
  };
  const PATH = await aFakeNpm(temp);
  const run = (step: typeof install, more: Record<string, string> = {}) =>
    spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
      cwd: resolved(step?.['working-directory'] ?? origin.path, values),
      encoding: 'utf8',
      env: {
        ...{ PATH, RUNNER_TEMP: temp, GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event },
        ...{ GITHUB_STEP_SUMMARY: summary, GITHUB_REPOSITORY: 'acme/pm' },
        ...Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, value]) => [name, resolved(value, values)])),
        ...more,
      },
    });

  expect(setUp?.uses).toMatch(/^actions\/setup-node@[0-9a-f]{40}$/);
  expect(runs.steps.map((step) => step.run ?? '').join()).not.toContain('${{');
  expect(text).not.toContain('pull_request_target');
  expect(run(install).stdout).toBe(`npm install --prefix ${temp}/afterword --ignore-scripts --no-audit --no-fund x.tgz in ${temp}\n`);
  await mkdir(join(origin.path, '@acme'));
  for (const brought of ['x.tgz', '@acme/afterword@1']) await writeFile(join(origin.path, brought), '');
  expect(run(install).stdout).toContain(`--no-fund ${origin.path}/x.tgz in`);
  expect(run(install, { PACKAGE: '@acme/afterword@1' }).stdout).toContain('--no-fund @acme/afterword@1 in');
  expect(run(install, { PACKAGE: '' }).stdout).toContain('npm ci --omit=dev --omit=optional');
  const checked = run(work);
  expect(checked).toMatchObject({ status: 0, stdout: expect.stringContaining('1 checked') });
  expect(await readFile(summary, 'utf8')).toContain('<code>Blank</code><br><code>pm&#47;with blank&#46;md</code>');
});

it('has a template for GitLab whose script checks a merge request', async () => {
  const { variables, afterword } = Template.parse(parse((await read('bin/ci/gitlab.yml')).text));
  await using origin = await aRepository();
  const base = await origin.commit({ 'a.md': aDocument('A') });
  const head = await origin.commit({ 'pm/with blank.md': aDocument('Blank'), 'other pm/o.md': aDocument('O'), 'b.md': aDocument('B') });
  const { command } = await madePackage();
  const temp = join(origin.path, '../temp');
  await mkdir(join(temp, 'afterword/node_modules/.bin'), { recursive: true });
  await symlink(command, join(temp, 'afterword/node_modules/.bin/afterword'));
  const PATH = await aFakeNpm(temp);

  const ran = spawnSync('sh', ['-e', '-c', afterword.script.join('\n').replaceAll('/tmp/', `${temp}/`)], {
    cwd: origin.path,
    encoding: 'utf8',
    env: {
      ...{ PATH, ...variables, AFTERWORD_PATHS: 'pm\nother pm', AFTERWORD_PACKAGE: '@acme/afterword@1', GITLAB_CI: 'true' },
      ...{ CI_PIPELINE_SOURCE: 'merge_request_event', CI_COMMIT_SHA: head, CI_MERGE_REQUEST_DIFF_BASE_SHA: base },
    },
  });

  expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('2 checked') });
  expect(ran.stdout).toContain('--no-fund @acme/afterword@1 in');
  expect(await readFile(join(origin.path, afterword.artifacts.paths[0] ?? ''), 'utf8')).toContain('2 postmortems read');
  expect(afterword.rules.map((rule) => rule.if).join()).not.toMatch(/schedule|tag/);
});
