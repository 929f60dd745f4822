import type { QueuePlan, SubscriptionPlan } from '../plan/queues.ts';
import type { QueueEngine } from './engine.ts';

const nameIn = (arn: string) => arn.split(':').at(-1) ?? arn;

/**
 * Creates queues, topics and subscriptions. Dead-letter queues come first, because other queues
 * name them.
 */
export async function createQueues(
  engine: QueueEngine,
  plan: { readonly queues: readonly QueuePlan[]; readonly topics: readonly string[]; readonly subscriptions: readonly SubscriptionPlan[] },
): Promise<void> {
  const deadLettersFirst = plan.queues.toSorted((a, b) => Number(a.deadLetterArn !== undefined) - Number(b.deadLetterArn !== undefined));
  for (const { name, attributes } of deadLettersFirst) await engine.sqs('CreateQueue', { QueueName: name, Attributes: attributes });
  for (const topic of plan.topics) await engine.sns('CreateTopic', { Name: nameIn(topic) });
  for (const { topicArn, queueArn, raw } of plan.subscriptions) {
    await engine.sns('Subscribe', {
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      'Attributes.entry.1.key': 'RawMessageDelivery',
      'Attributes.entry.1.value': String(raw),
    });
  }
}
