import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvValues } from '../../lambdas/relevance/env.ts';
import { QueueWorker } from '../constructs/queue-worker.ts';
import { impacts, lateness } from '../impacts.ts';
import { mayEnqueue } from '../permissions.ts';
import type { StageContext } from '../stage-context.ts';
import { mayUse } from '../table-permissions.ts';

/**
 * Adds the function that finds out to whom a postmortem matters. Returns its queue, which is its
 * own: an archive that is imported would stand before an alert in any other.
 */
export const addRelevance = ({ stack, durations, bundles, table, alarms }: StageContext, compose: IQueue): IQueue =>
  new QueueWorker(stack, 'Relevance', {
    name: 'relevance',
    description: 'Finds out to which teams a postmortem matters, and why.',
    bundle: bundles.relevance,
    timeoutSeconds: durations.timeout.relevance,
    impact: impacts.relevance,
    // An archive of 5,000 takes half an hour. What is published beside it waits as long.
    waiting: { longest: Duration.hours(2), impact: lateness.relevance },
    alarms,
    batchSize: 1,
    maxConcurrency: 2,
    environment: () => ({ TABLE_NAME: table.name, COMPOSE_QUEUE_URL: compose.queueUrl }) satisfies EnvValues,
    may: () => [...mayUse(table, 'relevance'), mayEnqueue(compose)],
  }).queue;
