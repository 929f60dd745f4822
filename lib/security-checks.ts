import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/**
 * Synthesis of this app fails on every finding of cdk-nag that nobody has acknowledged with a
 * reason.
 */
export function checkSecurity(app: App): App {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
