import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { count, read } from './read.ts';

export interface QueuePlan {
  readonly name: string;
  readonly arn: string;
  /** In the form that CreateQueue takes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The queue for messages that were received too often. */
  readonly deadLetterArn?: string;
}

const numbers = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
] as const;
const Properties = z.object({
  ...Object.fromEntries(numbers.map((name) => [name, count.optional()])),
  FifoQueue: z.literal(false).optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: count }).optional(),
});

export function queueOf(resource: ResolvedResource): QueuePlan {
  const properties = read(resource, Properties);
  const redrive = properties.RedrivePolicy;
  const given = numbers.flatMap((name) => (name in resource.properties ? [[name, String(resource.properties[name])]] : []));
  return {
    name: resource.name,
    arn: resource.identity.attributes.Arn ?? '',
    attributes: { ...Object.fromEntries(given), ...(redrive === undefined ? {} : { RedrivePolicy: JSON.stringify(redrive) }) },
    ...(redrive === undefined ? {} : { deadLetterArn: redrive.deadLetterTargetArn }),
  };
}

/** A topic whose messages go into a queue. */
export interface SubscriptionPlan {
  readonly topicArn: string;
  readonly queueArn: string;
  readonly raw: boolean;
}

const Subscription = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.union([z.boolean(), z.stringbool()]).default(false),
  FilterPolicy: z.undefined().optional(),
});

/** Only subscriptions of queues are carried out. On a laptop no alarms are mailed to operators. */
export function subscriptionsOf(resource: ResolvedResource): SubscriptionPlan[] {
  const { TopicArn, Protocol, Endpoint, RawMessageDelivery } = read(resource, Subscription);
  return Protocol === 'sqs' ? [{ topicArn: TopicArn, queueArn: Endpoint, raw: RawMessageDelivery }] : [];
}
