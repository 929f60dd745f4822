import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * The topic that SES tells everything to. Only configuration sets of this stack may publish: each
 * adds itself to the topic's policy. It has no key of its own: SNS keeps what it holds on encrypted
 * disks (docs/adr/022).
 */
export class EventFeed extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
  }

  /** Every event goes into this queue as SES wrote it, without an envelope. */
  into(queue: IQueue): void {
    this.topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
  }
}
