import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/remind/env.ts';
import { StageFunction } from '../constructs/stage-function.ts';
import { impacts } from '../impacts.ts';
import { ourMetric } from '../our-metric.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Adds the function that reminds people, with an alarm for a run that fails or stops itself, and
 * one for a day without a run. The caller has to schedule it, and adds it only where the
 * distribution file has reminders.
 */
export function addRemind({ stack, durations, bundles, table, alarms }: StageContext, compose: IQueue): IFunction {
  const { fn } = new StageFunction(stack, 'Remind', {
    name: 'remind',
    description: 'On working days: asks people for what they promised and for reviews.',
    bundle: bundles.remind,
    timeoutSeconds: durations.timeout.remind,
    environment: { TABLE_NAME: table.name, COMPOSE_QUEUE_URL: compose.queueUrl } satisfies EnvValues,
    may: [...mayUse(table, 'remind'), mayEnqueue(compose)],
  });
  alarms.addAlarm({
    heading: 'reminders-failing',
    impact: impacts.reminders,
    metric: fn.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
  });
  alarms.addAlarm({
    heading: 'reminders-late',
    impact: impacts.lateReminders,
    metric: ourMetric('RemindersLate', { stackName: stack.stackName, statistic: 'Maximum' }),
    comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: 0,
  });
  return fn;
}
