import * as z from 'zod';
import type { MappingPlan } from '../plan/functions.ts';
import type { QueueEngine } from '../queues/engine.ts';
import { region } from '../template/place.ts';
import type { Functions } from './functions.ts';
import type { Invocation } from './protocol.ts';

const Message = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(z.string(), z.object({ DataType: z.string(), StringValue: z.string().optional(), BinaryValue: z.string().optional() }))
    .default({}),
});
type Message = z.infer<typeof Message>;
const Received = z.object({ Messages: z.array(Message).default([]) });
const Failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() });

export interface PollerObserver {
  /** How often a message that came now has been received, this time included. */
  onReceived(times: number): void;
  /** An answer reported some messages of its batch as failed. */
  onReturned(returned: number, all: number): void;
}

/** SQS hands out no more at once. */
const mostAtOnce = 10;
/** Concurrency of a mapping that names none: enough on a laptop. */
const usualConcurrency = 5;

/** Hands a queue's messages to its function until it is stopped. After that it deletes nothing more: what is under way comes again. */
export function startPoller(mapping: MappingPlan, engine: QueueEngine, functions: Functions, observer: PollerObserver): { stop(): void } {
  const queueUrl = `http://local/${mapping.queueArn.split(':').at(-1)}`;
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  const receive = async (most: number, waitSeconds: number): Promise<Message[]> => {
    if (stopped) return [];
    const answer = await engine.sqs('ReceiveMessage', {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(most, mostAtOnce),
      WaitTimeSeconds: waitSeconds,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    const messages = Received.parse(answer).Messages;
    for (const { Attributes } of messages) observer.onReceived(Number(Attributes.ApproximateReceiveCount ?? 1));
    return messages;
  };
  const batch = async (): Promise<Message[]> => {
    const messages = await receive(mapping.batchSize, 20);
    const windowEnds = Date.now() + mapping.batchWindowMs;
    while (messages.length > 0 && messages.length < mapping.batchSize && !stopped) {
      const left = Math.floor((windowEnds - Date.now()) / 1000);
      const more = await receive(mapping.batchSize - messages.length, Math.max(0, left));
      messages.push(...more);
      if (more.length === 0 && left <= 0) break;
    }
    return messages;
  };
  const handle = async (messages: readonly Message[]) => {
    const outcome = await functions.invoke(mapping.functionName, eventOf(messages, mapping.queueArn));
    const done = handled(messages, outcome, mapping.reportsBatchItemFailures);
    if (outcome.kind === 'answered' && done.length < messages.length) observer.onReturned(messages.length - done.length, messages.length);
    for (const { ReceiptHandle } of done) await engine.sqs('DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle });
  };
  const loop = async () => {
    while (!stopped) {
      const messages = await batch();
      if (messages.length === 0) continue;
      const work = handle(messages)
        .catch(unlessStopped)
        .finally(() => underWay.delete(work));
      underWay.add(work);
      if (underWay.size >= (mapping.maximumConcurrency ?? usualConcurrency)) await Promise.race(underWay);
    }
  };

  // What fails here is a defect of the local stack itself: it ends loudly.
  const unlessStopped = (error: unknown) => {
    if (!stopped) throw error;
  };
  void loop().catch(unlessStopped);
  return {
    stop: () => {
      stopped = true;
    },
  };
}

const eventOf = (messages: readonly Message[], queueArn: string) => ({
  Records: messages.map((message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes).map(([name, { DataType, StringValue }]) => [
        name,
        { stringValue: StringValue, stringListValues: [], binaryListValues: [], dataType: DataType },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  })),
});

/** Which messages may go. As on AWS, an answer that is no list of failures, or names an unknown message, fails the whole batch. */
function handled(messages: readonly Message[], outcome: Invocation, reportsFailures: boolean): readonly Message[] {
  if (outcome.kind !== 'answered') return [];
  if (!reportsFailures || outcome.value === null || outcome.value === undefined) return messages;
  const failures = Failures.safeParse(outcome.value);
  if (!failures.success) return [];
  const failed = new Set((failures.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if (![...failed].every((id) => known.has(id))) return [];
  return messages.filter(({ MessageId }) => !failed.has(MessageId));
}
