import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

const on = (action: string, queues: readonly IQueue[]) =>
  new PolicyStatement({ actions: [action], resources: queues.map((queue) => queue.queueArn) });

export const mayEnqueue = (...queues: readonly IQueue[]): PolicyStatement => on('sqs:SendMessage', queues);

/** Allows asking how many messages a queue holds. */
export const mayMeasure = (...queues: readonly IQueue[]): PolicyStatement => on('sqs:GetQueueAttributes', queues);

/** Allows asking SES for the sending quota. SES has no resource for this action. */
export const mayReadQuota = (): PolicyStatement => new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] });
