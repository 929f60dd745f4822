import * as z from 'zod';
import { arn } from '../template/local-aws.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** A call of SNS's Query protocol: topics have the same address as queues. */
export function topicRequest(form: URLSearchParams): AuthorizationRequest {
  return { action: `sns:${form.get('Action') ?? ''}`, resource: form.get('TopicArn') ?? '*' };
}

const Call = z.object({ QueueUrl: z.string().optional(), QueueName: z.string().optional() });

/** What a call wants to do with a queue. A batch needs the permission of the single action. */
export function queueRequests(operation: string, body: unknown): AuthorizationRequest[] {
  const { QueueUrl, QueueName } = Call.parse(body);
  const queue = QueueName ?? QueueUrl?.split('/').at(-1);
  return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: queue === undefined ? '*' : arn('sqs', queue) }];
}
