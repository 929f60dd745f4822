import { createServer } from 'node:http';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import { forward } from './forward.ts';
import type { UsageLedger } from './ledger.ts';

export interface CountingProxy {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Stands between the functions and their queues and counts their calls. */
export async function startSqsProxy(upstream: string, ledger: UsageLedger): Promise<CountingProxy> {
  const server = createServer(async (incoming, outgoing) => {
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    ledger.add({ service: 'sqs', operation: operationOf(incoming), caller: callerOf(incoming) });
    try {
      const answer = await forward(upstream, incoming, body);
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (error) {
      outgoing.writeHead(500).end(JSON.stringify({ __type: 'InternalError', message: String(error) }));
    }
  });
  const port = await listenOnLoopback(server, 0);
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
}
