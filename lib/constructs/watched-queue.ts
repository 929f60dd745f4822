import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';

/**
 * A message that was received this often without being acknowledged is poison: nothing of ours
 * waits by failing. Lambda counts a receive too where it may start no function because the account
 * is at its limit, so AWS asks for five at least (Lambda guide, services-sqs-configure).
 */
export const maxReceiveCount = 5;

export interface DeadLettersProps {
  /**
   * `<name>-dead-letters` is the queue's name, the alarm's and the heading in docs/operations.md.
   */
  readonly name: string;
  /** What readers lose while letters lie here, in one sentence. */
  readonly impact: string;
  readonly alarms: Alarms;
}

/** A queue for what could not be done, kept for 14 days, with an alarm on the first letter. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { name, impact, alarms }: DeadLettersProps) {
    super(scope, id);
    const heading = `${name}-dead-letters`;
    this.queue = newQueue(this, heading, { retentionPeriod: Duration.days(14) });
    alarms.addAlarm({
      heading,
      impact,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
    });
  }
}

/** When a message has lain in a queue for too long. */
export interface Waiting {
  readonly longest: Duration;
  /** What readers lose meanwhile, in one sentence. */
  readonly impact: string;
}

export interface WatchedQueueProps extends DeadLettersProps {
  readonly visibility: Duration;
  readonly waiting: Waiting;
}

/**
 * A queue that can neither lose a message silently nor keep it: encrypted, with dead letters, and
 * alarms for them and for waiting.
 */
export class WatchedQueue extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, { visibility, waiting, ...letters }: WatchedQueueProps) {
    super(scope, id);
    const dead = new DeadLetters(this, 'DeadLetters', letters);
    this.queue = newQueue(this, letters.name, {
      visibilityTimeout: visibility,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: dead.queue, maxReceiveCount },
    });
    letters.alarms.addAlarm({
      heading: `${letters.name}-waiting`,
      impact: waiting.impact,
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: waiting.longest.toSeconds(),
      periods: 2,
    });
  }
}

const newQueue = (scope: Construct, name: string, props: ConstructorParameters<typeof Queue>[2]) =>
  new Queue(scope, 'Queue', {
    ...props,
    queueName: `${Stack.of(scope).stackName}-${name}`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
