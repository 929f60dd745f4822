import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Metafile, Plugin } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Bundles, bundleLambdas, bundleNames } from '../../lib/bundle.ts';
import { madeLaptop } from '../support/made-laptop.ts';
import { aStage } from '../support/stage-under-test.ts';

/**
 * Each kilobyte is some 35 µs of a cold start. `operator` composes, and reads documents to show a
 * draft. `compose` reads Markdown for customers and looks for secrets in it. `intake` finds terms,
 * whose list is 70 KB; `home` has the work of `operator` and `intake`.
 */
const mostKilobytes: Readonly<Record<(typeof bundleNames)[number], number>> = {
  intake: 1395,
  operator: 2010,
  scim: 410,
  home: 2370,
  compose: 1230,
  deliver: 575,
  feedback: 390,
  web: 1095,
  sweep: 810,
  slack: 705,
  drift: 520,
  remind: 485,
  relevance: 605,
  hooks: 380,
  collect: 1380,
  drafts: 1235,
};

const newDir = () => mkdtempSync(join(tmpdir(), 'afterword-bundle-'));
const codeOf = (bundles: Bundles, name: (typeof bundleNames)[number]) => readFileSync(join(bundles[name], 'handler.mjs'), 'utf8');

/** Part of every SDK client. None of it is of use on Lambda (docs/adr/091). */
const notOnLambda =
  /@aws-sdk\/(?:nested-clients|token-providers|credential-provider-(?!env\/))|credential-provider-imds\/dist-es\/from|event-streams\/event/;

const Joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

describe('a bundle', () => {
  let first: Bundles;
  let second: Bundles;
  let made: Metafile['outputs'];
  beforeAll(async () => {
    first = (await madeLaptop()).bundles;
    const listing: Plugin = {
      name: 'listing',
      setup(build) {
        build.onEnd(({ metafile }) => {
          made = metafile?.outputs ?? {};
        });
      },
    };
    second = await bundleLambdas(newDir(), [listing]);
  });
  const madeOf = (name: string) => Object.entries(made).find(([path]) => path.endsWith(`/${name}/handler.mjs`))?.[1];
  const sourcesOf = (name: string) => Object.keys(madeOf(name)?.inputs ?? {});

  it('is the same, byte for byte, when nothing changed', () => {
    expect(bundleNames.filter((name) => codeOf(first, name) !== codeOf(second, name))).toEqual([]);
  });

  it.each(bundleNames)('of %s imports nothing of Node, which would load what nobody asked for', (name) => {
    expect(madeOf(name)?.imports.filter(({ kind }) => kind === 'import-statement')).toEqual([]);
  });

  it.each(bundleNames)('of %s carries of the SDK nothing that has no use on Lambda', (name) => {
    expect(sourcesOf(name)).toContain('adapters/aws/role-credentials.ts');
    expect(sourcesOf(name).filter((path) => notOnLambda.test(path))).toEqual([]);
  });

  it.each(bundleNames)('of %s carries nothing of Zod that writes JSON schemas', (name) => {
    expect(sourcesOf(name)).toContain('adapters/zod/no-json-schema.ts');
    expect(sourcesOf(name).filter((path) => /json-schema-processors|to-json-schema/.test(path))).toEqual([]);
  });

  it('has no pattern with `\\p{…}` in the code itself, which V8 would check in functions that never run', () => {
    const inCode = /[^\\]\\p\{/;
    const withoutTexts = (code: string) => code.replaceAll(/String\.raw`[^`]*`/g, '');
    expect(bundleNames.filter((name) => inCode.test(withoutTexts(codeOf(first, name))))).toEqual([]);
  });

  it('carries neither MJML nor React for development', () => {
    expect(codeOf(first, 'compose')).not.toMatch(/mjml-core|mj-include|react-dom-server\.development|Warning: Each child in a list/);
  });

  it.each(bundleNames)('of %s is not larger than it was, but for a twentieth', (name) => {
    expect(statSync(join(first[name], 'handler.mjs')).size).toBeLessThan(mostKilobytes[name] * 1000);
  });

  it.each([
    ['intake', 'intake'],
    ['operator', 'operator'],
    ['home', 'home'],
    ['compose', 'compose'],
    ['relevance', 'relevance'],
    ['deliver', 'deliver-bulk'],
    ['feedback', 'feedback'],
    ['web', 'web'],
    ['sweep', 'sweep'],
    ['slack', 'slack'],
    ['hooks', 'hooks'],
    ['collect', 'collect'],
    ['drafts', 'drafts'],
  ] as const)('of %s starts with no more than the variables that the template gives it', async (name, deployed) => {
    const slack = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-AbCdEf';
    const variables = aStage('laptop', {
      slack: { token: slack, signing: slack },
      connectors: { secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:connectors-AbCdEf' },
    }).fn(deployed).properties.Environment.Variables;

    expect(await exportsOf(join(first[name], 'handler.mjs'), variables)).toEqual(['handler']);
  });
});

/**
 * Starts the bundle in a process of its own, as Lambda would; what CloudFormation fills in is an
 * address on loopback.
 */
async function exportsOf(path: string, variables: Record<string, unknown>): Promise<string[]> {
  const filledIn = Object.entries(variables).map(([key, value]) => [key, textOf(value)]);
  const say = `import(${JSON.stringify(path)}).then((m) => console.log(JSON.stringify(Object.keys(m))))`;
  const env = { AWS_REGION: 'eu-west-1', ...Object.fromEntries(filledIn) };
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', say], { env });
  return JSON.parse(stdout);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const joined = Joined.safeParse(value).data;
  return joined ? joined['Fn::Join'][1].map(textOf).join(joined['Fn::Join'][0]) : 'http://127.0.0.1:9/filled-in';
}
