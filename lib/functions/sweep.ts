import { Duration, Validations } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { deployedHash } from '../../core/distribution/deployed-parts.ts';
import { lanes as laneNames } from '../../core/stream/stream.ts';
import type { EnvValues } from '../../lambdas/sweep/env.ts';
import { StageFunction } from '../constructs/stage-function.ts';
import { impacts } from '../impacts.ts';
import { mayEnqueue, mayMeasure, mayReadQuota } from '../permissions.ts';
import { addressesOf, type StageContext, thoseOf, type WorkQueues } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';
import { type LaneWorkers, stoppedHeading } from './deliver.ts';

/**
 * Adds the function that finishes whatever was left unfinished, with an alarm for when it stops
 * running. The caller has to schedule it.
 */
export function addSweep(
  { stack, durations, bundles, distribution, table, alarms }: StageContext,
  asked: WorkQueues,
  lanes: LaneWorkers,
): IFunction {
  const queues = [asked.compose, ...Object.values(lanes)];
  const sweep = new StageFunction(stack, 'Sweep', {
    name: 'sweep',
    description: 'Every minute: finishes what was left unfinished.',
    bundle: bundles.sweep,
    timeoutSeconds: durations.timeout.sweep,
    environment: {
      TABLE_NAME: table.name,
      ...addressesOf(asked),
      BULK_QUEUE_URL: lanes.bulk.queueUrl,
      PROMPT_QUEUE_URL: lanes.prompt.queueUrl,
      URGENT_QUEUE_URL: lanes.urgent.queueUrl,
      CUSTOMERS_QUEUE_URL: lanes.customers.queueUrl,
      DEPLOYED_DISTRIBUTION: deployedHash(distribution),
    } satisfies EnvValues,
    may: [...mayUse(table, 'sweep', asked), mayEnqueue(...thoseOf(asked), ...Object.values(lanes)), mayMeasure(...queues), mayReadQuota()],
  });
  // The scheduler invokes it asynchronously, and Lambda would repeat a failed run during the next
  // ones.
  sweep.fn.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60) });
  Validations.of(sweep).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'ses:GetSendQuota tells the quota of the whole account and takes no resource.',
  });
  alarms.ringsForSilence({ heading: 'sweep-silent', impact: impacts.sweep, fn: sweep.fn });
  for (const lane of laneNames) {
    const pattern = FilterPattern.all(FilterPattern.exists('$.stoppedBy'), FilterPattern.stringValue('$.lane', '=', lane));
    alarms.addLogSource({ heading: stoppedHeading(lane), log: sweep.log, pattern });
  }
  // A part that fails does not stop the others. The run then ends well, and only its log shows the
  // failure.
  const failed = FilterPattern.stringValue('$.level', '=', 'ERROR');
  alarms.addLogAlarm({ heading: 'sweep-failing', impact: impacts.sweepPart, log: sweep.log, pattern: failed });
  const differs = FilterPattern.booleanValue('$.needsDeploy', true);
  alarms.addLogAlarm({ heading: 'distribution-not-deployed', impact: impacts.distribution, log: sweep.log, pattern: differs });
  return sweep.fn;
}
