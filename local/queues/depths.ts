import * as z from 'zod';
import type { Plan } from '../plan/plan.ts';
import type { QueuePlan } from '../plan/queues.ts';
import { shortName } from '../template/local-aws.ts';
import type { QueueEngine } from './engine.ts';

export interface QueueDepth {
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** The number of messages in its dead-letter queue. */
  readonly deadLetters: number;
  /** The highest receive count of any message. Above one means that some work was started again. */
  readonly mostReceived: number;
}

const QueueCounts = z.object({
  Attributes: z.object({
    ApproximateNumberOfMessages: z.coerce.number(),
    ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
    ApproximateNumberOfMessagesDelayed: z.coerce.number(),
  }),
});
const attributeNames = Object.keys(QueueCounts.shape.Attributes.shape);

/** How full the queues are now, in the template's order. */
export async function queueDepths(
  engine: QueueEngine,
  queues: readonly QueuePlan[],
  { stackName, mostReceived }: { readonly stackName: string; readonly mostReceived: ReadonlyMap<string, number> },
): Promise<QueueDepth[]> {
  const counts = new Map<string, z.infer<typeof QueueCounts>['Attributes']>();
  for (const { arn, name } of queues) {
    const answer = await engine.sqs('GetQueueAttributes', { QueueUrl: `http://local/${name}`, AttributeNames: attributeNames });
    counts.set(arn, QueueCounts.parse(answer).Attributes);
  }
  const visible = (arn: string | undefined) => Number(counts.get(arn ?? '')?.ApproximateNumberOfMessages ?? 0);
  return queues.map(({ name, arn, deadLetterArn }) => ({
    name: shortName(stackName, name),
    visible: visible(arn),
    inFlight: Number(counts.get(arn)?.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(counts.get(arn)?.ApproximateNumberOfMessagesDelayed ?? 0),
    deadLetters: visible(deadLetterArn),
    mostReceived: mostReceived.get(arn) ?? 0,
  }));
}

/** Throws away what waits in a queue, by its short name. False: there is none. */
export async function purgeQueue(
  engine: QueueEngine,
  queues: readonly QueuePlan[],
  { stackName, name }: { readonly stackName: string; readonly name: string },
): Promise<boolean> {
  const queue = queues.find((one) => shortName(stackName, one.name) === name);
  if (queue) await engine.sqs('PurgeQueue', { QueueUrl: `http://local/${queue.name}` });
  return queue !== undefined;
}

/**
 * The number of messages that a function will still get. Messages in a queue without a reader, such
 * as dead letters, stay there and do not count.
 */
export async function outstandingMessages(engine: QueueEngine, plan: Pick<Plan, 'queues' | 'mappings'>): Promise<number> {
  const read = new Set(plan.mappings.map(({ queueArn }) => queueArn));
  const readQueues = plan.queues.filter(({ arn }) => read.has(arn));
  const depths = await queueDepths(engine, readQueues, { stackName: '', mostReceived: new Map() });
  return depths.reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
}
