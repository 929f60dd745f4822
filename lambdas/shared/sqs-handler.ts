import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Log } from './logger.ts';

/**
 * What the handler of one message answers; 'again' leaves the message in the queue, and its receive
 * count tells of it.
 */
export type MessageAnswer = 'done' | 'again';

/**
 * A queue's handler: parses each message and handles it on its own. One that cannot be read, or
 * whose handling throws, comes again, and after five times lies with the dead letters, where an
 * alarm tells of it. Nothing is left out silently. One message after the other, unless they may be
 * handled `together`.
 */
export const sqsHandler =
  <Schema extends z.ZodType>(
    schema: Schema,
    log: Log,
    handle: (message: z.output<Schema>, context: Context) => Promise<MessageAnswer>,
    { together = false } = {},
  ) =>
  async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const again: SQSRecord[] = [];
    const handleOne = async (record: SQSRecord) => {
      const message = schema.safeParse(parsed(record.body));
      if (!message.success) {
        log.warn('message not understood', { message: record.messageId, why: z.prettifyError(message.error).slice(0, 300) });
        again.push(record);
        return;
      }
      try {
        if ((await handle(message.data, context)) === 'again') again.push(record);
      } catch (error) {
        log.error('message failed', error, { message: record.messageId, received: record.attributes.ApproximateReceiveCount });
        again.push(record);
      }
    };
    if (together) await Promise.all(event.Records.map(handleOne));
    else for (const record of event.Records) await handleOne(record);
    return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
