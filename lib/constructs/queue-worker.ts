import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { StageFunction, type StageFunctionProps } from './stage-function.ts';
import { type Waiting, WatchedQueue } from './watched-queue.ts';

export interface QueueWorkerProps extends Omit<StageFunctionProps, 'environment' | 'may'> {
  /** The queue's name if it differs from the function's. @default name */
  readonly queueName?: string;
  readonly impact: string;
  readonly waiting: Waiting;
  readonly alarms: Alarms;
  readonly batchSize: number;
  /**
   * How many run at once. The queue holds the rest back, so waiting never raises a receive count.
   */
  readonly maxConcurrency: number;
  readonly environment: (queue: IQueue) => StageFunctionProps['environment'];
  readonly may: (queue: IQueue) => StageFunctionProps['may'];
}

/**
 * A queue, its dead letters, the function that drains it, and the alarms for both. The queue hides
 * a message for six timeouts.
 */
export class QueueWorker extends Construct {
  readonly queue: IQueue;
  readonly log: ILogGroup;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { queueName = props.name, impact, waiting, alarms, batchSize, maxConcurrency } = props;
    this.queue = new WatchedQueue(this, 'Work', {
      name: queueName,
      impact,
      waiting,
      alarms,
      visibility: Duration.seconds(6 * props.timeoutSeconds),
    }).queue;
    const { fn, log } = new StageFunction(this, 'Worker', {
      name: props.name,
      description: props.description,
      bundle: props.bundle,
      timeoutSeconds: props.timeoutSeconds,
      ...(props.memoryMb !== undefined && { memoryMb: props.memoryMb }),
      environment: props.environment(this.queue),
      may: props.may(this.queue),
      isKeptReady: props.isKeptReady ?? false,
      mayRecurse: props.mayRecurse,
    });
    this.log = log;
    fn.addEventSource(new SqsEventSource(this.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  }
}
