import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';

/**
 * A message received this often without being acknowledged is poison, because none of our functions
 * waits by failing. Lambda also counts a receive when the account's limit keeps it from starting a
 * function. So AWS asks for at least five (Lambda guide, services-sqs-configure).
 */
export const maxReceiveCount = 5;

export interface DeadLettersProps {
  /**
   * `<name>-dead-letters` is the name of the queue, of the alarm and of the heading in
   * docs/operations.md.
   */
  readonly name: string;
  /** What readers lose while messages lie here, in one sentence. */
  readonly impact: string;
  readonly alarms: Alarms;
}

/**
 * A queue for messages that could not be handled. Keeps them for 14 days, with an alarm on the
 * first.
 */
export class DeadLetters extends Construct {
  readonly name: string;
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { name, impact, alarms }: DeadLettersProps) {
    super(scope, id);
    this.name = name;
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

/** When a message has waited in a queue for too long. */
export interface Waiting {
  readonly longest: Duration;
  /** What readers lose in the meantime, in one sentence. */
  readonly impact: string;
}

export interface WatchedQueueProps extends DeadLettersProps {
  readonly visibility: Duration;
  readonly waiting: Waiting;
}

/**
 * A queue that neither loses nor keeps a message silently. It is encrypted and has dead letters,
 * with alarms for them and for messages that wait too long.
 */
export class WatchedQueue extends Construct {
  readonly queue: IQueue;
  readonly dead: DeadLetters;

  constructor(scope: Construct, id: string, { visibility, waiting, ...letters }: WatchedQueueProps) {
    super(scope, id);
    this.dead = new DeadLetters(this, 'DeadLetters', letters);
    this.queue = newQueue(this, letters.name, {
      visibilityTimeout: visibility,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.dead.queue, maxReceiveCount },
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
