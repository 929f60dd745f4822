import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { afterwordApp } from './afterword-app.ts';
import { bundleLambdas } from './bundle.ts';
import { readDistribution } from './read-distribution.ts';
import { type Restored, settingsWith } from './stage-settings.ts';
import { type StageName, stackNameOf } from './stages.ts';

export interface SynthesiseOptions {
  /** Path of the distribution file. @default the sample */
  readonly distribution?: string | undefined;
  /** A table, and secrets, that are there already. */
  readonly restored?: Restored | undefined;
  /**
   * Everything made lies under here; what two callers make at one time needs two folders. @default
   * dist/<stage> in the working directory
   */
  readonly outDir?: string;
  /** Further plugins for esbuild: a test builds functions with one part changed. */
  readonly plugins?: readonly Plugin[];
}

export interface Synthesised {
  readonly template: Record<string, unknown>;
  /** Each function's Metadata `aws:asset:path` is relative to this. */
  readonly assetsDir: string;
  readonly stackName: string;
}

/**
 * Bundles the functions and makes the template of one stage, without credentials, network or the
 * CDK command line.
 */
export async function synthesise(
  stage: StageName,
  { distribution, restored, outDir = `dist/${stage}`, plugins }: SynthesiseOptions = {},
): Promise<Synthesised> {
  // Looked at first, so that its flaws are told before anything is made.
  const settings = { ...settingsWith(readDistribution(distribution)), ...(restored && { restored }) };
  const made = resolve(outDir);
  const bundles = await bundleLambdas(`${made}/lambdas`, plugins);
  const app = afterwordApp({ stages: { [stage]: settings }, bundles, outDir: `${made}/assembly` });
  const assembly = app.synth();
  const stackName = stackNameOf(stage);
  return { template: assembly.getStackByName(stackName).template, assetsDir: assembly.directory, stackName };
}
