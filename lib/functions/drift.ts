import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { deployedHash } from '../../core/distribution/deployed-parts.ts';
import { deployedValues } from '../../core/distribution/distribution-changes.ts';
import type { EnvValues } from '../../lambdas/drift/env.ts';
import { StageFunction } from '../constructs/stage-function.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { impacts } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext, WorkQueues } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Adds the function that looks for drift and has operators told, of held incidents too. The caller
 * has to schedule it. It has an alarm, because a check that failed looks like one that found
 * nothing.
 */
export function addDrift(
  { stack, durations, bundles, distribution, table, secrets: { identity }, alarms }: StageContext,
  { compose, slack }: Pick<WorkQueues, 'compose' | 'slack'>,
): IFunction {
  const { fn } = new StageFunction(stack, 'Drift', {
    name: 'drift',
    description: 'Once a week: looks for what differs from the distribution file. Once a day: tells operators of what is held.',
    bundle: bundles.drift,
    timeoutSeconds: durations.timeout.drift,
    environment: {
      TABLE_NAME: table.name,
      COMPOSE_QUEUE_URL: compose.queueUrl,
      SLACK_QUEUE_URL: slack?.queueUrl ?? '',
      IDENTITY_SECRET_ARN: identity.secretArn,
      DEPLOYED_DISTRIBUTION: deployedHash(distribution),
      DEPLOYED_VALUES: deployedValues(distribution),
      STACK_NAME: stack.stackName,
      REFRESH_SECONDS: String(Math.floor(durations.timeout.drift / 2)),
    } satisfies EnvValues,
    may: [...mayUse(table, 'drift'), mayRead(identity), mayEnqueue(compose, ...(slack ? [slack] : []))],
  });
  alarms.addAlarm({
    heading: 'drift-failing',
    impact: impacts.drift,
    metric: fn.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
  });
  return fn;
}
