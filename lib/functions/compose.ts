import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/compose/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { aProcessorMb } from '../constructs/stage-function.ts';
import { impacts, lateness } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';
import type { LaneWorkers } from './deliver.ts';

/**
 * Adds the function that makes editions and starts their fan-out. Returns the queue that schedules,
 * intake and operators write to.
 */
export function addCompose({ stack, durations, bundles, settings, table, alarms }: StageContext, lanes: LaneWorkers): IQueue {
  const environment = (queue: IQueue) =>
    ({
      TABLE_NAME: table.name,
      QUEUE_URL: queue.queueUrl,
      BULK_QUEUE_URL: lanes.bulk.queueUrl,
      PROMPT_QUEUE_URL: lanes.prompt.queueUrl,
      URGENT_QUEUE_URL: lanes.urgent.queueUrl,
      CUSTOMERS_QUEUE_URL: lanes.customers.queueUrl,
      PROFILE_WRITER_SECONDS: String(durations.profileWriter),
      LEASE_SECONDS: String(durations.lease),
      UPDATE_WINDOW_SECONDS: String(durations.update.window),
      UPDATE_SETTLING_SECONDS: String(durations.update.settling),
      NOTICE_SETTLING_SECONDS: String(durations.noticeSettling),
    }) satisfies EnvValues;
  return new QueueWorker(stack, 'Compose', {
    name: 'compose',
    description: 'Makes editions: chooses postmortems, renders fragments, starts the fan-out.',
    bundle: bundles.compose,
    timeoutSeconds: durations.timeout.compose,
    // Leaders wait for it: see docs/adr/092-an-alerts-way.md.
    memoryMb: aProcessorMb,
    isKeptReady: true,
    impact: impacts.compose,
    // A run that crashed stays hidden for six minutes, and the next one gets the same time again.
    waiting: { longest: Duration.minutes(15), impact: lateness.compose },
    alarms,
    batchSize: 1,
    mayRecurse:
      'An update of an incident that is not due yet sends itself to its own queue. Each time waits longer, and an incident has at most twenty updates. A notice that is due within a quarter of an hour does so once for each step that it took.',
    maxConcurrency: Math.min(4, settings.workers),
    environment,
    may: (queue) => [...mayUse(table, 'compose'), mayEnqueue(queue, ...Object.values(lanes))],
  }).queue;
}
