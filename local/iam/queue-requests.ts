import * as z from 'zod';
import { arn } from '../template/local-aws.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

/** A call of SNS's Query protocol: topics have the same address as queues. */
export function topicRequest(form: URLSearchParams): AuthorizationRequest {
  return { action: `sns:${form.get('Action') ?? ''}`, resource: form.get('TopicArn') ?? '*' };
}

const Call = z.object({ QueueUrl: z.string().optional(), QueueName: z.string().optional() });
const Move = z.object({ SourceArn: z.string() });

/** The queue that a move of dead letters takes them from. Empty if the call names none. */
export const sourceOf = (body: unknown): string => Move.safeParse(body).data?.SourceArn ?? '';

/**
 * What a call wants to do with a queue. A batch needs the permission of the single action. Whoever
 * starts a move has to be allowed what the move does: take letters out of one queue and put them
 * into the others ("Configuring queue permissions for dead-letter queue redrive", SQS's guide).
 */
export function queueRequests(operation: string, body: unknown, destinations: readonly string[] = []): AuthorizationRequest[] {
  const source = sourceOf(body);
  if (source !== '') {
    const taking = operation === 'StartMessageMoveTask' ? ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] : [];
    return [
      ...[operation, ...taking].map((action) => ({ action: `sqs:${action}`, resource: source })),
      ...destinations.map((resource) => ({ action: 'sqs:SendMessage', resource })),
    ];
  }
  const { QueueUrl, QueueName } = Call.parse(body);
  const queue = QueueName ?? QueueUrl?.split('/').at(-1);
  return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: queue === undefined ? '*' : arn('sqs', queue) }];
}
