import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { afterwordApp } from './afterword-app.ts';
import { type Bundles, bundleLambdas } from './bundle.ts';
import { readDistribution } from './read-distribution.ts';
import { type Connectors, type Restored, type SignIn, type SlackApp, settingsWith } from './stage-settings.ts';
import { type StageName, stackNameOf } from './stages.ts';

export interface SynthesiseOptions {
  /** The path of the distribution file. @default the sample */
  readonly distribution?: string | undefined;
  /** An existing table, and existing secrets. */
  readonly restored?: Restored | undefined;
  /** How people sign in. @default by a mailed link */
  readonly signIn?: SignIn | undefined;
  /** @default no posts in Slack */
  readonly slack?: SlackApp | undefined;
  /** @default no postmortems from incident tools */
  readonly connectors?: Connectors | undefined;
  /**
   * Everything that is made goes into this folder. Two callers at the same time need two folders.
   * @default dist/<stage> in the working directory
   */
  readonly outDir?: string;
  /** Further plugins for esbuild, so that a test can build functions with one part changed. */
  readonly plugins?: readonly Plugin[];
  /** The functions, where they are bundled already. @default bundles them into `outDir` */
  readonly bundles?: Bundles | undefined;
}

export interface Synthesised {
  readonly template: Record<string, unknown>;
  /** The Metadata `aws:asset:path` of each function is relative to this. */
  readonly assetsDir: string;
  readonly stackName: string;
  readonly bundles: Bundles;
}

/**
 * Bundles the functions and makes the template of one stage, without credentials, network or the
 * CDK command line.
 */
export async function synthesise(
  stage: StageName,
  { distribution, restored, signIn, slack, connectors, outDir = `dist/${stage}`, plugins, bundles: given }: SynthesiseOptions = {},
): Promise<Synthesised> {
  // Read first, so that its flaws are reported before anything is made.
  const settings = {
    ...settingsWith(readDistribution(distribution)),
    ...(restored && { restored }),
    ...(signIn && { signIn }),
    ...(slack && { slack }),
    ...(connectors && { connectors }),
  };
  const made = resolve(outDir);
  const bundles = given ?? (await bundleLambdas(`${made}/lambdas`, plugins));
  const app = afterwordApp({ stages: { [stage]: settings }, bundles, outDir: `${made}/assembly` });
  const assembly = app.synth();
  const stackName = stackNameOf(stage);
  return { template: assembly.getStackByName(stackName).template, assetsDir: assembly.directory, stackName, bundles };
}
