import { App } from 'aws-cdk-lib';
import { AfterwordStack } from './afterword-stack.ts';
import type { Bundles } from './bundle.ts';
import featureFlags from './feature-flags.json' with { type: 'json' };
import type { StageSettings } from './stage-settings.ts';
import { type StageName, stackNameOf, stageNames, stages } from './stages.ts';

export interface AfterwordAppProps {
  /** The stages to make, each with its settings. */
  readonly stages: Readonly<Partial<Record<StageName, StageSettings>>>;
  readonly bundles: Bundles;
  /** @default where the CDK command line says */
  readonly outDir?: string | undefined;
  /**
   * Also checks the templates against CloudFormation's own rules, which takes seconds. @default
   * false
   */
  readonly validated?: boolean;
}

/**
 * Settings that `-c` of the CDK command line once took. A deployment that forgot one deleted what
 * it stood for.
 */
const formerContext = ['distribution', 'mayMail', 'verifiedDomains', 'mailFrom', 'alarmAddress', 'runbook'];

/**
 * The CDK app with a stack for each of these stages, tied to no account or region. Throws if `-c`
 * names a setting, because settings belong in a file.
 */
export function afterwordApp({ stages: settings, bundles, outDir, validated = false }: AfterwordAppProps): App {
  const app = new App({
    ...(outDir === undefined ? {} : { outdir: outDir }),
    analyticsReporting: false,
    builtinCloudFormationValidation: validated,
    // Pinned here. A flag that a newer library adds may replace resources, so flags are adopted by
    // hand (test/lib/feature-flags.test.ts).
    postCliContext: { ...featureFlags, 'aws:cdk:enable-asset-metadata': true },
  });
  const said = formerContext.filter((key) => app.node.tryGetContext(key) !== undefined);
  if (said.length > 0) {
    throw new Error(`-c ${said.join(', -c ')}: settings are taken from deploy.yaml only. Write them into the block of their stage there.`);
  }
  for (const name of stageNames) {
    const its = settings[name];
    if (!its) continue;
    new AfterwordStack(app, stackNameOf(name), {
      description: `Afterword, ${name}: gets every postmortem to the people who can act on it.`,
      stage: stages[name],
      settings: its,
      bundles,
      tags: its.tags,
      terminationProtection: stages[name].keepData,
    });
  }
  return app;
}
