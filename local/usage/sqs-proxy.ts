import { createServer } from 'node:http';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { Doorkeeper } from '../iam/doorkeeper.ts';
import { queueAsks } from '../iam/queue-asks.ts';
import { forward } from './forward.ts';
import type { UsageLedger } from './ledger.ts';

export interface CountingProxy {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Stands between the functions and their queues, counts their calls and asks whether they may. */
export async function startSqsProxy(upstream: string, ledger: UsageLedger, doorkeeper: Doorkeeper): Promise<CountingProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    ledger.add({ service: 'sqs', operation: operationOf(incoming), caller: callerOf(incoming) });
    try {
      const denial = doorkeeper.denial(callerOf(incoming), () => queueAsks(operationOf(incoming), JSON.parse(body.toString())));
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
