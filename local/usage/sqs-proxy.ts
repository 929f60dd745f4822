import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import { queueRequests, sourceOf, topicRequest } from '../iam/queue-requests.ts';
import { traceAttribute, traceHeader } from '../lambda/lineage.ts';
import type { QueueEngine } from '../queues/engine.ts';
import { isMove, type MoveTasks, moveTasks, SqsRefusal } from '../queues/move-tasks.ts';
import { forward } from './forward.ts';
import type { UsageLedger } from './ledger.ts';

export interface CountingProxy {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * A proxy between the functions and their queues and topics. It counts calls and checks
 * permissions.
 */
export async function startSqsProxy(engine: QueueEngine, ledger: UsageLedger, iam: IamEnforcer): Promise<CountingProxy> {
  const moves = moveTasks(engine);
  const server = createServer(async (incoming, outgoing) => {
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    const caller = callerOf(incoming);
    try {
      const { service, operation, asks } = await callIn(incoming, body, moves);
      ledger.add({ service, operation, caller });
      const denial = iam.authorise(caller, asks);
      if (denial !== undefined) {
        refuse(outgoing, 403, { code: 'AccessDenied', message: denial.message });
        return;
      }
      if (isMove(operation)) {
        const moved = await moves.answer(operation, JSON.parse(body.toString()));
        outgoing.writeHead(200, json).end(JSON.stringify(moved));
        return;
      }
      const answer = await forward(engine.endpoint, incoming, traced(operation, incoming, body));
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      if (error instanceof SqsRefusal) refuse(outgoing, 400, error);
      else outgoing.writeHead(500).end(JSON.stringify({ __type: 'InternalError', message: String(error) }));
    }
  });
  const port = await listenOnLoopback(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      await closeServer(server);
      await moves.stop();
    },
  };
}

const json = { 'content-type': 'application/x-amz-json-1.0' };

const refuse = (outgoing: ServerResponse, status: number, { code, message }: Pick<SqsRefusal, 'code' | 'message'>) =>
  outgoing
    .writeHead(status, { ...json, 'x-amzn-query-error': `${code};Sender` })
    .end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }));

/** SQS keeps the trace header of a call with the messages that the call sent. */
function traced(operation: string, incoming: IncomingMessage, body: Buffer): Buffer {
  const trace = incoming.headers[traceHeader];
  if (typeof trace !== 'string' || !operation.startsWith('SendMessage')) return body;
  const withTrace = <Message extends { MessageAttributes?: object }>(message: Message) => ({
    ...message,
    MessageAttributes: { ...message.MessageAttributes, [traceAttribute]: { DataType: 'String', StringValue: trace } },
  });
  const sent = JSON.parse(body.toString());
  return Buffer.from(
    JSON.stringify(operation === 'SendMessageBatch' ? { ...sent, Entries: sent.Entries.map(withTrace) } : withTrace(sent)),
  );
}

/** SQS takes JSON and names its operation in a header. SNS takes a form. */
async function callIn(incoming: IncomingMessage, body: Buffer, moves: MoveTasks) {
  const operation = operationOf(incoming);
  if (operation !== '') {
    const content: unknown = JSON.parse(body.toString());
    const destinations = operation === 'StartMessageMoveTask' ? await moves.destinationsOf(sourceOf(content)) : [];
    return { service: 'sqs', operation, asks: () => queueRequests(operation, content, destinations) };
  }
  const form = new URLSearchParams(body.toString());
  return { service: 'sns', operation: form.get('Action') ?? '', asks: () => [topicRequest(form)] };
}
