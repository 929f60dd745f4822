import { createServer, type IncomingMessage } from 'node:http';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { Doorkeeper } from '../iam/doorkeeper.ts';
import { queueAsks, topicAsk } from '../iam/queue-asks.ts';
import { forward } from './forward.ts';
import type { UsageLedger } from './ledger.ts';

export interface CountingProxy {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Stands between the functions and their queues and topics, counts their calls and asks whether they may. */
export async function startSqsProxy(upstream: string, ledger: UsageLedger, doorkeeper: Doorkeeper): Promise<CountingProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    const caller = callerOf(incoming);
    try {
      const { service, operation, asks } = callIn(incoming, body);
      ledger.add({ service, operation, caller });
      const denial = doorkeeper.denial(caller, asks);
      if (denial !== undefined) {
        const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': 'AccessDenied;Sender' };
        outgoing.writeHead(403, headers).end(JSON.stringify({ __type: 'com.amazonaws.sqs#AccessDenied', message: denial.message }));
        return;
      }
      const answer = await forward(upstream, incoming, body);
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      outgoing.writeHead(500).end(JSON.stringify({ __type: 'InternalError', message: String(error) }));
    }
  });
  const port = await listenOnLoopback(server, 0);
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
}

/** SQS speaks JSON and names its operation in a header, SNS sends a form. */
function callIn(incoming: IncomingMessage, body: Buffer) {
  const operation = operationOf(incoming);
  if (operation !== '') return { service: 'sqs', operation, asks: () => queueAsks(operation, JSON.parse(body.toString())) };
  const form = new URLSearchParams(body.toString());
  return { service: 'sns', operation: form.get('Action') ?? '', asks: () => [topicAsk(form)] };
}
