import * as z from 'zod';
import type { MappingPlan } from '../plan/functions.ts';
import type { QueueEngine } from '../queues/engine.ts';
import { region } from '../template/local-aws.ts';
import type { Functions } from './functions.ts';
import { lineageIn, lineageOfRun, mostRuns, traceAttribute, traceOf } from './lineage.ts';
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
  /** How often a message was received, this time included. */
  onReceived(times: number): void;
  /** An answer reported some messages of its batch as failed. */
  onReturned(returned: number, all: number): void;
  /** Messages whose chain has run the function as often as Lambda allows. */
  onLooped(many: number): void;
}

/** The function that gets the messages. Runs in a chain are counted by its name. */
export interface Looping {
  readonly functionName: string;
  readonly mayLoop: boolean;
}

/** The most messages that SQS hands out at once. */
const mostAtOnce = 10;
/** Concurrency of a mapping that sets none. Enough on a laptop. */
const usualConcurrency = 5;

/**
 * Hands a queue's messages to its function until it is stopped. After that it deletes no more
 * messages, so the ones in progress come again.
 * As on AWS, a function that may not loop does not get a message whose chain has run it sixteen
 * times: the message returns to the queue and ends in the dead-letter queue. The other messages of
 * its batch are handed over. AWS does not document how it counts a batch of several chains. Here,
 * what the invocation sends takes the highest count of each function.
 */
export function startPoller(
  mapping: MappingPlan,
  looping: Looping,
  engine: QueueEngine,
  functions: Functions,
  observer: PollerObserver,
): { stop(): void } {
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
    const chains = messages.map(chainOf);
    const trace = traceOf(lineageOfRun(looping.functionName, chains));
    const outcome = await functions.invoke(mapping.functionName, eventOf(messages, mapping.queueArn), trace);
    const done = handled(messages, outcome, mapping.reportsBatchItemFailures);
    if (outcome.kind === 'answered' && done.length < messages.length) observer.onReturned(messages.length - done.length, messages.length);
    for (const { ReceiptHandle } of done) await engine.sqs('DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle });
  };
  const mayRun = (message: Message) => looping.mayLoop || (chainOf(message).get(looping.functionName) ?? 0) < mostRuns;
  const loop = async () => {
    while (!stopped) {
      const received = await batch();
      const messages = received.filter(mayRun);
      if (messages.length < received.length) observer.onLooped(received.length - messages.length);
      if (messages.length === 0) continue;
      const work = handle(messages)
        .catch(unlessStopped)
        .finally(() => underWay.delete(work));
      underWay.add(work);
      if (underWay.size >= (mapping.maximumConcurrency ?? usualConcurrency)) await Promise.race(underWay);
    }
  };

  // An error here is a defect of the local stack itself, so it is thrown on.
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

const chainOf = ({ MessageAttributes }: Message) => lineageIn(MessageAttributes[traceAttribute]?.StringValue);

/**
 * The trace is a system attribute, as on AWS. The engine keeps only the sender's attributes, so it
 * is moved.
 */
function attributesOf({ Attributes, MessageAttributes }: Message) {
  const { [traceAttribute]: trace, ...sent } = MessageAttributes;
  return { system: { ...Attributes, ...(trace && { [traceAttribute]: trace.StringValue }) }, sent };
}

const eventOf = (messages: readonly Message[], queueArn: string) => ({
  Records: messages.map((message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: attributesOf(message).system,
    messageAttributes: Object.fromEntries(
      Object.entries(attributesOf(message).sent).map(([name, { DataType, StringValue }]) => [
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

/**
 * The messages to delete. As on AWS, an answer that is not a list of failures, or that names an
 * unknown message, fails the whole batch.
 */
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
