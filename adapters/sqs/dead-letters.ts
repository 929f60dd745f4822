import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { DeadLetter, DeadLetterQueue, DeadLetterQueues, LetterMove } from '../../core/operator/ports.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { sdkRequestHandler } from '../aws/sdk-request-handler.ts';

export interface NamedQueue {
  readonly name: string;
  readonly url: string;
}

const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;

/** The words of SQS for a move. One that a later API adds counts as under way. */
const states: Readonly<Record<string, LetterMove['state']>> = { COMPLETED: 'done', CANCELLED: 'cancelled', FAILED: 'failed' };

/**
 * `movable`: queues that stand behind queues of ours. SQS moves letters of no others
 * (StartMessageMoveTask).
 */
export function sqsDeadLetters(
  { movable, fixed }: { readonly movable: readonly NamedQueue[]; readonly fixed: readonly NamedQueue[] },
  client = new SQSClient({ requestHandler: sdkRequestHandler() }),
): DeadLetterQueues {
  const urls = new Map([...movable, ...fixed].map(({ name, url }) => [name, url]));
  const urlOf = (name: string) => {
    const url = urls.get(name);
    if (url === undefined) throw new Error(`there is no queue ${name}`);
    return url;
  };
  const measured = async (QueueUrl: string) => {
    const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts, 'QueueArn'] }));
    return { arn: Attributes.QueueArn ?? '', count: counts.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0) };
  };
  const latestMove = async (SourceArn: string): Promise<LetterMove | undefined> => {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    return Results[0] && moveOf(Results[0]);
  };
  return {
    movable: movable.map(({ name }) => name),
    fixed: fixed.map(({ name }) => name),
    async look(name): Promise<DeadLetterQueue> {
      const url = urlOf(name);
      const { arn, count } = await measured(url);
      const move = movable.some((queue) => queue.name === name) ? await latestMove(arn) : undefined;
      return { name, count, letters: count > 0 ? await glance(client, url) : [], ...(move && { move }) };
    },
    async redrive(name) {
      const { arn } = await measured(urlOf(name));
      try {
        // Without a rate: SQS chooses it by the number of letters.
        await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
        return 'started';
      } catch (error) {
        // SQS takes one move of a queue at a time. The call may also have reached it before, and
        // its answer not us.
        if ((await latestMove(arn))?.state === 'under way') return 'under way';
        throw error;
      }
    },
  };
}

/**
 * Looks at a few letters and leaves them visible, so that a redrive that begins right after moves
 * them as well. Waiting a second has SQS ask all of its servers.
 */
async function glance(client: SQSClient, QueueUrl: string): Promise<DeadLetter[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['ERROR_CODE'],
    }),
  );
  return Messages.map(letterOf).toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
}

function letterOf({ Body = '', Attributes, MessageAttributes }: Message): DeadLetter {
  const errorCode = MessageAttributes?.ERROR_CODE?.StringValue;
  return { body: Body, sentAt: toInstant(new Date(Number(Attributes?.SentTimestamp ?? 0))), ...(errorCode !== undefined && { errorCode }) };
}

const moveOf = ({
  Status = '',
  StartedTimestamp = 0,
  ApproximateNumberOfMessagesMoved: moved = 0,
  FailureReason: failure,
}: ListMessageMoveTasksResultEntry): LetterMove => ({
  state: states[Status] ?? 'under way',
  startedAt: toInstant(new Date(StartedTimestamp)),
  moved,
  ...(failure !== undefined && { failure }),
});
