import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/feedback/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { mayRead } from '../constructs/stage-secrets.ts';
import { impacts, lateness } from '../impacts.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Adds the function that turns SES events into evidence. Returns the queue that the events' topic
 * feeds.
 */
export const addFeedback = ({ stack, settings, durations, bundles, table, alarms, secrets }: StageContext): IQueue =>
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
    environment: () => ({ TABLE_NAME: table.name, SUPPRESSION_SECRET_ARN: secrets.suppression.secretArn }) satisfies EnvValues,
    may: () => [...mayUse(table, 'feedback'), mayRead(secrets.suppression)],
  }).queue;
