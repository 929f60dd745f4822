import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * The topic to which SES publishes all events. Only configuration sets of this stack may publish:
 * each adds itself to the topic's policy. The topic has no key of its own, because SNS keeps its
 * messages on encrypted disks (docs/adr/022).
 */
export class EventFeed extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
  }

  /** Delivers every event to this queue as SES wrote it, without an envelope. */
  into(queue: IQueue): void {
    this.topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
  }
}
