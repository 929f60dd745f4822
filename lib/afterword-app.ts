import { App } from 'aws-cdk-lib';
import featureFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AfterwordStack } from './afterword-stack.ts';
import type { Bundles } from './bundle.ts';
import { readDistribution } from './read-distribution.ts';
import { type StageName, stackNameOf, stages } from './stages.ts';

export interface AfterwordAppProps {
  readonly stages: readonly StageName[];
  readonly bundles: Bundles;
  /** @default where the CDK command line says */
  readonly outDir?: string | undefined;
  /** Path of the distribution file. @default the context value `distribution`, else see readDistribution */
  readonly distribution?: string | undefined;
  /** Context values, as `-c` on the command line gives them. */
  readonly context?: Readonly<Record<string, string>>;
  /** Holds the templates against CloudFormation's own rules too, which takes seconds. @default false */
  readonly validated?: boolean;
}

/** The SES mailbox simulator: accepts, bounces and complains on request, and costs no reputation. */
const simulator = ['*@simulator.amazonses.com'];

/** The CDK app with a stack for each of these stages, tied to no account or region. Context: `distribution`, `mayMail`, `verifiedDomains`, `mailFrom`, `alarmAddress`, `runbook`. */
export function afterwordApp({ stages: wanted, bundles, outDir, distribution, context = {}, validated = false }: AfterwordAppProps): App {
  const app = new App({
    ...(outDir === undefined ? {} : { outdir: outDir }),
    analyticsReporting: false,
    builtinCloudFormationValidation: validated,
    context: { ...context },
    postCliContext: { ...featureFlags, 'aws:cdk:enable-asset-metadata': true },
  });
  const text = (key: string) => contextText(app, key);
  const read = readDistribution(distribution ?? text('distribution'));
  for (const name of wanted) {
    new AfterwordStack(app, stackNameOf(name), {
      description: `Afterword, ${name}: gets every postmortem to the people who can act on it.`,
      stageName: name,
      stage: stages[name],
      distribution: read,
      bundles,
      allowed: text('mayMail')?.split(',') ?? simulator,
      verified: text('verifiedDomains')?.split(',') ?? [],
      mailFrom: text('mailFrom') ?? 'bounce',
      alarmAddress: text('alarmAddress'),
      runbook: text('runbook'),
      terminationProtection: stages[name].keepData,
    });
  }
  return app;
}

function contextText(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
