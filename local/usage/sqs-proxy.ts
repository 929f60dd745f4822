import { createServer, type IncomingMessage } from 'node:http';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import { queueRequests, topicRequest } from '../iam/queue-requests.ts';
import { traceAttribute, traceHeader } from '../lambda/lineage.ts';
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
export async function startSqsProxy(upstream: string, ledger: UsageLedger, iam: IamEnforcer): Promise<CountingProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    const caller = callerOf(incoming);
    try {
      const { service, operation, asks } = callIn(incoming, body);
      ledger.add({ service, operation, caller });
      const denial = iam.authorise(caller, asks);
      if (denial !== undefined) {
        const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': 'AccessDenied;Sender' };
        outgoing.writeHead(403, headers).end(JSON.stringify({ __type: 'com.amazonaws.sqs#AccessDenied', message: denial.message }));
        return;
      }
      const answer = await forward(upstream, incoming, traced(operation, incoming, body));
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      outgoing.writeHead(500).end(JSON.stringify({ __type: 'InternalError', message: String(error) }));
    }
  });
  const port = await listenOnLoopback(server, 0);
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
}

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
function callIn(incoming: IncomingMessage, body: Buffer) {
  const operation = operationOf(incoming);
  if (operation !== '') return { service: 'sqs', operation, asks: () => queueRequests(operation, JSON.parse(body.toString())) };
  const form = new URLSearchParams(body.toString());
  return { service: 'sns', operation: form.get('Action') ?? '', asks: () => [topicRequest(form)] };
}
