import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { account, region } from '../template/local-aws.ts';
import type { QueueEngine } from './engine.ts';

/**
 * Moving dead letters back, which fauxqs does not know. The rules and the words of refusals are
 * those of SQS: docs of StartMessageMoveTask and ListMessageMoveTasks.
 */
export interface MoveTasks {
  /** The queues that a move out of this one would send to. Empty if SQS refuses the move. */
  destinationsOf(source: string): Promise<readonly string[]>;
  /** Throws SqsRefusal for what SQS refuses. */
  answer(operation: MoveOperation, body: unknown): Promise<object>;
  /** Ends the moves that are under way. What was not moved stays where it is. */
  stop(): Promise<void>;
}

export const moveOperations = ['StartMessageMoveTask', 'ListMessageMoveTasks'] as const;
export type MoveOperation = (typeof moveOperations)[number];
export const isMove = (operation: string): operation is MoveOperation => moveOperations.some((one) => one === operation);

export class SqsRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Task {
  readonly handle: string;
  readonly source: string;
  readonly destination: string | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  moved: number;
}

const Start = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional(), MaxNumberOfMessagesPerSecond: z.int().optional() });
const List = z.object({ SourceArn: z.string(), MaxResults: z.int().default(1) });

const Urls = z.object({ QueueUrls: z.array(z.string()).default([]) });
const Attributes = z.object({ Attributes: z.record(z.string(), z.string()).default({}) });
const Received = z.object({
  Messages: z.array(z.object({ Body: z.string(), ReceiptHandle: z.string(), MessageAttributes: z.unknown().optional() })).default([]),
});

const batchSize = 10;
const mostPerSecond = 500;
/** SQS remembers the ten latest tasks of a queue. */
const remembered = 10;

export function moveTasks(engine: QueueEngine): MoveTasks {
  const tasks: Task[] = [];
  const running = new Set<Promise<void>>();
  const isActive = ({ status }: Task) => status === 'RUNNING' || status === 'CANCELLING';

  const attributesOf = async (url: string) =>
    Attributes.parse(await engine.sqs('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] })).Attributes;
  /** Each queue by its ARN, with the ARN of the queue for its dead letters. */
  const queues = async (): Promise<ReadonlyMap<string, { readonly url: string; readonly deadLetters: string | undefined }>> => {
    const { QueueUrls } = Urls.parse(await engine.sqs('ListQueues', {}));
    const all = await Promise.all(
      QueueUrls.map(async (url) => {
        const { QueueArn = '', RedrivePolicy } = await attributesOf(url);
        return [QueueArn, { url, deadLetters: RedrivePolicy ? String(JSON.parse(RedrivePolicy).deadLetterTargetArn) : undefined }] as const;
      }),
    );
    return new Map(all);
  };
  const sourcesOf = async (deadLetters: string) =>
    [...(await queues())].filter(([, queue]) => queue.deadLetters === deadLetters).map(([queueArn]) => queueArn);

  const start = async (body: unknown) => {
    const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: perSecond } = read(Start, body);
    const all = await queues();
    const source = queueAt(all, SourceArn, 'SourceArn');
    if (perSecond !== undefined && (perSecond < 1 || perSecond > mostPerSecond)) {
      throw invalid(
        `Value ${perSecond} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a value between 1 and 500.`,
      );
    }
    const origins = [...all].filter(([, queue]) => queue.deadLetters === SourceArn).map(([queueArn]) => queueArn);
    const [origin, ...others] = origins;
    if (origin === undefined) throw invalid('Source queue must be configured as a Dead Letter Queue.');
    // Which of several queues a letter came from is not known here.
    if (others.length > 0 && DestinationArn === undefined) throw new Error('the local stack moves letters of one queue in front only');
    const destination = queueAt(all, DestinationArn ?? origin, 'DestinationArn');
    if (tasks.some((task) => task.source === SourceArn && isActive(task))) {
      throw invalid('There is already a task running. Only one active task is allowed for a source queue arn at a given time.');
    }
    const task: Task = {
      handle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: SourceArn })).toString('base64'),
      source: SourceArn,
      destination: DestinationArn,
      perSecond,
      startedAt: Date.now(),
      toMove: Number((await attributesOf(source.url)).ApproximateNumberOfMessages ?? 0),
      status: 'RUNNING',
      moved: 0,
    };
    tasks.unshift(task);
    const work = move(engine, task, source.url, destination.url).finally(() => running.delete(work));
    running.add(work);
    return { TaskHandle: task.handle };
  };

  const list = async (body: unknown) => {
    const { SourceArn, MaxResults } = read(List, body);
    queueAt(await queues(), SourceArn, 'SourceArn');
    if (MaxResults < 1 || MaxResults > remembered)
      throw invalid(`Value ${MaxResults} for parameter MaxResults is invalid. Reason: Must be between 1 and 10.`);
    return {
      Results: tasks
        .filter(({ source }) => source === SourceArn)
        .slice(0, MaxResults)
        .map(told),
    };
  };

  const answers = { StartMessageMoveTask: start, ListMessageMoveTasks: list };
  return {
    destinationsOf: sourcesOf,
    answer: (operation, body) => answers[operation](body),
    stop: async () => {
      for (const task of tasks.filter(isActive)) task.status = 'CANCELLING';
      await Promise.all(running);
    },
  };
}

/** Moved letters are new messages: SQS gives them new ids and a new time of sending. */
async function move(engine: QueueEngine, task: Task, from: string, to: string): Promise<void> {
  try {
    for (;;) {
      if (task.status === 'CANCELLING') {
        task.status = 'CANCELLED';
        return;
      }
      const batch = { QueueUrl: from, MaxNumberOfMessages: Math.min(batchSize, task.perSecond ?? batchSize), VisibilityTimeout: 30 };
      const { Messages } = Received.parse(await engine.sqs('ReceiveMessage', { ...batch, MessageAttributeNames: ['All'] }));
      if (Messages.length === 0) break;
      for (const { Body, ReceiptHandle, MessageAttributes } of Messages) {
        await engine.sqs('SendMessage', { QueueUrl: to, MessageBody: Body, ...(MessageAttributes !== undefined && { MessageAttributes }) });
        await engine.sqs('DeleteMessage', { QueueUrl: from, ReceiptHandle });
        task.moved++;
      }
      if (task.perSecond !== undefined) await sleep((Messages.length / task.perSecond) * 1000);
    }
    task.status = 'COMPLETED';
  } catch {
    task.status = 'FAILED';
  }
}

/** Only a task that runs has a handle in the list. */
const told = (task: Task) => ({
  ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
  Status: task.status,
  SourceArn: task.source,
  ...(task.destination !== undefined && { DestinationArn: task.destination }),
  ...(task.perSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.perSecond }),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  ...(task.status === 'FAILED' && { FailureReason: 'CouldNotMoveMessages' }),
  StartedTimestamp: task.startedAt,
});

function queueAt<Queue>(all: ReadonlyMap<string, Queue>, queueArn: string, parameter: string): Queue {
  const found = all.get(queueArn);
  if (found !== undefined) return found;
  if (!queueArn.startsWith(`arn:aws:sqs:${region}:${account}:`))
    throw new SqsRefusal('InvalidAddress', `The address ${queueArn} is not valid for this endpoint.`);
  throw new SqsRefusal('ResourceNotFoundException', `The resource that you specified for the ${parameter} parameter doesn't exist.`);
}

const invalid = (message: string) => new SqsRefusal('InvalidParameterValue', message);

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  throw new SqsRefusal('MissingParameter', `The request must contain the parameter ${error.issues[0]?.path.join('.')}.`);
}
