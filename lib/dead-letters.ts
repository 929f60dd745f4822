import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { EnvValues } from '../lambdas/operator/env.ts';
import { DeadLetters, WatchedQueue } from './constructs/watched-queue.ts';

/** What a function needs to look at dead letters and to have SQS move them back. */
export interface DeadLetterAccess {
  readonly environment: Pick<EnvValues, 'DEAD_LETTER_QUEUES' | 'SCHEDULER_DEAD_LETTERS'>;
  readonly may: readonly PolicyStatement[];
}

/**
 * All queues for dead letters of a stack. To be called when all of them are made. SQS moves letters
 * only out of queues that stand behind other queues, and asks for the right to take them out of
 * there and to put them into the queues in front.
 */
export function deadLettersOf(stack: Stack): DeadLetterAccess {
  const parts = stack.node.findAll();
  const watched = parts.filter((part) => part instanceof WatchedQueue);
  const movable = watched.map(({ dead }) => dead);
  const fixed = parts.filter((part) => part instanceof DeadLetters).filter((part) => !movable.includes(part));
  return {
    environment: { DEAD_LETTER_QUEUES: byName(movable), SCHEDULER_DEAD_LETTERS: byName(fixed) },
    may: [
      on(
        ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        [...movable, ...fixed].map(({ queue }) => queue.queueArn),
      ),
      on(
        ['sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:DeleteMessage'],
        movable.map(({ queue }) => queue.queueArn),
      ),
      on(
        ['sqs:SendMessage'],
        watched.map(({ queue }) => queue.queueArn),
      ),
    ],
  };
}

const byName = (queues: readonly DeadLetters[]) => queues.map(({ name, queue }) => `${name}=${queue.queueUrl}`).join(' ');

const on = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });
