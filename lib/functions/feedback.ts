import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/feedback/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import type { House } from '../house.ts';
import { impacts, lateness } from '../impacts.ts';
import { mayUse } from '../table-permissions.ts';

/** Turns SES events into evidence. The queue that the events' topic feeds. */
export const addFeedback = ({ stack, settings, durations, bundles, table, alarms }: House): IQueue =>
  new QueueWorker(stack, 'Feedback', {
    name: 'feedback',
    queueName: 'events',
    description: 'Turns SES events into evidence.',
    bundle: bundles.feedback,
    timeoutSeconds: durations.timeout.feedback,
    impact: impacts.events,
    waiting: { longest: Duration.minutes(15), impact: lateness.events },
    alarms,
    batchSize: 10,
    maxConcurrency: settings.workers,
    environment: () => ({ TABLE_NAME: table.name }) satisfies EnvValues,
    may: () => mayUse(table, 'feedback'),
  }).queue;
