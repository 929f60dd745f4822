import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { sdkRequestHandler } from '../aws/sdk-request-handler.ts';

/** SQS takes at most ten messages per call and delays them by at most 900 seconds. */
const batchSize = 10;
const depths = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;

export interface Queue {
  /**
   * Throws if some messages were not taken. The others stay, so a second call may send a message
   * twice.
   */
  send(bodies: readonly unknown[], delaySeconds?: number): Promise<void>;
  /** Nothing is visible, in flight or delayed as far as SQS knows. Its counts are approximate. */
  isEmpty(): Promise<boolean>;
}

export const openQueue = (url: string, client = new SQSClient({ requestHandler: sdkRequestHandler() })): Queue => ({
  async send(bodies, delaySeconds = 0) {
    for (let i = 0; i < bodies.length; i += batchSize) {
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: url,
          Entries: bodies.slice(i, i + batchSize).map((body, n) => ({
            Id: String(n),
            MessageBody: JSON.stringify(body),
            ...(delaySeconds > 0 && { DelaySeconds: Math.min(900, Math.ceil(delaySeconds)) }),
          })),
        }),
      );
      const failed = answer.Failed ?? [];
      if (failed.length > 0) throw new Error(`the queue did not take ${failed.length} messages: ${failed[0]?.Code ?? 'no code'}`);
    }
  },
  async isEmpty() {
    const answer = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: [...depths],
      }),
    );
    return depths.every((name) => Number(answer.Attributes?.[name] ?? 1) === 0);
  },
});
