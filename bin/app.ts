import { resolve } from 'node:path';
import { afterwordApp } from '../lib/afterword-app.ts';
import { bundleLambdas } from '../lib/bundle.ts';
import { readSettings } from '../lib/read-settings.ts';
import { checkSecurity } from '../lib/security-checks.ts';

/**
 * The CDK app: a stack for each stage in deploy.yaml. With `--sample` it uses the sample of that
 * file, to look at and not to deploy.
 */
const sample = process.argv.includes('--sample');
try {
  const stages = readSettings(sample ? 'samples/deploy.yaml' : 'deploy.yaml', { own: !sample });
  const bundles = await bundleLambdas(resolve('dist/lambdas'));
  checkSecurity(afterwordApp({ stages, bundles, validated: true })).synth();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
