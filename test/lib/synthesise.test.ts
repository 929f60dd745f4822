import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deletionsIn } from '../../lib/deploy-words.ts';
import { type Synthesised, synthesise } from '../../lib/synthesise.ts';
import { madeLaptop } from '../support/made-laptop.ts';
import { type Json, testDistribution, the } from '../support/stage-under-test.ts';

const outDir = mkdtempSync(join(tmpdir(), 'afterword-synth-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

describe('synthesising a stage in-process', () => {
  let made: Synthesised;
  beforeAll(async () => {
    const { bundles } = await madeLaptop();
    made = await synthesise('laptop', { outDir: join(outDir, 'in-process'), distribution: testDistribution, bundles });
  });

  it('answers the template of that stage', () => {
    expect(made.stackName).toBe('afterword-laptop');
    expect(made.template.Description).toContain('laptop');
  });

  it('says where the code of every function lies', () => {
    const functions = Object.values<Json>(Object(made.template.Resources)).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    const handlers = functions.map(({ Metadata }) => join(made.assetsDir, Metadata['aws:asset:path'], 'handler.mjs'));

    expect(handlers).toHaveLength(15);
    expect(handlers.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('takes the schedules from the distribution file', () => {
    expect(JSON.stringify(made.template)).toContain('Asia/Kathmandu');
  });

  it('says line, column and remedy where that file cannot be used', async () => {
    const flawed = synthesise('laptop', { outDir: join(outDir, 'flawed'), distribution: 'package.json' });

    await expect(flawed).rejects.toThrow(/package\.json:\d+:\d+: .+/);
  });
});

/**
 * What the CDK command line says would go, were a queue deployed by another name, and a topic
 * beside it.
 */
async function deletionsAgainst(output: string, env: Record<string, string | undefined>): Promise<readonly string[]> {
  const deployed: Json = JSON.parse(readFileSync(join(output, 'afterword-production.template.json'), 'utf8'));
  deployed.Resources.AnotherTopic = { Type: 'AWS::SNS::Topic' };
  the(
    Object.values<Json>(deployed.Resources).filter(({ Properties }) => Properties?.QueueName?.endsWith('-compose')),
  ).Properties.QueueName = 'other';
  const file = join(outDir, 'deployed.json');
  writeFileSync(file, JSON.stringify(deployed));
  const words = ['diff', 'afterword-production', '--app', output, '--no-notices', '--no-color', '--template', file];
  const { stdout, stderr } = await promisify(execFile)('node', ['node_modules/aws-cdk/bin/cdk', ...words], { env });
  return deletionsIn(`${stdout}\n${stderr}`).toSorted();
}

it('npm run synth makes every deployed stage offline, without credentials, and finds nothing wrong with it', async () => {
  const output = join(outDir, 'cli');
  const unreachable = 'http://127.0.0.1:9';
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    HOME: outDir,
    HTTP_PROXY: unreachable,
    HTTPS_PROXY: unreachable,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const sample = ['--app', 'node bin/app.ts --sample'];
  await promisify(execFile)('node', ['node_modules/aws-cdk/bin/cdk', 'synth', '--quiet', '--no-notices', ...sample, '--output', output], {
    env,
  });

  const templates = readdirSync(output).filter((name) => name.endsWith('.template.json'));
  expect(templates.toSorted()).toEqual(['afterword-production.template.json', 'afterword-staging.template.json']);
  expect(await deletionsAgainst(output, env)).toEqual([
    '[-] AWS::SNS::Topic AnotherTopic destroy',
    expect.stringMatching(/^\[~\] AWS::Lambda::EventSourceMapping .* replace$/),
    expect.stringMatching(/^\[~\] AWS::SQS::Queue .* replace$/),
  ]);
  const { pluginReports } = JSON.parse(readFileSync(join(output, 'validation-report.json'), 'utf8'));
  expect(pluginReports.flatMap(({ violations }: Json) => violations)).toEqual([]);
});
