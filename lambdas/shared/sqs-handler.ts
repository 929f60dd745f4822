import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Log } from './logger.ts';

/**
 * What the handler of one message answers. 'again' leaves the message in the queue, where its
 * receive count rises.
 */
export type MessageAnswer = 'done' | 'again';

/**
 * Handles a queue's messages, parsing and handling each on its own. A message that cannot be read,
 * or whose handler throws, comes again. After five times it goes to the dead-letter queue, which
 * has an alarm. Nothing is dropped silently. Messages are handled one after the other, unless they
 * may be handled `together`.
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
